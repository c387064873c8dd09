package dev.mayfly.kafka;

import dev.mayfly.manifest.KafkaTrigger.Retry;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long to wait before another attempt: doubled each time up to a limit, then between half of it
 * and all of it by chance, so that records which failed together do not come again together.
 */
final class Backoff {
    private static final int MOST_DOUBLINGS = 40;

    private final SplittableRandom random;

    Backoff(SplittableRandom random) {
        this.random = random;
    }

    /** Nanoseconds to wait after {@code attempts} that failed, 1 at least. */
    long nanos(Retry retry, int attempts) {
        return nanos(retry.backoff(), retry.maxBackoff(), attempts);
    }

    long nanos(Duration first, Duration longest, int attempts) {
        double doubled = (double) first.toNanos() * (1L << Math.min(MOST_DOUBLINGS, attempts - 1));
        double whole = Math.min((double) longest.toNanos(), doubled);
        return (long) (whole * (0.5 + 0.5 * random.nextDouble()));
    }
}
