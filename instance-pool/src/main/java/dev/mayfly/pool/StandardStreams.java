package dev.mayfly.pool;

import java.io.IOException;

/**
 * File descriptors 0 to 2: the invocation's input, its output, and the log. Bytes go between the
 * guest's memory and the invocation without a copy in between.
 *
 * <p>None of them is a terminal. The guest may close them; the reset opens them again.
 */
final class StandardStreams {
    static final int IN = 0;
    static final int OUT = 1;
    static final int ERR = 2;

    /** As in POSIX's {@code IOV_MAX}: bounds the work of one call. */
    static final int MOST_VECTORS = 1024;

    private static final int VECTOR = 8;
    private static final int FDSTAT = 24;
    private static final int FILESTAT = 64;
    private static final long RIGHT_READ = 1 << 1;
    private static final long RIGHT_WRITE = 1 << 6;
    private static final long RIGHT_FILESTAT = 1 << 21;
    private static final long RIGHT_POLL = 1 << 27;

    private final Host host;
    private final long mostOutput;
    private final LogLines log;
    private long written;
    private int closed;

    StandardStreams(Host host, SandboxLimits limits) {
        this.host = host;
        this.mostOutput = limits.responseBytes();
        this.log = new LogLines(limits.logBytes());
    }

    /** Hands over the unfinished log line and makes ready for the next run. */
    void end(Invocation invocation) {
        log.finish(invocation);
        written = 0;
        closed = 0;
    }

    boolean isOpen(int fd) {
        return fd >= IN && fd <= ERR && (closed & 1 << fd) == 0;
    }

    Errno close(int fd) {
        if (!isOpen(fd)) {
            return Errno.BADF;
        }
        closed |= 1 << fd;
        return Errno.SUCCESS;
    }

    Errno write(int fd, int vectors, int count, int writtenAt) {
        if (!isOpen(fd) || fd == IN) {
            return Errno.BADF;
        }
        if (count < 0 || count > MOST_VECTORS) {
            return Errno.INVAL;
        }
        FlatMemory memory = host.memory();
        int total = 0;
        for (int i = 0; i < count; i++) {
            int at = memory.readInt(vectors + i * VECTOR);
            int length = memory.readInt(vectors + i * VECTOR + 4);
            memory.check(at, length);
            total = Math.addExact(total, length);
            if (length > 0) {
                writePiece(fd, memory.array(), at, length);
            }
        }
        memory.writeI32(writtenAt, total);
        return Errno.SUCCESS;
    }

    private void writePiece(int fd, byte[] bytes, int at, int length) {
        if (fd == ERR) {
            log.write(bytes, at, length, host.invocation());
            return;
        }
        written += length;
        if (written > mostOutput) {
            throw host.leave(new Ending.OutputExceeded(mostOutput));
        }
        try {
            host.invocation().write(bytes, at, length);
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            throw host.leave(new Ending.Broken("standard output: " + e.getMessage()));
        }
    }

    Errno read(int fd, int vectors, int count, int readAt) {
        if (!isOpen(fd) || fd != IN) {
            return Errno.BADF;
        }
        if (count < 0 || count > MOST_VECTORS) {
            return Errno.INVAL;
        }
        host.inputCalls++;
        FlatMemory memory = host.memory();
        int total = 0;
        for (int i = 0; i < count; i++) {
            int at = memory.readInt(vectors + i * VECTOR);
            int length = memory.readInt(vectors + i * VECTOR + 4);
            memory.check(at, length);
            int got = length == 0 ? 0 : readPiece(memory, at, length);
            total = Math.addExact(total, Math.max(got, 0));
            if (got < length) {
                break; // a second read could wait although there is something to hand over
            }
        }
        memory.writeI32(readAt, total);
        return Errno.SUCCESS;
    }

    private int readPiece(FlatMemory memory, int at, int length) {
        try {
            int got = host.invocation().read(memory.array(), at, length);
            memory.mark(at, got);
            return got;
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            throw host.leave(new Ending.Broken("standard input: " + e.getMessage()));
        }
    }

    private Leave interrupted() {
        return host.leave(Ending.Interrupted.INTERRUPTED);
    }

    /** File type 0, "unknown": libcs take a character device for a terminal. */
    Errno fdstat(int fd, int at) {
        if (!isOpen(fd)) {
            return Errno.BADF;
        }
        FlatMemory memory = host.memory();
        memory.fill((byte) 0, at, at + FDSTAT);
        long rights = (fd == IN ? RIGHT_READ : RIGHT_WRITE) | RIGHT_FILESTAT | RIGHT_POLL;
        memory.writeLong(at + 8, rights);
        return Errno.SUCCESS;
    }

    /** All zeros but one link: the times and the size of a stream mean nothing. */
    Errno filestat(int fd, int at) {
        if (!isOpen(fd)) {
            return Errno.BADF;
        }
        FlatMemory memory = host.memory();
        memory.fill((byte) 0, at, at + FILESTAT);
        memory.writeLong(at + 24, 1);
        return Errno.SUCCESS;
    }
}
