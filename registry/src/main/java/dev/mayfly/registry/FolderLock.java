package dev.mayfly.registry;

import dev.mayfly.registry.UnavailableException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;

/** Keeps a folder to one process; the system lets it go when the process ends, however it ends. */
final class FolderLock implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!isFree(channel)) {
            channel.close();
            throw new UnavailableException(
                    Reason.REFUSED,
                    "the database in "
                            + folder
                            + " is used by another server: stop it, or give this one a folder of"
                            + " its own; several servers share a database of their own by its URL");
        }
        return new FolderLock(folder, channel);
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** {@return who makes files here: the user of this process} */
    UserPrincipal owner() throws IOException {
        Path probe = Files.createTempFile(folder, "owner", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
