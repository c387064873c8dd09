package dev.mayfly.kafka;

import dev.mayfly.pool.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long runs took. Only the loop writes, so nothing is lost without a lock; all may read.
 *
 * <p>Buckets are those of a {@link Distribution}, eight to each doubling: up to eight nanoseconds
 * one value each, then (8, 9], … (15, 16], (16, 18], … and the last ends at 18 minutes, above any
 * limit of a run.
 */
final class RunTimes {
    private static final int STEP_BITS = 3;
    private static final int STEPS = 1 << STEP_BITS;
    private static final long MOST = 1L << 40;

    private final AtomicLongArray counts = new AtomicLongArray(bucket(MOST) + 1);

    /** In a cell of its own, so that a reader sees it whole. */
    private final AtomicLongArray sum = new AtomicLongArray(1);

    void add(long nanos) {
        add(sum, 0, nanos);
        add(counts, bucket(Math.clamp(nanos, 0, MOST)), 1);
    }

    private static void add(AtomicLongArray cells, int cell, long more) {
        cells.setOpaque(cell, cells.getPlain(cell) + more);
    }

    private static int bucket(long nanos) {
        if (nanos <= STEPS) {
            return (int) nanos;
        }
        long below = nanos - 1;
        int shift = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(below);
        return 1 + (shift << STEP_BITS) + (int) (below >>> shift);
    }

    private static long end(int bucket) {
        if (bucket <= STEPS) {
            return bucket;
        }
        int shift = (bucket - 1 - STEPS) >> STEP_BITS;
        return (long) (bucket - (shift << STEP_BITS)) << shift;
    }

    Distribution read() {
        List<Distribution.Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.length(); i++) {
            long count = counts.getOpaque(i);
            if (count > 0) {
                buckets.add(new Distribution.Bucket(end(i), count));
            }
        }
        return new Distribution(sum.getOpaque(0), buckets);
    }
}
