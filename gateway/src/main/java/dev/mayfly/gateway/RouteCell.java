package dev.mayfly.gateway;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * How long requests of one route took, by the status of their answer, as one event loop saw them.
 * Written by that loop alone, which so pays two plain stores a request; read by any thread.
 */
final class RouteCell {
    private static final long[] BOUNDS = HistogramKind.times();

    /** One more than the bounds: what took longer than the last. */
    private static final int BUCKETS = BOUNDS.length + 1;

    /** The first bound is 4 to the power of this. */
    private static final int FIRST_POWER = Long.numberOfTrailingZeros(BOUNDS[0]) / 2;

    private static final int STATUSES = StatusClass.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(STATUSES * BUCKETS);
    private final AtomicLongArray sums = new AtomicLongArray(STATUSES);

    /** On the loop. */
    @SuppressWarnings("EnumOrdinal") // a place in an array of this process, kept nowhere
    void ended(StatusClass status, long nanos) {
        add(counts, status.place() * BUCKETS + bucket(nanos), 1);
        add(sums, status.place(), nanos);
    }

    private static void add(AtomicLongArray cells, int at, long more) {
        cells.setOpaque(at, cells.getPlain(at) + more);
    }

    /** {@return the first bucket whose bound is not below {@code nanos}} */
    static int bucket(long nanos) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(nanos, 1) - 1);
        return Math.clamp((bits + 1) / 2 - FIRST_POWER, 0, BUCKETS - 1);
    }

    /** Adds what is counted here to {@code into}; any thread. */
    void addTo(long[][] into, long[] nanos) {
        for (int status = 0; status < STATUSES; status++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                into[status][bucket] += counts.getOpaque(status * BUCKETS + bucket);
            }
            nanos[status] += sums.getOpaque(status);
        }
    }

    static long[][] none() {
        return LongStream.range(0, STATUSES)
                .mapToObj(_ -> new long[BUCKETS])
                .toArray(long[][]::new);
    }
}
