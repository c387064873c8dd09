package dev.mayfly.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the turns of one function that are out, each in the crew's queue or in the hands of a
 * guest thread; and knows when the last run ended.
 *
 * <pre>
 *            addOne, giveOne
 *               ┌─────┐
 *        0 ◄────┴──► 1..most
 *        │ ▲
 * takeAll│ │giveAll
 *        ▼ │              layDown
 *     all taken ─────────────────────────► asleep
 *          ▲          (nobody has them)       │
 *          └──────────────────────────────────┘ takeUp
 * </pre>
 *
 * <p>Whoever leases or makes a sandbox has a turn. So who has all of them is alone with the
 * function and may move it between tiers; those who add runs find all turns out, as on any busy
 * day, and leave their runs in the queue. Of many who find the function asleep, one takes the turns
 * up, to wake it.
 */
final class Turns {
    /** In the hands of one. More than any crew has threads. */
    private static final int TAKEN = 1 << 20;

    private static final int ASLEEP = TAKEN + 1;

    private static final VarHandle OUT;
    private static final VarHandle USED;

    static {
        try {
            var lookup = MethodHandles.lookup();
            OUT = lookup.findVarHandle(Turns.class, "out", int.class);
            USED = lookup.findVarHandle(Turns.class, "usedNanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int most;

    /** Changed through {@link #OUT}. */
    private volatile int out;

    /** Through {@link #USED} only; threads race on it, and each is as right as the other. */
    @SuppressWarnings("UnusedVariable")
    private long usedNanos = System.nanoTime();

    Turns(int most) {
        this.most = most;
    }

    /** Takes one more; false when all are out. */
    boolean addOne() {
        for (int seen = out; seen < most; seen = out) {
            if (OUT.compareAndSet(this, seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Gives one up; whether it was the last. */
    boolean giveOne() {
        return (int) OUT.getAndAdd(this, -1) == 1;
    }

    /** Whether some are out, so that whoever has one looks at the queue once more. */
    boolean areUsed() {
        int seen = out;
        return seen > 0 && seen < TAKEN;
    }

    /** Whether none is out, and none taken. */
    boolean allHome() {
        return out == 0;
    }

    /** Takes all; false when any is out. */
    boolean takeAll() {
        return OUT.compareAndSet(this, 0, TAKEN);
    }

    /** Gives all back that were taken. */
    void giveAll() {
        out = 0;
    }

    /** Leaves all that were taken with nobody. */
    void layDown() {
        out = ASLEEP;
    }

    /** Takes all that lie there; false when they do not, or another was first. */
    boolean takeUp() {
        return out == ASLEEP && OUT.compareAndSet(this, ASLEEP, TAKEN);
    }

    /** A run ended, or the function was touched otherwise: a plain store, nothing waits for it. */
    void used(long nanoTime) {
        USED.setOpaque(this, nanoTime);
    }

    /** When a run last ended. */
    long usedNanos() {
        return (long) USED.getOpaque(this);
    }
}
