package dev.mayfly.guests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The guest programs under {@code guests/}, built by {@code guests/build}. */
public final class Guests {
    private Guests() {}

    /**
     * {@return the module {@code name}, as built}
     *
     * @param name without {@code .wasm}
     * @throws IllegalArgumentException if there is none
     */
    public static byte[] module(String name) {
        try (InputStream in = Guests.class.getResourceAsStream("/guests/" + name + ".wasm")) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "guest: " + name + " (expected one built by guests/build)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the languages that the echo guest is built in: every contract test runs against
     * each}
     */
    public static List<String> echoes() {
        return List.of("echo-c", "echo-rust", "echo-as");
    }
}
