package dev.mayfly.load;

import dev.mayfly.guests.Guests;

/** A guest that many variants are made of, and how one shows which it is. */
enum Kind {
    /** 25 KB of C. */
    C("hello-c", "hello", "/", " GET / from 127.0.0.1\n"),
    /** 90 KB of Rust, of the guests at hand the nearest to 81. */
    RUST("echo-rust", "abcdefgh", "/?body=5", ""),
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
        return new Variants(Guests.module(guest), marker);
    }

    /** What app {@code name} must answer when variant {@code number} serves it. */
    Ask ask(String name, int number) {
        return Ask.get(Apps.host(name), target, Variants.word(number) + rest);
    }
}
