package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that a server is to have.
 *
 * @param path what people know it by
 * @param file where its bytes are
 * @param size of them
 * @param digest {@code sha256:} and 64 hex digits
 */
record Artifact(String path, Path file, long size, String digest) {
    private static final int BLOCK = 1 << 16;

    /** {@return the file as it is now} */
    static Artifact of(String path, Path file) throws IOException {
        MessageDigest sha256 = sha256();
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                sha256.update(block, 0, read);
                size += read;
            }
        }
        return new Artifact(path, file, size, written(sha256));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@return as the admin API writes it} */
    static String written(MessageDigest sha256) {
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }
}
