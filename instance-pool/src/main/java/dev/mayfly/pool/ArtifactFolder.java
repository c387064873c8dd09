package dev.mayfly.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder artifacts are in.
 *
 * <p>A file appears whole or not at all: it is written under another name, forced to the disk and
 * renamed. The folder is not forced, since a rename that a power cut undoes costs one compilation.
 *
 * <p>Only its owner may read it: classes in it run outside every sandbox, and an image may hold
 * what an initialiser made of a secret.
 */
final class ArtifactFolder {
    private static final String TEMPORARY = ".tmp";

    /** What may be evicted: of this version, and the classes that former ones kept. */
    private static final List<String> OURS = List.of(".module", ".image", ".classes");

    private static final Duration LEFTOVER = Duration.ofHours(1);

    /** Start times of processes are rounded. */
    private static final Duration CLOCK_SLACK = Duration.ofMillis(100);

    private static final AtomicLong COUNTER = new AtomicLong();

    private final Path folder;

    ArtifactFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A file that is there.
     *
     * @param name its name
     * @param bytes its size
     * @param used when it was last used
     */
    record Entry(String name, long bytes, Instant used) {}

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes the file {@code name}, or nothing. */
    void write(String name, byte[] bytes) throws IOException {
        makeFolder();
        Path temporary = folder.resolve(temporaryName());
        try {
            try (FileChannel out =
                    FileChannel.open(
                            temporary,
                            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                            ownerOnly("rw-------"))) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String temporaryName() {
        return ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + TEMPORARY;
    }

    private void makeFolder() throws IOException {
        Files.createDirectories(folder.toAbsolutePath(), ownerOnly("rwx------"));
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Remembers that {@code name} was used now, for the next start. */
    void touch(String name) throws IOException {
        Files.setLastModifiedTime(file(name), FileTime.from(Instant.now()));
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** What is there, the longest unused first; clears away what killed writers left behind. */
    List<Entry> list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                entry(file).ifPresent(entries::add);
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        return entries;
    }

    private static Optional<Entry> entry(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant modified = attributes.lastModifiedTime().toInstant();
            String name = file.getFileName().toString();
            if (name.endsWith(TEMPORARY)) {
                if (isLeftover(name, modified)) {
                    Files.deleteIfExists(file);
                }
                return Optional.empty();
            }
            return attributes.isRegularFile() && OURS.stream().anyMatch(name::endsWith)
                    ? Optional.of(new Entry(name, attributes.size(), modified))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional
                    .empty(); // its writer has just renamed it, or another process cleaned up
        }
    }

    /**
     * Whether nobody writes {@code name} any more: its writer is gone, or another process has the
     * number of it now (in containers all count from one).
     */
    private static boolean isLeftover(String name, Instant modified) {
        if (modified.isBefore(Instant.now().minus(LEFTOVER))) {
            return true;
        }
        int dash = name.indexOf('-');
        if (dash < 1 || dash > 9 || !name.chars().limit(dash).allMatch(Character::isDigit)) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(name.substring(0, dash)))
                .map(writer -> writer.info().startInstant().orElse(Instant.MIN))
                .filter(start -> !start.isAfter(modified.plus(CLOCK_SLACK)))
                .isEmpty();
    }
}
