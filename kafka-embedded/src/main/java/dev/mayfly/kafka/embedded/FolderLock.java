package dev.mayfly.kafka.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held while a broker uses a folder. Kafka has such a lock too, but looks at it when half of it
 * runs already, and then cannot stop.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    static FolderLock take(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (locked(file)) {
            return new FolderLock(file);
        }
        file.close();
        throw new IOException(
                folder + " is in use by another Kafka broker: stop it, or choose another folder");
    }

    /** The file is not deleted: who waits for it would lock another. */
    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false; // this process has it: the answer
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
