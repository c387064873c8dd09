package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final long RUN = 1_000_000;

    private final Expectation expectation = new Expectation();

    private void took(int runs, long nanos) {
        for (int i = 0; i < runs; i++) {
            expectation.took(nanos, 1);
        }
    }

    @Test
    void aWaitIsTheRunsAheadDividedByThoseAtOnce() {
        took(16, RUN);
        assertThat(expectation.waitNanos(3, 4)).isZero();
        assertThat(expectation.waitNanos(4, 4)).isEqualTo(RUN / 4);
        assertThat(expectation.waitNanos(11, 4)).isEqualTo(2 * RUN);
    }

    @Test
    void aFewRunsSayNothing() {
        took(15, Duration.ofDays(1).toNanos());
        assertThat(expectation.waitNanos(1_000_000, 1)).isZero();
    }

    @Test
    void shortRunsFlowUntilOneHasWaited() {
        took(15, 5_000);
        assertThat(expectation.flow(0)).isFalse();
        took(1, 5_000);
        assertThat(expectation.flow(49_999)).isTrue();
        assertThat(expectation.flow(50_000)).isFalse();
        took(1, RUN);
        assertThat(expectation.flow(0)).isFalse();
    }

    @Test
    void theMeanForgets() {
        took(16, 1000 * RUN);
        took(200, RUN);
        assertThat(expectation.meanNanos()).isBetween(RUN, 2 * RUN);
    }

    @Test
    @Tag("limit:Expectation.LONGEST_RETRY_SECONDS")
    void theLongestWaitDoesNotOverflow() {
        took(16, Duration.ofDays(1).toNanos());
        assertThat(expectation.waitNanos(Integer.MAX_VALUE - 1, 1))
                .isGreaterThan(Duration.ofDays(365).toNanos());
        assertThat(expectation.retryAfter(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void anotherTryMakesSenseAfterASecondAtLeast() {
        assertThat(expectation.retryAfter(0, 1)).isEqualTo(Duration.ofSeconds(1));
        took(16, 100 * RUN);
        assertThat(expectation.retryAfter(80, 4)).isEqualTo(Duration.ofSeconds(3));
    }
}
