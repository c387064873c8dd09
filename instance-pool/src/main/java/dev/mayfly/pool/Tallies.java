package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * All that is counted of a function, from its load to its end, through every tier.
 *
 * <pre>
 *   a run's end  ─► Tally of its sandbox (one writer, no lock) ──┐            past of the function
 *   a refusal    ─► shared cells (atomic)                        ├─ fold ─►   (sparse), and of the
 *   a wake-up    ────────────────────────────────────────────────────────►   Census
 * </pre>
 *
 * <p>A tally outlives its sandbox: the next sandbox of the function goes on with it. There are as
 * many as the function ever had sandboxes at once, until {@link #fold()} moves what they counted
 * into a few bytes and lets them go; so a function that sleeps costs next to nothing.
 *
 * <p>The lock is taken where a sandbox is made or freed, and by readers; never by a run.
 */
final class Tallies {
    /** The shared cells begin at {@link Cells#REFUSALS}. */
    private static final int SHARED = Cells.EVICTIONS + 1 - Cells.REFUSALS;

    private final Residence owner;
    private final Census census;

    /** Guarded by this, as {@link #past}. */
    private List<Tally> tallies = List.of();

    private SparseCells past = SparseCells.NONE;

    /** Made by the first refusal or eviction. */
    private volatile @Nullable AtomicLongArray shared;

    /** Whether the census knows; changed under the lock. */
    private volatile boolean awake;

    private volatile boolean closed;

    Tallies(Residence owner, Census census) {
        this.owner = owner;
        this.census = census;
    }

    Residence owner() {
        return owner;
    }

    /** A tally for a sandbox; to be given back. */
    synchronized Tally take() {
        awake();
        for (Tally tally : tallies) {
            if (!tally.taken) {
                tally.taken = true;
                return tally;
            }
        }
        Tally made = new Tally();
        made.taken = true;
        List<Tally> more = new ArrayList<>(tallies);
        more.add(made);
        tallies = List.copyOf(more);
        return made;
    }

    void giveBack(Tally tally) {
        synchronized (this) {
            tally.taken = false;
        }
        foldIfClosed();
    }

    private synchronized void awake() {
        if (!awake) {
            awake = true;
            census.awoke(this);
        }
    }

    void refused(Outcome.Refused.Cause cause) {
        count(Cells.refused(cause));
    }

    /** Its caller left before the run began. */
    void abandoned() {
        count(Cells.ABANDONED);
    }

    /** The function was moved down a tier. */
    void evicted() {
        count(Cells.EVICTIONS);
    }

    /** Counts first and looks then: whatever a fold at this moment misses, the next one finds. */
    private void count(int cell) {
        AtomicLongArray there = shared;
        (there != null ? there : makeShared()).getAndIncrement(cell - Cells.REFUSALS);
        if (!awake) {
            awake();
            foldIfClosed();
        }
    }

    private synchronized AtomicLongArray makeShared() {
        AtomicLongArray there = shared;
        if (there == null) {
            there = new AtomicLongArray(SHARED);
            shared = there;
        }
        return there;
    }

    /** The function came back from the cold tier, which took {@code nanos}. */
    void wokeUp(long nanos) {
        census.wokeUp(nanos);
        synchronized (this) {
            long[] cells = past.expand();
            Cells.measure(Measure.WAKE_NANOS, nanos, cells);
            past = SparseCells.of(cells);
            awake();
        }
    }

    /** Folds for good: the function has ended; what still ends of it is folded as it comes. */
    void close() {
        closed = true;
        fold();
    }

    private void foldIfClosed() {
        if (closed) {
            fold();
        }
    }

    /** Makes itself small; to be called when the function goes down a tier. */
    void fold() {
        census.fold(this);
    }

    /** For the census. */
    synchronized void foldInto(long[] total) {
        long[] news = new long[Cells.ALL];
        List<Tally> kept = new ArrayList<>();
        for (Tally tally : tallies) {
            if (tally.taken) {
                kept.add(tally);
            } else {
                tally.addTo(news);
            }
        }
        tallies = List.copyOf(kept);
        if (kept.isEmpty()) {
            awake = false; // before the shared cells are swept: who counts later wakes it again
            census.fellAsleep(this);
        }
        sweepShared(news);
        long[] all = past.expand();
        Cells.add(news, all);
        past = SparseCells.of(all);
        Cells.add(news, total);
    }

    private void sweepShared(long[] into) {
        AtomicLongArray counted = shared;
        for (int i = 0; counted != null && i < SHARED; i++) {
            into[Cells.REFUSALS + i] += counted.getAndSet(i, 0);
        }
    }

    /** Every cell, as it is now. */
    synchronized long[] read() {
        long[] cells = past.expand();
        addUnfolded(cells);
        return cells;
    }

    synchronized void addUnfolded(long[] cells) {
        for (Tally tally : tallies) {
            tally.addTo(cells);
        }
        AtomicLongArray counted = shared;
        for (int i = 0; counted != null && i < SHARED; i++) {
            cells[Cells.REFUSALS + i] += counted.get(i);
        }
    }
}
