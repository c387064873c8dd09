package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.Distribution;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RunEnd;
import dev.mayfly.pool.Tier;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of looks at counters. */
class RunTrackTest {
    private static final long MILLI = 1 << 20;

    /** A function after so many runs, each of which took as long. */
    private static PoolStats after(long succeeded, long failed, long nanos) {
        Map<RunEnd, Long> ended = new EnumMap<>(RunEnd.class);
        Arrays.stream(RunEnd.values()).forEach(end -> ended.put(end, 0L));
        ended.put(RunEnd.SUCCEEDED, succeeded);
        ended.put(RunEnd.FAILED, failed);
        PoolStats none = PoolStats.unused(Tier.HOT);
        long runs = succeeded + failed;
        Distribution times =
                runs == 0
                        ? Distribution.NONE
                        : new Distribution(
                                runs * nanos, List.of(new Distribution.Bucket(nanos, runs)));
        PoolStats.Spread spread = PoolStats.Spread.NONE;
        return new PoolStats(
                Tier.HOT,
                0,
                0,
                0,
                0,
                ended,
                Map.<Outcome.Refused.Cause, Long>of(),
                none.turnover(),
                new PoolStats.Spread(
                        spread.queuedNanos(),
                        times,
                        spread.dirtyPages(),
                        spread.grownPages(),
                        spread.hostCalls(),
                        spread.wakeNanos()));
    }

    @Test
    void theFirstLookKnowsNothingOfThePast() {
        FunctionNow.Lately lately = new RunTrack(7, after(90, 10, MILLI)).lately();
        assertThat(lately.perSecond()).isEmpty();
        assertThat(lately.failures()).isZero();
        assertThat(lately.p99()).isEmpty();
    }

    @Test
    void eachSecondHasWhatRanInIt() {
        RunTrack track = new RunTrack(7, after(100, 0, MILLI));
        track.look(8, after(103, 0, MILLI));
        track.look(9, after(103, 2, MILLI));
        FunctionNow.Lately lately = track.lately();
        assertThat(lately.perSecond()).containsExactly(3L, 2L);
        assertThat(lately.runs()).isEqualTo(5);
        assertThat(lately.failures()).isEqualTo(2);
        assertThat(lately.p99()).contains(Duration.ofNanos(MILLI));
    }

    @Test
    void whatRanWhileNobodyLookedIsSpreadAndNoneIsLost() {
        RunTrack track = new RunTrack(0, after(0, 0, MILLI));
        track.look(4, after(10, 0, MILLI));
        assertThat(track.lately().perSecond()).containsExactly(2L, 3L, 2L, 3L);
    }

    @Test
    void aSecondLookWithinTheSameSecondWaitsForTheNext() {
        RunTrack track = new RunTrack(5, after(0, 0, MILLI));
        track.look(6, after(1, 0, MILLI));
        track.look(6, after(4, 0, MILLI));
        track.look(7, after(5, 0, MILLI));
        assertThat(track.lately().perSecond()).containsExactly(1L, 4L);
    }

    @Test
    void aMinuteIsKeptAndTimesAreOfTheRunsOfIt() {
        RunTrack track = new RunTrack(0, after(1000, 0, 16 * MILLI));
        for (long second = 1; second <= 200; second++) {
            track.look(second, mixed(second));
        }
        FunctionNow.Lately lately = track.lately();
        assertThat(lately.perSecond()).hasSize(RunTrack.SECONDS).containsOnly(1L);
        assertThat(lately.p99()).contains(Duration.ofNanos(MILLI));
    }

    /** A thousand long runs before, a short one each second. */
    private static PoolStats mixed(long second) {
        PoolStats before = after(1000, 0, 16 * MILLI);
        PoolStats now = after(1000 + second, 0, MILLI);
        Distribution times =
                new Distribution(
                        0,
                        List.of(
                                new Distribution.Bucket(MILLI, second),
                                before.spread().guestNanos().buckets().getFirst()));
        PoolStats.Spread spread = now.spread();
        return new PoolStats(
                now.tier(),
                0,
                0,
                0,
                0,
                now.ended(),
                now.refused(),
                now.turnover(),
                new PoolStats.Spread(
                        spread.queuedNanos(),
                        times,
                        spread.dirtyPages(),
                        spread.grownPages(),
                        spread.hostCalls(),
                        spread.wakeNanos()));
    }

    @Test
    void countersThatBeganAnewOrWereNotLookedAtForLongDoNotGoOn() {
        RunTrack track = new RunTrack(0, after(10, 0, MILLI));
        assertThat(track.continues(1, after(10, 0, MILLI))).isTrue();
        assertThat(track.continues(1, after(9, 0, MILLI))).isFalse();
        assertThat(track.continues(60, after(10, 0, MILLI))).isFalse();
    }
}
