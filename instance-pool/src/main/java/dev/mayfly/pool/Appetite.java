package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of the processors a function takes, and whether that is its share.
 *
 * <p>A run <i>computes</i> once the clock has found its thread runnable for 20 ms on end. A
 * function is <i>hungry</i> while most of its runs come to that: a score falls with each run that
 * ended before and rises with each that computes. The next runs of a hungry function wait while as
 * many of them go on, and do not wait, as {@link Shares} allows; those of any other function begin
 * at once, since nothing is known against them. A run that computes cannot be taken off its
 * processor, so what is over the share when the share shrinks goes on to its end.
 *
 * <p>Costs a run that ends early one plain read. The score is written by many threads without a
 * lock: it is an estimate.
 */
final class Appetite {
    private static final int FULL = 256;

    /** Nothing is known yet: the first run that computes decides. */
    private static final int UNDECIDED = FULL / 2;

    private final AtomicInteger counted = new AtomicInteger();
    private int score = UNDECIDED;
    private volatile int share;

    /** The clock's: when it last saw a run of it while it was hungry; 0 when it is not listed. */
    private long seenNanos;

    private boolean listed;

    Appetite(int share) {
        this.share = share;
    }

    /** A run ended that did not compute. */
    void nibbled() {
        int now = score;
        if (now > 0) {
            score = now - ((now + 7) >> 3);
        }
    }

    /** A run has proved that it computes; on the clock's thread. */
    void devoured() {
        score += (FULL - score) >> 2;
    }

    /** A run computes, whatever the share. */
    void begin() {
        counted.incrementAndGet();
    }

    /** Whether one more run may begin; it counts then. */
    boolean tryBegin() {
        for (int seen = counted.get(); seen < share; seen = counted.get()) {
            if (counted.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    /** It has ended, or waits. */
    void end() {
        counted.decrementAndGet();
    }

    boolean hungry() {
        return score > UNDECIDED;
    }

    /** Whether further runs have to wait. */
    boolean satisfied() {
        return hungry() && counted.get() >= share;
    }

    /** How many runs of a function with so many turns go on at once. */
    int atOnce(int turns) {
        return hungry() ? Math.min(turns, share) : turns;
    }

    void share(int processors) {
        if (share != processors) {
            share = processors;
        }
    }

    /** Whether it was not listed before; on the clock's thread. */
    boolean list(long nanoTime) {
        seenNanos = nanoTime;
        boolean fresh = !listed;
        listed = true;
        return fresh;
    }

    boolean seenSince(long nanoTime) {
        return seenNanos - nanoTime >= 0;
    }

    void strikeOff() {
        listed = false;
    }
}
