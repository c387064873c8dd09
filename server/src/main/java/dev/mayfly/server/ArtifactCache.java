package dev.mayfly.server;

import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Artifacts on this machine, by digest: whole and checked, or not there. A revision that is laid
 * out links to them, so one that has no other link is used by nobody and may go; if it is needed
 * once more, it is fetched once more.
 */
final class ArtifactCache {
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Path folder;
    private final Registry registry;

    ArtifactCache(Path folder, Registry registry) {
        this.folder = folder;
        this.registry = registry;
    }

    /** {@return the artifact's file} Fetches it if it is not here; blocks. */
    Path file(Digest digest) throws IOException {
        Path file = folder.resolve(digest.hex());
        if (!Files.exists(file)) {
            fetch(digest, file);
        }
        return file;
    }

    private void fetch(Digest digest, Path file) throws IOException {
        Path draft = Files.createTempFile(folder, "fetched-", ".part");
        try (InputStream bytes = registry.artifacts().open(digest).orElseThrow(() -> gone(digest));
                FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            // The stream gives its last bytes only if all of them have the digest.
            bytes.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static IOException gone(Digest digest) {
        return new IOException("the artifact " + digest + " is not in the registry");
    }

    /** Removes what no revision on this machine uses, unless it came just now. */
    void tidy() throws IOException {
        Instant before = Instant.now().minus(GRACE);
        for (Path file : files()) {
            if (links(file) == 1 && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Where links are not counted, everything is used by nobody: it costs a fetch. */
    private static int links(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (Integer) Files.getAttribute(file, "unix:nlink")
                : 1;
    }
}
