package dev.mayfly.guests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The guest programs under {@code guests/}, built by {@code guests/build}. What each does is in
 * {@code guests/README.md}.
 */
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

    /**
     * {@return {@code secret} as {@code secret-c} wants to be told what to look for: not as it is,
     * or the telling would put it into its memory}
     *
     * @param secret what to look for
     */
    public static byte[] masked(byte[] secret) {
        byte[] masked = secret.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= 0x5a;
        }
        return masked;
    }
}
