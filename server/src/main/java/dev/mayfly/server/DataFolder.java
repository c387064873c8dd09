package dev.mayfly.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The server's own files, of one server at a time.
 *
 * <pre>
 *   gateway.lock   held while a server runs
 *   database/      the cluster, its password, its programs: unless database.url names another
 *   secrets.key    unless secrets.keys gives them
 *   artifacts/     modules and files by digest, as far as a laid-out revision has them
 *   apps/          revisions, laid out
 *   known/         what is served, sealed: for a start without the database
 * </pre>
 */
final class DataFolder implements AutoCloseable {
    /** Held while a server runs. */
    static final String LOCK = "gateway.lock";

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** {@return the folder; empty when another server has it} */
    static Optional<DataFolder> take(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        make(root);
        FileChannel channel =
                FileChannel.open(
                        root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isTaken(channel)) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DataFolder(root, channel));
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException _) { // by this very process
            return true;
        }
    }

    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownersOnly());
        }
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    Path root() {
        return root;
    }

    /** {@return a folder below it, there from now on} */
    Path folder(String name) throws IOException {
        Path folder = root.resolve(name);
        make(folder);
        return folder;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
