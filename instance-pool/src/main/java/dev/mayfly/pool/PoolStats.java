package dev.mayfly.pool;

/**
 * A pool at one moment; counters only ever rise.
 *
 * @param idleSandboxes ready to run
 * @param runningSandboxes leased
 * @param queued submissions that wait
 * @param runs runs ended, however
 * @param resets sandboxes reset after a run
 * @param discards sandboxes thrown away after a run
 * @param refusals submissions refused
 * @param dirtyPages 4 KiB pages copied back by all resets
 */
public record PoolStats(
        int idleSandboxes,
        int runningSandboxes,
        int queued,
        long runs,
        long resets,
        long discards,
        long refusals,
        long dirtyPages) {}
