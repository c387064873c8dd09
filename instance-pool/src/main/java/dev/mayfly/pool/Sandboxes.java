package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function's sandboxes: idle ones in slots, leased ones with their threads. Lock-free, and the
 * lowest slot first, so that the sandbox used last, still in the processor's caches, is used next.
 *
 * <p>A lease needs a turn, and a function has as many turns as slots: so no more are leased at a
 * time than there are slots. But one more may be made: a lease that loses its processor between two
 * slots misses a sandbox that was taken ahead of it and brought back behind it. What then finds no
 * room when it comes back is freed.
 */
final class Sandboxes {
    private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);

    private final FunctionId function;
    private final MemoryBudget budget;
    private final Tallies tallies;
    private final AtomicReferenceArray<@Nullable PooledSandbox> slots;
    private final AtomicInteger live = new AtomicInteger();
    private volatile boolean closed;

    /** What copies are made of; null while the function is cold. Written by who has all turns. */
    private volatile @Nullable Snapshot snapshot;

    /** What a fresh sandbox takes: linear memory at first, then as measured. */
    private volatile long bytesEach;

    Sandboxes(FunctionId function, int most, MemoryBudget budget, Tallies tallies) {
        this.function = function;
        this.budget = budget;
        this.tallies = tallies;
        slots = new AtomicReferenceArray<>(most);
    }

    /** From now on sandboxes are copies of {@code home}; by who has all turns. */
    void furnish(Snapshot home) {
        bytesEach = (long) home.memoryPages() << 16;
        snapshot = home;
    }

    /** Frees all sandboxes and the snapshot; by who has all turns. False: one is leased. */
    boolean clear() {
        if (!trim(0)) {
            return false;
        }
        snapshot = null;
        return true;
    }

    /** Frees all but {@code most} sandboxes; by who has all turns. False: one is leased. */
    boolean trim(int most) {
        while (live.get() > most) {
            PooledSandbox idle = takeIdle(0);
            if (idle == null) {
                return false;
            }
            free(idle);
        }
        return true;
    }

    /** Makes idle sandboxes up to {@code least}; by who has all turns. False: no memory. */
    boolean prepare(int least) {
        while (live.get() < least) {
            PooledSandbox made = make();
            if (made == null) {
                return false;
            }
            giveBack(made, 0);
        }
        return true;
    }

    /**
     * An idle sandbox or a new one; null when there is no memory for a new one.
     *
     * @param thread number of the caller, which finds what it gave back last, if that is there
     */
    @Nullable PooledSandbox lease(int thread) {
        PooledSandbox idle = takeIdle(thread % slots.length());
        return idle != null ? idle : make();
    }

    private @Nullable PooledSandbox takeIdle(int first) {
        for (int i = first, left = slots.length(); left > 0; i = next(i), left--) {
            PooledSandbox seen = slots.getOpaque(i);
            if (seen != null && slots.compareAndSet(i, seen, null)) {
                return seen;
            }
        }
        return null;
    }

    private int next(int slot) {
        return slot + 1 == slots.length() ? 0 : slot + 1;
    }

    private @Nullable PooledSandbox make() {
        Snapshot home = snapshot;
        if (home == null) {
            throw new IllegalStateException(function + ": a lease of a cold function");
        }
        // Reserved before it is made: a refusal must not cost what it refuses.
        long bytes = bytesEach;
        if (!budget.reserve(bytes)) {
            return null;
        }
        // Counted before it is made, so that others who find no memory wait for it.
        live.incrementAndGet();
        Sandbox copy = copy(home);
        if (copy == null) {
            live.decrementAndGet();
            budget.release(bytes);
            return null;
        }
        bytesEach = copy.bytes();
        var made = new PooledSandbox(copy, budget, bytes, tallies.take());
        if (!made.settle()) {
            free(made);
            return null;
        }
        return made;
    }

    private @Nullable Sandbox copy(Snapshot home) {
        try {
            return Sandbox.copyOf(home);
        } catch (OutOfMemoryError e) {
            LOG.error("{}: the heap has no room for another sandbox", function, e);
            return null;
        }
    }

    /**
     * Makes a leased sandbox equal its snapshot again, if it is {@code whole}; either way it knows
     * what the run used. Discard it when this is false.
     */
    // The guest boundary too: a reset that throws says the same as one that refuses.
    @SuppressWarnings("IllegalCatch")
    boolean reset(PooledSandbox leased, boolean whole) {
        if (!whole) {
            leased.sandbox().measure();
            return false;
        }
        try {
            return leased.reset();
        } catch (Throwable t) {
            LOG.error("{}: a reset failed, the sandbox is thrown away", function, t);
            return false;
        }
    }

    /** Takes back a sandbox that equals its snapshot, from the thread of that number. */
    void giveBack(PooledSandbox leased, int thread) {
        if (!putBack(leased, thread % slots.length())) {
            free(leased);
        } else if (closed) {
            close();
        }
    }

    /** Each slot is looked at once: who waited for one would keep its thread, and a run's end. */
    private boolean putBack(PooledSandbox leased, int first) {
        for (int i = first, left = slots.length(); left > 0; i = next(i), left--) {
            if (slots.getOpaque(i) == null && slots.compareAndSet(i, null, leased)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets a leased sandbox. */
    void discard(PooledSandbox leased) {
        free(leased);
    }

    private void free(PooledSandbox unused) {
        live.decrementAndGet();
        unused.free();
        tallies.giveBack(unused.tally());
    }

    /** Frees the idle sandboxes now, and leased ones when they come back. */
    void close() {
        closed = true;
        for (PooledSandbox idle = takeIdle(0); idle != null; idle = takeIdle(0)) {
            free(idle);
        }
    }

    /** Whether the function has a sandbox at all, idle or leased. */
    boolean any() {
        return live.get() > 0;
    }

    int live() {
        return live.get();
    }

    int idle() {
        int idle = 0;
        for (int i = 0; i < slots.length(); i++) {
            if (slots.getOpaque(i) != null) {
                idle++;
            }
        }
        return idle;
    }

    /** What its sandboxes hold of the budget, as if each that runs were as large as the newest. */
    long bytes() {
        long bytes = 0;
        int running = live.get();
        for (int i = 0; i < slots.length(); i++) {
            PooledSandbox idle = slots.get(i);
            if (idle != null) {
                bytes += idle.sandbox().bytes();
                running--;
            }
        }
        return bytes + Math.max(0, running) * bytesEach;
    }
}
