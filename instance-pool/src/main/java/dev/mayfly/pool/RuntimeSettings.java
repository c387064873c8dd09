package dev.mayfly.pool;

import java.nio.file.Path;

/**
 * What the guest runtime may use.
 *
 * @param guestThreads platform threads that run guests, {@code runtime.guest_threads}
 * @param maxBlocked spare threads that stand in for guests that wait or compute for long, {@code
 *     runtime.max_blocked}
 * @param memoryBudget bytes of all sandboxes' linear memory and images, {@code memory.budget}
 * @param cacheFolder where compiled modules and snapshots are kept, {@code cache.folder}; made, for
 *     its owner only, if it is missing
 * @param cacheBytes most bytes of all that is kept there, {@code cache.max_bytes}
 * @param objects whether modules may make garbage-collected objects, whose memory is the JVM's and
 *     which no limit bounds, {@code runtime.gc_objects}
 * @param linger whether a guest thread that has nothing to do looks on for a moment before it
 *     sleeps, while that pays; {@code linger}
 */
public record RuntimeSettings(
        int guestThreads,
        int maxBlocked,
        long memoryBudget,
        Path cacheFolder,
        long cacheBytes,
        boolean objects,
        boolean linger) {
    /** Spare threads unless it is set. */
    public static final int MAX_BLOCKED = 256;

    /** 2 GiB: some 10,000 modules of the size of a C program. */
    public static final long DEFAULT_CACHE_BYTES = 2L << 30;

    /** Refuses settings under which nothing could run. */
    public RuntimeSettings {
        if (guestThreads < 1) {
            throw new IllegalArgumentException(
                    "guestThreads: " + guestThreads + " (expected: >= 1)");
        }
        if (maxBlocked < 0) {
            throw new IllegalArgumentException("maxBlocked: " + maxBlocked + " (expected: >= 0)");
        }
        if (memoryBudget < 1) {
            throw new IllegalArgumentException(
                    "memoryBudget: " + memoryBudget + " (expected: >= 1)");
        }
        if (cacheBytes < 1) {
            throw new IllegalArgumentException("cacheBytes: " + cacheBytes + " (expected: >= 1)");
        }
    }

    /**
     * Four threads a core, at least eight; {@value #MAX_BLOCKED} spare ones; half the heap; all
     * kinds of modules, as whoever runs their own has them.
     *
     * @param cacheFolder where compiled modules and snapshots are kept
     * @return the defaults
     */
    public static RuntimeSettings defaults(Path cacheFolder) {
        Runtime jvm = Runtime.getRuntime();
        return new RuntimeSettings(
                Math.max(8, 4 * jvm.availableProcessors()),
                MAX_BLOCKED,
                jvm.maxMemory() / 2,
                cacheFolder,
                DEFAULT_CACHE_BYTES,
                true,
                true);
    }

    /** {@return the same for whoever runs modules of their own: they may make objects} */
    public RuntimeSettings trusting() {
        return new RuntimeSettings(
                guestThreads, maxBlocked, memoryBudget, cacheFolder, cacheBytes, true, linger);
    }
}
