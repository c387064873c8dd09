package dev.mayfly.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Compressed forms of files that have none beside them, those asked for lately. Each is made once
 * for all who ask meanwhile. Any thread; waits for the disk and for the compressor.
 */
final class CompressedFiles {
    /** A larger file is sent as it is, unless a compressed one lies beside it. */
    static final long LARGEST = 4 << 20;

    /** Bytes of all forms together. */
    static final long MOST_BYTES = 32 << 20;

    private record Key(Path file, long size, Instant modified) {}

    private final Cache<Key, byte[]> forms =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_BYTES)
                    .weigher((Key _, byte[] form) -> form.length)
                    .executor(Runnable::run)
                    .build();

    /**
     * {@return the file, compressed}
     *
     * @throws IOException when it cannot be read
     */
    byte[] form(Representation file) throws IOException {
        try {
            return forms.get(new Key(file.file(), file.size(), file.modified()), this::make);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private byte[] make(Key key) {
        try {
            byte[] plain = Files.readAllBytes(key.file());
            return Gzip.compress(plain, 0, plain.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
