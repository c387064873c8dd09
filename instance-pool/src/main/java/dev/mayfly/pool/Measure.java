package dev.mayfly.pool;

/**
 * A quantity of which every value is counted in a bucket.
 *
 * <p>Buckets are log-linear, eight to each doubling, and closed above: zero, then one value each up
 * to eight, then (8, 9], ... (15, 16], (16, 18], ... (30, 32], (32, 36], ... So zero and every
 * power of two ends a bucket, and no bucket is wider than an eighth of its values.
 */
enum Measure {
    /** Of {@link Evidence#dirtyPages()}: all of 2 GiB. */
    DIRTY_PAGES(19),
    /** Of {@link Evidence#grownPages()}: all of 2 GiB. */
    GROWN_PAGES(15),
    /** Of {@link Evidence#hostCalls()}. */
    HOST_CALLS(31),
    /** Of {@link Evidence#guestNanos()}: up to 18 minutes, above any timeout. */
    GUEST_NANOS(40),
    /** Of {@link Evidence#queuedNanos()}. */
    QUEUED_NANOS(40),
    /** Of wake-ups; not of runs, so a {@link Tally} has none. */
    WAKE_NANOS(40);

    private static final int STEP_BITS = 3;
    private static final int STEPS = 1 << STEP_BITS;

    private final int bits;

    /** Values above two to the power of {@code bits} count as that. */
    Measure(int bits) {
        this.bits = bits;
    }

    int buckets() {
        return bucketOf(1L << bits) + 1;
    }

    /** The bucket of {@code value}; of the nearest that is counted when it is out of range. */
    int bucket(long value) {
        return bucketOf(Math.clamp(value, 0, 1L << bits));
    }

    private static int bucketOf(long value) {
        if (value <= STEPS) {
            return (int) value;
        }
        long below = value - 1;
        int shift = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(below);
        return 1 + (shift << STEP_BITS) + (int) (below >>> shift);
    }

    /** The largest value of a bucket. */
    static long end(int bucket) {
        if (bucket <= STEPS) {
            return bucket;
        }
        int shift = (bucket - 1 - STEPS) >> STEP_BITS;
        return (long) (bucket - (shift << STEP_BITS)) << shift;
    }
}
