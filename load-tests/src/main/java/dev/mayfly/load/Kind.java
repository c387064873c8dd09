package dev.mayfly.load;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A guest that many variants are made of, and how one shows which it is. */
enum Kind {
    /** 25 KB of C. */
    C("hello-c", "hello", "/", " GET / from 127.0.0.1\n"),
    /** 81 KB of Rust: the template's page of cookies. */
    RUST("template-rust", "you sent: ", "/cookies", "ent: \n"),
    /** 1.7 MB of Rust, most of which no request here touches. */
    LARGE("large-rust", "bulky", "/", " GET / from 127.0.0.1\n");

    private final String guest;
    private final String marker;
    private final String target;
    private final String rest;

    Kind(String guest, String marker, String target, String rest) {
        this.guest = guest;
        this.marker = marker;
        this.target = target;
        this.rest = rest;
    }

    String guest() {
        return guest;
    }

    Variants variants() {
        return variants(marker);
    }

    /** Those that differ in another constant. */
    Variants variants(String otherMarker) {
        return new Variants(this == RUST ? template() : Guests.module(guest), otherMarker);
    }

    private static byte[] template() {
        try (InputStream in = Kind.class.getResourceAsStream("template-rust/hello.wasm")) {
            return Objects.requireNonNull(in, "the build copies it").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What app {@code name} must answer when variant {@code number} serves it. */
    Ask ask(String name, int number) {
        return Ask.get(Apps.host(name), target, Variants.word(number) + rest);
    }
}
