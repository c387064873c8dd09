package dev.mayfly.pool;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions that did something since they last slept, and what all functions ever did, closed
 * ones included. A look costs what is awake, however many functions sleep: what those counted was
 * added to the past when they folded.
 *
 * <p>Who needs both locks takes this one first, then that of the {@link Tallies}.
 */
final class Census {
    private final Set<Tallies> awake = ConcurrentHashMap.newKeySet();

    /** What was folded; guarded by this. */
    private final long[] past = new long[Cells.ALL];

    void awoke(Tallies tallies) {
        awake.add(tallies);
    }

    void fellAsleep(Tallies tallies) {
        awake.remove(tallies);
    }

    List<Residence> awake() {
        return awake.stream().map(Tallies::owner).toList();
    }

    /** In one step, so that a reader never finds a count in neither place. */
    synchronized void fold(Tallies tallies) {
        tallies.foldInto(past);
    }

    synchronized void wokeUp(long nanos) {
        Cells.measure(Measure.WAKE_NANOS, nanos, past);
    }

    /** Every cell of all functions together, as it is now. */
    synchronized long[] read() {
        long[] cells = past.clone();
        for (Tallies each : awake) {
            each.addUnfolded(cells);
        }
        return cells;
    }
}
