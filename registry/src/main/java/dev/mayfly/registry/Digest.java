package dev.mayfly.registry;

import java.util.HexFormat;

/**
 * The name of an artifact: the SHA-256 of its bytes.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
    /** Refuses what is no SHA-256. */
    public Digest {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "digest: " + shown(hex) + " (expected: 64 lower-case hexadecimal digits)");
        }
    }

    /**
     * {@return the digest of all of {@code bytes}}
     *
     * @param bytes an artifact
     */
    public static Digest of(byte[] bytes) {
        return ofHash(Sha256.of(bytes));
    }

    static Digest ofHash(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** {@return the digits} */
    @Override
    public String toString() {
        return hex;
    }
}
