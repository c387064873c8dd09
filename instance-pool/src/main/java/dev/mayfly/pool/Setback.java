package dev.mayfly.pool;

import dev.mayfly.pool.Outcome.Refused.Cause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wake-up that failed. Until its pause is over no other is tried and every run is refused; the
 * pause doubles with each failure, so that a broken function costs little.
 *
 * @param cause what runs are refused for meanwhile
 * @param failures in a row, this one included
 * @param notBefore when the next may be tried, by {@link System#nanoTime}
 */
record Setback(Cause cause, int failures, long notBefore) {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_PAUSE = TimeUnit.SECONDS.toNanos(30);

    /** The one that follows {@code before}, null for the first. */
    static Setback after(@Nullable Setback before, Cause cause, long now) {
        int former = before == null ? 0 : before.failures;
        long pause = Math.min(FIRST_PAUSE << Math.min(former, 16), LAST_PAUSE);
        return new Setback(cause, former + 1, now + pause);
    }

    boolean lasts(long now) {
        return now - notBefore < 0;
    }

    /** What is left of the pause, in whole seconds. */
    Duration retryAfter(long now) {
        long left = Math.max(0, notBefore - now);
        return Duration.ofSeconds(Math.ceilDiv(left, TimeUnit.SECONDS.toNanos(1)));
    }
}
