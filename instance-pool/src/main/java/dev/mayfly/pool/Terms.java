package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec.Limits;

/**
 * A function's limits, as the scheduler reads them.
 *
 * @param concurrency runs at once, never more than there are threads
 * @param mostAdmitted runs at once and waiting ones together
 * @param queueTimeoutNanos longest wait
 * @param timeoutNanos longest run
 * @param cpuNanos most CPU time of a run
 * @param deadline how a run ends that lasts longer
 * @param cpuSpent how a run ends that computes longer
 */
record Terms(
        int concurrency,
        int mostAdmitted,
        long queueTimeoutNanos,
        long timeoutNanos,
        long cpuNanos,
        Outcome.DeadlineExceeded deadline,
        Outcome.CpuExceeded cpuSpent) {

    /** The limits of a function whose runs are on {@code crew}. */
    static Terms of(Limits limits, Crew crew) {
        int usual = Math.max(1, crew.size() / 2);
        int concurrency = Math.min(crew.most(), limits.concurrency().orElse(usual));
        return new Terms(
                concurrency,
                (int) Math.min(Integer.MAX_VALUE, (long) concurrency + limits.queue()),
                limits.queueTimeout().toNanos(),
                limits.timeout().toNanos(),
                limits.cpu().toNanos(),
                new Outcome.DeadlineExceeded(limits.timeout()),
                new Outcome.CpuExceeded(limits.cpu()));
    }

    /** Whether CPU time can run out before time does. */
    boolean countsCpu() {
        return cpuNanos < timeoutNanos;
    }
}
