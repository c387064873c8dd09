package dev.mayfly.pool;

import java.util.Map;

/**
 * A function at one moment. Counters and distributions are of all its life and only ever grow;
 * those of a run under way are added at its end.
 *
 * @param tier how much of it is in memory
 * @param idleSandboxes ready to run
 * @param runningSandboxes leased
 * @param queued submissions that wait
 * @param memoryBytes what it holds of the memory budget
 * @param ended runs that began and are over, by how they ended; every key is there
 * @param refused submissions refused, by cause; every key is there
 * @param turnover what became of sandboxes and of the function itself
 * @param spread what runs used
 */
public record PoolStats(
        Tier tier,
        int idleSandboxes,
        int runningSandboxes,
        int queued,
        long memoryBytes,
        Map<RunEnd, Long> ended,
        Map<Outcome.Refused.Cause, Long> refused,
        Turnover turnover,
        Spread spread) {
    /** Copies the maps in. */
    public PoolStats {
        ended = Map.copyOf(ended);
        refused = Map.copyOf(refused);
    }

    /**
     * What became of sandboxes and of the function itself.
     *
     * @param resets sandboxes reset after a run
     * @param discards sandboxes thrown away after a run
     * @param abandoned submissions whose caller left before they began
     * @param wakeUps times the function came back from {@link Tier#COLD}
     * @param evictions times it was moved down, for want of requests or of memory
     */
    public record Turnover(
            long resets, long discards, long abandoned, long wakeUps, long evictions) {}

    /**
     * How what runs used is distributed.
     *
     * @param queuedNanos from submission to the start of the run
     * @param guestNanos from the start of the run to its end
     * @param dirtyPages 4 KiB pages written to
     * @param grownPages 64 KiB pages the memory grew by
     * @param hostCalls imports called
     * @param wakeNanos how long wake-ups took
     */
    public record Spread(
            Distribution queuedNanos,
            Distribution guestNanos,
            Distribution dirtyPages,
            Distribution grownPages,
            Distribution hostCalls,
            Distribution wakeNanos) {
        /** Of nothing. */
        public static final Spread NONE =
                new Spread(
                        Distribution.NONE,
                        Distribution.NONE,
                        Distribution.NONE,
                        Distribution.NONE,
                        Distribution.NONE,
                        Distribution.NONE);
    }

    /**
     * {@return a function that did nothing yet}
     *
     * @param tier how much of it is in memory
     */
    public static PoolStats unused(Tier tier) {
        return new PoolStats(
                tier,
                0,
                0,
                0,
                0,
                Cells.counts(RunEnd.class, new long[RunEnd.values().length]),
                Cells.counts(
                        Outcome.Refused.Cause.class,
                        new long[Outcome.Refused.Cause.values().length]),
                new Turnover(0, 0, 0, 0, 0),
                Spread.NONE);
    }

    /** {@return runs over, however they ended} */
    public long runs() {
        return sum(ended);
    }

    /** {@return submissions refused, whatever the cause} */
    public long refusals() {
        return sum(refused);
    }

    /** {@return sandboxes reset after a run} */
    public long resets() {
        return turnover.resets();
    }

    /** {@return sandboxes thrown away after a run} */
    public long discards() {
        return turnover.discards();
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
