package dev.mayfly.pool;

import com.dylibso.chicory.log.Logger;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongToIntFunction;

/**
 * What one run sees of its mounts. The library does the work; this class decides what reaches it:
 * paths that {@link FileLookup} has found, nothing that writes, and sizes the host chose.
 *
 * <p>The library reads a file into a new array as long as the guest says, so it reads into a small
 * memory of ours instead, piece by piece.
 */
final class OpenFiles {
    /** The first descriptor that is no stream. */
    static final int FIRST = 3;

    private static final int MOST_OPEN = 256;
    private static final int LONGEST_PATH = 4096;
    private static final int FOLLOW = 1;
    private static final int CREATE = 1;
    private static final int ONLY_DIRECTORY = 2;
    private static final int TRUNCATE = 8;
    private static final long RIGHT_WRITE = 1 << 6;

    private static final int PIECE = 64 * 1024;
    private static final int VECTOR_AT = 0;
    private static final int COUNT_AT = 8;
    private static final int PIECE_AT = 64;

    private final FlatMemory memory;
    private final WasiPreview1 library;
    private final FlatMemory piece = new FlatMemory(new MemoryLimits(2, 2), 2);
    private final Map<Integer, Entry> entries = new HashMap<>();

    /** An open file or folder; {@code path} has no links in it. */
    private record Entry(Path path, boolean folder, boolean mount) {}

    OpenFiles(FlatMemory memory, List<ReadOnlyMount> mounts) {
        this.memory = memory;
        var options = WasiOptions.builder();
        for (ReadOnlyMount mount : mounts) {
            Path source = realPath(mount);
            options.withDirectory(mount.destination(), source);
            entries.put(FIRST + entries.size(), new Entry(source, true, true));
        }
        library =
                WasiPreview1.builder()
                        .withLogger(new Silence())
                        .withOptions(options.build())
                        .build();
    }

    private static Path realPath(ReadOnlyMount mount) {
        try {
            return mount.source().toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("the mount " + mount.destination() + " is gone", e);
        }
    }

    /** One of each kind, on the first mount itself. */
    void rehearse() {
        memory.writeByte(0, (byte) '.');
        pathStat(FIRST, FOLLOW, 0, 1, 64);
        readLink(FIRST, 0, 1, 64, 64, 32);
        open(FIRST, 0, 1, new Wish(FOLLOW, 0, 0, 32));
        list(FIRST, 4096, 4096, 0, 32);
        fdstat(FIRST, 64);
        read(FIRST, 64, 1, 32);
    }

    boolean isOpen(int fd) {
        return entries.containsKey(fd);
    }

    /** Closes everything. */
    void close() {
        library.close();
    }

    private Entry entry(int fd) {
        return Objects.requireNonNull(entries.get(fd), "asked only about open descriptors");
    }

    Errno close(int fd) {
        entries.remove(fd);
        return Errno.of(library.fdClose(fd));
    }

    Errno renumber(int from, int to) {
        if (!isOpen(to)) {
            return Errno.BADF;
        }
        Errno errno = Errno.of(library.fdRenumber(from, to));
        if (errno == Errno.SUCCESS && from != to) {
            entries.put(to, entry(from));
            entries.remove(from);
        }
        return errno;
    }

    Errno prestat(int fd, int at) {
        return Errno.of(library.fdPrestatGet(memory, fd, at));
    }

    Errno mountName(int fd, int at, int length) {
        return Errno.of(library.fdPrestatDirName(memory, fd, at, length));
    }

    Errno fdstat(int fd, int at) {
        return Errno.of(library.fdFdstatGet(memory, fd, at));
    }

    /** The library cannot tell about a mount by its descriptor, but by its path. */
    Errno filestat(int fd, int at) {
        return Errno.of(
                entry(fd).mount()
                        ? library.pathFilestatGet(memory, fd, 0, ".", at)
                        : library.fdFilestatGet(memory, fd, at));
    }

    Errno setFlags(int fd, int flags) {
        return Errno.of(library.fdFdstatSetFlags(fd, flags));
    }

    Errno advise(int fd, long offset, long length, int advice) {
        return Errno.of(library.fdAdvise(fd, offset, length, advice));
    }

    Errno seek(int fd, long offset, int whence, int at) {
        return Errno.of(library.fdSeek(memory, fd, offset, whence, at));
    }

    Errno tell(int fd, int at) {
        return Errno.of(library.fdTell(memory, fd, at));
    }

    Errno list(int fd, int at, int length, long cookie, int usedAt) {
        memory.check(at, length);
        try {
            return Errno.of(library.fdReaddir(memory, fd, at, length, cookie, usedAt));
        } catch (UncheckedIOException e) {
            return Errno.IO;
        }
    }

    Errno read(int fd, int vectors, int count, int readAt) {
        return readVectors(
                vectors, count, readAt, done -> library.fdRead(piece, fd, VECTOR_AT, 1, COUNT_AT));
    }

    Errno readFrom(int fd, int vectors, int count, long offset, int readAt) {
        return readVectors(
                vectors,
                count,
                readAt,
                done -> library.fdPread(piece, fd, VECTOR_AT, 1, offset + done, COUNT_AT));
    }

    private Errno readVectors(int vectors, int count, int readAt, LongToIntFunction next) {
        if (count < 0 || count > StandardStreams.MOST_VECTORS) {
            return Errno.INVAL;
        }
        int total = 0;
        for (int i = 0; i < count; i++) {
            int at = memory.readInt(vectors + i * 8);
            int length = memory.readInt(vectors + i * 8 + 4);
            memory.check(at, length);
            for (int done = 0; done < length; ) {
                int wanted = Math.min(PIECE, length - done);
                Errno errno = readPiece(wanted, total, next);
                if (errno != Errno.SUCCESS) {
                    return errno;
                }
                int got = piece.readInt(COUNT_AT);
                memory.write(at + done, piece.array(), PIECE_AT, got);
                done += got;
                total = Math.addExact(total, got);
                if (got < wanted) {
                    return answer(total, readAt);
                }
            }
        }
        return answer(total, readAt);
    }

    private Errno readPiece(int wanted, int done, LongToIntFunction next) {
        piece.writeI32(VECTOR_AT, PIECE_AT);
        piece.writeI32(VECTOR_AT + 4, wanted);
        return Errno.of(next.applyAsInt(done));
    }

    private Errno answer(int value, int at) {
        memory.writeI32(at, value);
        return Errno.SUCCESS;
    }

    Errno pathStat(int fd, int flags, int pathAt, int pathLength, int at) {
        return switch (lookUp(fd, flags, pathAt, pathLength)) {
            case FileLookup.Refused(Errno errno) -> errno;
            case FileLookup.Found(Path path, var attributes) ->
                    Errno.of(library.pathFilestatGet(memory, fd, 0, below(fd, path), at));
        };
    }

    /** The target of a link, unless it leads out: that would be a path of the host. */
    Errno readLink(int fd, int pathAt, int pathLength, int at, int length, int usedAt) {
        return switch (lookUp(fd, 0, pathAt, pathLength)) {
            case FileLookup.Refused(Errno errno) -> errno;
            case FileLookup.Found(Path path, var attributes) ->
                    attributes.isSymbolicLink()
                            ? copyTarget(fd, path, at, length, usedAt)
                            : Errno.INVAL;
        };
    }

    private Errno copyTarget(int fd, Path link, int at, int length, int usedAt) {
        if (FileLookup.find(entry(fd).path(), below(fd, link), true)
                instanceof FileLookup.Refused(Errno errno)) {
            return errno;
        }
        byte[] target;
        try {
            target = Files.readSymbolicLink(link).toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Errno.IO;
        }
        int used = Math.min(length, target.length);
        memory.write(at, target, 0, used);
        return answer(used, usedAt);
    }

    /** What {@code path_open} asks for, besides where. */
    record Wish(int flags, int openFlags, long rights, int descriptorAt) {
        private boolean writes() {
            return (openFlags & (CREATE | TRUNCATE)) != 0 || (rights & RIGHT_WRITE) != 0;
        }

        private boolean onlyDirectory() {
            return (openFlags & ONLY_DIRECTORY) != 0;
        }
    }

    Errno open(int fd, int pathAt, int pathLength, Wish wish) {
        memory.check(wish.descriptorAt, Integer.BYTES);
        return switch (lookUp(fd, wish.flags, pathAt, pathLength)) {
            case FileLookup.Refused(Errno errno) ->
                    errno == Errno.NOENT && wish.writes() ? Errno.ROFS : errno;
            case FileLookup.Found found -> open(fd, found, wish);
        };
    }

    private Errno open(int fd, FileLookup.Found found, Wish wish) {
        var attributes = found.attributes();
        if (wish.writes()) {
            return Errno.ROFS;
        } else if (attributes.isSymbolicLink()) {
            return Errno.LOOP;
        } else if (wish.onlyDirectory() && !attributes.isDirectory()) {
            return Errno.NOTDIR;
        } else if (attributes.isOther() || !Files.isReadable(found.path())) {
            return Errno.ACCES; // opening a pipe would block, and nothing could interrupt it
        } else if (entries.size() == MOST_OPEN) {
            return Errno.MFILE;
        }
        String below = below(fd, found.path());
        int openFlags = wish.openFlags & ONLY_DIRECTORY;
        int at = wish.descriptorAt;
        Errno errno =
                Errno.of(library.pathOpen(memory, fd, 0, below, openFlags, wish.rights, 0, 0, at));
        if (errno == Errno.SUCCESS) {
            boolean folder = attributes.isDirectory();
            entries.put(memory.readInt(at), new Entry(found.path(), folder, false));
        }
        return errno;
    }

    private FileLookup lookUp(int fd, int flags, int pathAt, int pathLength) {
        memory.check(pathAt, pathLength);
        if (!entry(fd).folder()) {
            return new FileLookup.Refused(Errno.NOTDIR);
        } else if (pathLength > LONGEST_PATH) {
            return new FileLookup.Refused(Errno.NAMETOOLONG);
        }
        try {
            var raw = ByteBuffer.wrap(memory.array(), pathAt, pathLength);
            String path = StandardCharsets.UTF_8.newDecoder().decode(raw).toString();
            return FileLookup.find(entry(fd).path(), path, (flags & FOLLOW) != 0);
        } catch (CharacterCodingException e) {
            return new FileLookup.Refused(Errno.ILSEQ);
        }
    }

    /** How the library wants to be told of {@code path}: relative to the descriptor. */
    private String below(int fd, Path path) {
        String relative = entry(fd).path().relativize(path).toString();
        return relative.isEmpty() ? "." : relative;
    }

    /** The library logs what guests do wrong; that is no news for the server's log. */
    private static final class Silence implements Logger {
        @Override
        public void log(Level level, String message, Throwable thrown) {}

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }
    }
}
