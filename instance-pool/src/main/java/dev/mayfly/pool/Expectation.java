package dev.mayfly.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a function's next runs should take, going by its last ones. Guest threads race on it
 * without a lock: a lost sample does not matter in an estimate, and it costs a run two plain
 * writes.
 */
final class Expectation {
    /**
     * Samples that the mean remembers, and the fewest that say anything: before, a function may
     * have been cold, and nobody is turned away for what a first run took.
     */
    private static final int SAMPLES = 16;

    /** Once somebody has waited this long, one thread is not enough. */
    private static final long FLOW_NANOS = 50_000;

    private static final long LONGEST_RETRY_SECONDS = 60;

    private long meanNanos;
    private int samples;

    /** So many runs took so long together, their waits included. */
    void took(long nanos, int runs) {
        int known = Math.min(SAMPLES, samples + runs);
        if (samples != known) {
            samples = known;
        }
        meanNanos += (nanos - runs * meanNanos) / Math.max(known, runs);
    }

    long meanNanos() {
        return meanNanos;
    }

    /**
     * Whether runs go by so fast that a turn more would cost more than it saves: its thread has to
     * be woken, and takes the sandbox, the queue and what the guest reads from one processor's
     * caches to another's.
     *
     * @param waitedNanos how long the next run has waited
     */
    boolean flow(long waitedNanos) {
        return samples == SAMPLES && meanNanos < Streak.SHORT_NANOS && waitedNanos < FLOW_NANOS;
    }

    /**
     * How long a run should wait behind {@code before} others that {@code atOnce} run at a time; 0
     * while that is a guess.
     */
    long waitNanos(int before, int atOnce) {
        int ahead = before - atOnce + 1;
        return samples < SAMPLES || ahead <= 0 ? 0 : nanosFor(ahead, atOnce);
    }

    /** When so many runs, {@code atOnce} at a time, should be through, in whole seconds. */
    Duration retryAfter(int admitted, int atOnce) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanosFor(Math.max(0, admitted), atOnce)) + 1;
        return Duration.ofSeconds(Math.min(seconds, LONGEST_RETRY_SECONDS));
    }

    /** In floating point, which does not overflow. */
    private long nanosFor(int runs, int atOnce) {
        return (long) ((double) meanNanos * runs / atOnce);
    }
}
