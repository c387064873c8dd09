package dev.mayfly.pool;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Descriptors from 3 on: the mounts, and what is opened below them. Made by the first call of a run
 * that needs it, dropped with everything it opened when the run ends.
 */
final class MountedFiles {
    private final Host host;
    private final List<ReadOnlyMount> mounts;
    private @Nullable OpenFiles open;

    MountedFiles(Host host, List<ReadOnlyMount> mounts) {
        this.host = host;
        this.mounts = mounts;
    }

    /** One host call about an open descriptor; {@code a} are its arguments. */
    @FunctionalInterface
    interface Call {
        Errno on(OpenFiles files, int fd, long[] a);
    }

    /** Without mounts there is nothing to ask for, and nothing is made. */
    Errno call(int fd, long[] a, Call call) {
        if (mounts.isEmpty() || fd < OpenFiles.FIRST) {
            return Errno.BADF;
        }
        if (open == null) {
            open = new OpenFiles(host.memory(), mounts);
        }
        return open.isOpen(fd) ? call.on(open, fd, a) : Errno.BADF;
    }

    boolean isOpen(int fd) {
        return call(fd, NONE, (files, number, a) -> Errno.SUCCESS) == Errno.SUCCESS;
    }

    private static final long[] NONE = {};

    /**
     * Does once what guests may do, before any guest: a guest at the end of its stack must not be
     * the first to reach a class of the JDK's file system (see {@link Groundwork}).
     */
    void rehearse() {
        if (!mounts.isEmpty()) {
            var files = new OpenFiles(new FlatMemory(new MemoryLimits(1, 1), 1), mounts);
            files.rehearse();
            files.close();
        }
    }

    /** Closes what the run left open. */
    void end() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
