package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.Outcome.Refused.Cause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SetbackTest {
    private static final long NOW = 5;

    @Test
    void thePauseDoublesWithEachFailureUpToHalfAMinute() {
        Setback setback = Setback.after(null, Cause.UNAVAILABLE, NOW);
        assertThat(pauseMillis(setback)).isEqualTo(100);
        setback = Setback.after(setback, Cause.UNAVAILABLE, NOW);
        assertThat(pauseMillis(setback)).isEqualTo(200);
        for (int failure = 3; failure <= 1000; failure++) {
            setback = Setback.after(setback, Cause.NO_MEMORY, NOW);
        }
        assertThat(pauseMillis(setback)).isEqualTo(30_000);
        assertThat(setback.failures()).isEqualTo(1000);
        assertThat(setback.cause()).isEqualTo(Cause.NO_MEMORY);
    }

    private static long pauseMillis(Setback setback) {
        return TimeUnit.NANOSECONDS.toMillis(setback.notBefore() - NOW);
    }

    @Test
    void whoIsRefusedIsToldToComeWhenThePauseIsOver() {
        Setback setback = new Setback(Cause.UNAVAILABLE, 6, TimeUnit.MILLISECONDS.toNanos(3200));
        assertThat(setback.retryAfter(0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(setback.retryAfter(TimeUnit.SECONDS.toNanos(3)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(setback.lasts(TimeUnit.SECONDS.toNanos(3))).isTrue();
        assertThat(setback.lasts(TimeUnit.SECONDS.toNanos(4))).isFalse();
        assertThat(setback.retryAfter(TimeUnit.SECONDS.toNanos(4))).isZero();
    }

    @Test
    void theClockMayTurnOver() {
        Setback setback = Setback.after(null, Cause.UNAVAILABLE, Long.MAX_VALUE - 1);
        assertThat(setback.lasts(Long.MAX_VALUE)).isTrue();
        assertThat(setback.lasts(Long.MIN_VALUE + TimeUnit.SECONDS.toNanos(1))).isFalse();
    }
}
