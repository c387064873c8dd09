package dev.mayfly.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Held while an app is built: two builds of it at once would write the same files. */
final class BuildLock implements AutoCloseable {
    private final FileChannel file;

    private BuildLock(FileChannel file) {
        this.file = file;
    }

    /** Waits until no other process builds the app in {@code folder}, and says that it waits. */
    static BuildLock take(Path folder, Surroundings surroundings) throws IOException {
        Path path = folder.resolve(".mayfly").resolve("build.lock");
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock taken = file.tryLock();
            if (taken == null) {
                surroundings.err().println("another mayfly builds this app: waiting for it");
                file.lock();
            }
            return new BuildLock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
