package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of the threads that lie idle, last in first out: the thread that ran last, still in
 * its processor's caches, is woken first. Without a lock; each number at most once.
 */
final class IdleThreads {
    static final int NONE = -1;

    /**
     * Low half the top's number plus one, 0 for none; high half counts the pushes, so that a top
     * which left and came back is not taken for one that stayed.
     */
    private final AtomicLong top = new AtomicLong();

    /** By number: what lies below it, in the same form. Written by the thread before its push. */
    private final int[] below;

    IdleThreads(int most) {
        below = new int[most];
    }

    void push(int number) {
        for (; ; ) {
            long seen = top.get();
            below[number] = (int) seen;
            if (top.compareAndSet(seen, next(seen) | (number + 1))) {
                return;
            }
        }
    }

    /** The number of one that lies idle no more, or {@link #NONE}. */
    int pop() {
        for (; ; ) {
            long seen = top.get();
            if ((int) seen == 0) {
                return NONE;
            }
            int number = (int) seen - 1;
            if (top.compareAndSet(seen, next(seen) | below[number])) {
                return number;
            }
        }
    }

    private static long next(long top) {
        return ((top >>> 32) + 1) << 32;
    }
}
