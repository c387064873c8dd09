package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * All that is counted of a function, from its load to its end, through every tier.
 *
 * <pre>
 *   a run's end   ─► Tally of its sandbox (one writer, no lock) ──┐
 *   a refusal     ─► shared cells (atomic)                        ├─ fold, at rest ─► past (sparse)
 *   a wake-up     ─────────────────────────────────────────────────────────────────►
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

    /** Guarded by this, as {@link #past}. */
    private List<Tally> tallies = List.of();

    private SparseCells past = SparseCells.NONE;

    /** Made by the first refusal or eviction. */
    private volatile @Nullable AtomicLongArray shared;

    /** A tally for a sandbox; to be given back. */
    synchronized Tally take() {
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

    synchronized void giveBack(Tally tally) {
        tally.taken = false;
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

    private void count(int cell) {
        AtomicLongArray there = shared;
        (there != null ? there : makeShared()).getAndIncrement(cell - Cells.REFUSALS);
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
    synchronized void wokeUp(long nanos) {
        long[] cells = past.expand();
        int sum = Cells.sum(Measure.WAKE_NANOS);
        cells[sum] += nanos;
        cells[sum + 1 + Measure.WAKE_NANOS.bucket(nanos)]++;
        past = SparseCells.of(cells);
    }

    /** Makes itself small; to be called when the function goes down a tier. */
    synchronized void fold() {
        long[] cells = past.expand();
        List<Tally> kept = new ArrayList<>();
        for (Tally tally : tallies) {
            if (tally.taken) {
                kept.add(tally);
            } else {
                tally.addTo(cells);
            }
        }
        past = SparseCells.of(cells);
        tallies = List.copyOf(kept);
    }

    /** Every cell, as it is now. */
    synchronized long[] read() {
        long[] cells = past.expand();
        for (Tally tally : tallies) {
            tally.addTo(cells);
        }
        AtomicLongArray counted = shared;
        if (counted != null) {
            for (int i = 0; i < SHARED; i++) {
                cells[Cells.REFUSALS + i] += counted.get(i);
            }
        }
        return cells;
    }
}
