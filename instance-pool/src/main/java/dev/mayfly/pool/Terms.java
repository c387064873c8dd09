package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec.Limits;

/**
 * A function's limits, as the scheduler reads them.
 *
 * @param concurrency runs at once, never more than there are threads
 * @param mostAdmitted runs at once and waiting ones together
 * @param timeoutNanos longest run
 * @param queueTimeoutNanos longest wait
 * @param deadline how a run ends that lasts longer
 */
record Terms(
        int concurrency,
        int mostAdmitted,
        long timeoutNanos,
        long queueTimeoutNanos,
        Outcome.DeadlineExceeded deadline) {

    /** The limits of a function whose runs are on a crew of {@code threads}. */
    static Terms of(Limits limits, int threads) {
        int concurrency = Math.min(threads, limits.concurrency().orElse(Math.max(1, threads / 2)));
        return new Terms(
                concurrency,
                (int) Math.min(Integer.MAX_VALUE, (long) concurrency + limits.queue()),
                limits.timeout().toNanos(),
                limits.queueTimeout().toNanos(),
                new Outcome.DeadlineExceeded(limits.timeout()));
    }
}
