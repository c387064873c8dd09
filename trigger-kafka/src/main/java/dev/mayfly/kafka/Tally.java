package dev.mayfly.kafka;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What became of records. Only the loop writes, so nothing is lost without a lock; all may read.
 */
// An array by ordinals: its order is nobody's but this class's.
@SuppressWarnings("EnumOrdinal")
final class Tally {
    /** What is counted. */
    enum Count {
        DONE,
        FAILED_ATTEMPTS,
        DEAD_LETTERS,
        SKIPPED,
        PRODUCED,
        REBALANCES,
        RUN_NANOS
    }

    private final AtomicLongArray cells = new AtomicLongArray(Count.values().length);

    void add(Count what) {
        add(what, 1);
    }

    void add(Count what, long more) {
        int cell = what.ordinal();
        cells.setOpaque(cell, cells.getPlain(cell) + more);
    }

    private long get(Count what) {
        return cells.getOpaque(what.ordinal());
    }

    TriggerStats.Counts counts() {
        return new TriggerStats.Counts(
                get(Count.DONE),
                get(Count.FAILED_ATTEMPTS),
                get(Count.DEAD_LETTERS),
                get(Count.SKIPPED),
                get(Count.PRODUCED),
                get(Count.REBALANCES),
                get(Count.RUN_NANOS));
    }
}
