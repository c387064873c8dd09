package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.KafkaTrigger.Retry;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pauses before another attempt. */
final class BackoffTest {
    private static final Retry RETRY = new Retry(9, Duration.ofMillis(200), Duration.ofSeconds(30));

    private final Backoff backoff = new Backoff(new SplittableRandom(7));

    @Test
    void theyDoubleUpToTheLongestAndVaryBetweenHalfAndWhole() {
        for (int attempts = 1; attempts < 200; attempts++) {
            double whole = Math.min(30_000, 200 * Math.pow(2, attempts - 1));
            long millis = Duration.ofNanos(backoff.nanos(RETRY, attempts)).toMillis();
            assertThat(millis).isBetween((long) (whole / 2) - 1, (long) whole);
        }
    }

    @Test
    void twoThatFailedTogetherDoNotComeAgainTogether() {
        assertThat(backoff.nanos(RETRY, 3)).isNotEqualTo(backoff.nanos(RETRY, 3));
    }
}
