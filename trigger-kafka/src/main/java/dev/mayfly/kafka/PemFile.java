package dev.mayfly.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.types.Password;

/** What may be in a PEM file (RFC 7468). */
enum PemFile {
    /** Certificates. */
    CERTIFICATES("CERTIFICATE", "PEM certificates"),
    /** A private key, not encrypted. */
    KEY("PRIVATE KEY", "a PEM private key, PKCS #8, without a password");

    private final String begin;
    private final String expected;

    PemFile(String label, String expected) {
        begin = "-----BEGIN " + label + "-----";
        this.expected = expected;
    }

    /**
     * Reads it each time: it may have been renewed.
     *
     * @throws IllegalArgumentException when it cannot be read or holds something else
     */
    Password read(Path path) {
        String text;
        try {
            text = Files.readString(path);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    path + " cannot be read (expected: " + expected + ")", e);
        }
        if (!text.contains(begin)) {
            throw new IllegalArgumentException(
                    path + " has no " + begin + " (expected: " + expected + ")");
        }
        return new Password(text);
    }
}
