package dev.mayfly.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A function that is served, at one moment.
 *
 * @param row what it holds and did in all its life; its tier may be {@code cold}
 * @param failures runs that ended badly, in all its life; a client that left is none
 * @param lately what it did in the last minute
 */
public record FunctionNow(FunctionRow row, long failures, Lately lately) {
    /**
     * What a function did lately, as far as somebody looked.
     *
     * @param perSecond runs that ended in each of the last seconds, the newest last; 60 at most
     * @param failures runs of these that ended badly, of the last half to whole minute
     * @param median guest time of half of the runs of that time, at most; empty without any
     * @param p99 of all of them but one in a hundred, at most
     */
    public record Lately(
            List<Long> perSecond,
            long failures,
            Optional<Duration> median,
            Optional<Duration> p99) {
        /** Copies the list in. */
        public Lately {
            perSecond = List.copyOf(perSecond);
        }

        /** {@return runs that ended in the last minute} */
        public long runs() {
            return perSecond.stream().mapToLong(Long::longValue).sum();
        }
    }
}
