package dev.mayfly.pool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Finds a file below a folder and never above it, name by name, as the kernel would with {@code
 * RESOLVE_BENEATH}: an absolute path, a {@code ..} above the folder, and a link that leads out by
 * either is refused wherever it stands. What is found contains no link any more, so that opening it
 * cannot follow one.
 */
sealed interface FileLookup {
    /** As Linux: a chain of more links is a loop. */
    int MOST_LINKS = 40;

    /**
     * There is such a file.
     *
     * @param path below the folder, without links, except the last name if it was not to be
     *     followed
     * @param attributes of {@code path} itself
     */
    record Found(Path path, BasicFileAttributes attributes) implements FileLookup {}

    record Refused(Errno errno) implements FileLookup {}

    /** Looks {@code raw} up below {@code folder}, which is a real path. */
    static FileLookup find(Path folder, String raw, boolean followLast) {
        if (raw.isEmpty()) {
            return new Refused(Errno.NOENT);
        }
        try {
            return new Walk(folder, raw, followLast).run();
        } catch (NoSuchFileException e) {
            return new Refused(Errno.NOENT);
        } catch (AccessDeniedException e) {
            return new Refused(Errno.ACCES);
        } catch (InvalidPathException e) {
            return new Refused(Errno.ILSEQ);
        } catch (IOException e) {
            return new Refused(Errno.IO);
        }
    }

    /** One lookup under way. */
    final class Walk {
        private final Path folder;
        private final boolean followLast;
        private final Deque<String> names = new ArrayDeque<>();
        private Path at;
        private BasicFileAttributes attributes;
        private int links;

        private Walk(Path folder, String raw, boolean followLast) throws IOException {
            this.folder = folder;
            this.followLast = followLast;
            at = folder;
            attributes = read(at);
            push(raw);
        }

        private FileLookup run() throws IOException {
            while (!names.isEmpty()) {
                if (!attributes.isDirectory()) {
                    return new Refused(Errno.NOTDIR);
                }
                Errno errno = step(names.pop());
                if (errno != Errno.SUCCESS) {
                    return new Refused(errno);
                }
            }
            return new Found(at, attributes);
        }

        /** The names of {@code path}, to be walked next; a leading empty one means absolute. */
        private void push(String path) {
            String[] parts = path.split("/", -1);
            for (int i = parts.length - 1; i >= 0; i--) {
                names.push(parts[i]);
            }
            if (path.startsWith("/")) {
                names.push("/");
            }
        }

        private Errno step(String name) throws IOException {
            return switch (name) {
                case "/" -> Errno.NOTCAPABLE;
                case "", "." -> Errno.SUCCESS;
                case ".." -> up();
                default -> into(at.resolve(name));
            };
        }

        private Errno up() throws IOException {
            if (at.equals(folder)) {
                return Errno.NOTCAPABLE;
            }
            at = Objects.requireNonNull(at.getParent(), "below a folder there is a parent");
            attributes = read(at);
            return Errno.SUCCESS;
        }

        private Errno into(Path next) throws IOException {
            var found = read(next);
            if (found.isSymbolicLink() && (followLast || !names.isEmpty())) {
                push(Files.readSymbolicLink(next).toString());
                links++;
                return links > MOST_LINKS ? Errno.LOOP : Errno.SUCCESS;
            }
            at = next;
            attributes = found;
            return Errno.SUCCESS;
        }

        private static BasicFileAttributes read(Path path) throws IOException {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
