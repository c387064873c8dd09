package dev.mayfly.pool;

import java.nio.file.Path;

/**
 * What the guest runtime may use.
 *
 * @param guestThreads platform threads that run guests, {@code runtime.guest_threads}
 * @param maxBlocked spare threads that stand in for guests that wait or compute for long, {@code
 *     runtime.max_blocked}
 * @param memoryBudget bytes of all sandboxes' linear memory and images, {@code memory.budget}
 * @param cacheFolder where compiled classes are kept, made if it is missing
 */
public record RuntimeSettings(
        int guestThreads, int maxBlocked, long memoryBudget, Path cacheFolder) {
    /** Spare threads unless it is set. */
    public static final int MAX_BLOCKED = 256;

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
    }

    /**
     * Four threads a core, at least eight; {@value #MAX_BLOCKED} spare ones; half the heap.
     *
     * @param cacheFolder where compiled classes are kept
     * @return the defaults of the server
     */
    public static RuntimeSettings defaults(Path cacheFolder) {
        Runtime jvm = Runtime.getRuntime();
        return new RuntimeSettings(
                Math.max(8, 4 * jvm.availableProcessors()),
                MAX_BLOCKED,
                jvm.maxMemory() / 2,
                cacheFolder);
    }
}
