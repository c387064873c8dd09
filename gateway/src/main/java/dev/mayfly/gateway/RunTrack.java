package dev.mayfly.gateway;

import dev.mayfly.pool.Distribution;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RunEnd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The last minute of one function, made of the looks that somebody took at its counters. Guarded by
 * whoever owns it.
 *
 * <pre>
 *   looks:    |     |     |           |           what ran between two of them is spread
 *   seconds:  0  1  2  3  4  5  6  7  8           evenly over the seconds between
 *             older mark ... newer mark ... now   times are of the runs since the older mark,
 *                30 to 60 s                       which is why two are kept
 * </pre>
 */
final class RunTrack {
    /** Seconds that are kept. */
    static final int SECONDS = 60;

    /** How far marks are apart. */
    private static final int BETWEEN_MARKS = 30;

    private final long[] slots = new long[SECONDS];
    private long first;
    private long last;
    private PoolStats seen;
    private Mark older;
    private Mark newer;

    /** Counters at a second. */
    private record Mark(long second, long failures, Distribution times) {
        static Mark of(long second, PoolStats stats) {
            return new Mark(second, RunTrack.failures(stats), stats.spread().guestNanos());
        }
    }

    /** Begins with a first look. */
    RunTrack(long second, PoolStats stats) {
        first = second;
        last = second;
        seen = stats;
        older = Mark.of(second, stats);
        newer = older;
    }

    /** Runs that ended badly; the function had no part in it that a client left. */
    static long failures(PoolStats stats) {
        return stats.runs() - count(stats, RunEnd.SUCCEEDED) - count(stats, RunEnd.CANCELLED);
    }

    private static long count(PoolStats stats, RunEnd end) {
        return stats.ended().getOrDefault(end, 0L);
    }

    /** The second of the last look. */
    long last() {
        return last;
    }

    /** Whether a look at {@code second} goes on where the last one was. */
    boolean continues(long second, PoolStats stats) {
        return second - last < SECONDS && stats.runs() >= seen.runs();
    }

    /** Takes the counters of a later look; of several in one second the first counts. */
    void look(long second, PoolStats stats) {
        if (second <= last) {
            return;
        }
        spread(second, stats.runs() - seen.runs());
        last = second;
        seen = stats;
        if (second - newer.second() >= BETWEEN_MARKS) {
            older = newer;
            newer = Mark.of(second, stats);
        }
    }

    private void spread(long second, long runs) {
        long seconds = second - last;
        for (long i = 1; i <= seconds; i++) {
            slots[slot(last + i)] = runs * i / seconds - runs * (i - 1) / seconds;
        }
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }

    /** What was seen so far. */
    FunctionNow.Lately lately() {
        Distribution times = seen.spread().guestNanos().since(older.times());
        return new FunctionNow.Lately(
                perSecond(),
                failures(seen) - older.failures(),
                quantile(times, 0.5),
                quantile(times, 0.99));
    }

    private List<Long> perSecond() {
        long from = Math.max(first + 1, last - SECONDS + 1);
        return LongStream.rangeClosed(from, last).mapToObj(second -> slots[slot(second)]).toList();
    }

    private static Optional<Duration> quantile(Distribution times, double share) {
        return times.count() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(times.quantile(share)));
    }
}
