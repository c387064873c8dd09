package dev.mayfly.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.TopicPartition;

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
        REBALANCES
    }

    private final AtomicLongArray cells = new AtomicLongArray(Count.values().length);
    private final RunTimes runTimes = new RunTimes();

    /** The loop's alone, as what it holds: others see what its {@link Picture} shows of it. */
    private final Map<TopicPartition, long[]> partitions = new HashMap<>();

    void add(Count what) {
        int cell = what.ordinal();
        cells.setOpaque(cell, cells.getPlain(cell) + 1);
    }

    /** Of a record of {@code partition}. */
    void add(TopicPartition partition, Count what) {
        add(what);
        if (what == Count.FAILED_ATTEMPTS || what == Count.DEAD_LETTERS) {
            partitions
                    .computeIfAbsent(partition, _ -> new long[Count.values().length])[
                    what.ordinal()]++;
        }
    }

    /** So many were counted of a partition since the trigger is subscribed; on the loop. */
    long of(TopicPartition partition, Count what) {
        long[] counts = partitions.get(partition);
        return counts == null ? 0 : counts[what.ordinal()];
    }

    /** A run took so long. */
    void ran(long nanos) {
        runTimes.add(nanos);
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
                runTimes.read());
    }
}
