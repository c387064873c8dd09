package dev.mayfly.gateway;

import dev.mayfly.pool.Evidence;
import java.time.Instant;

/**
 * A request that reached a function, or a run for a record, as it is remembered.
 *
 * @param id the request's id
 * @param at when it came
 * @param place what it reached
 * @param method as sent; {@code EVENT} for a record
 * @param path as sent, without the query, at most 256 characters of it; a record's topic, partition
 *     and offset
 * @param status as sent, or as it would have been; 499 when the client had gone; 0 for a record
 * @param end how the run ended
 * @param spent what it took
 * @param traceId of the request's trace, 32 hexadecimal digits
 * @param recorded whether the request and its answer are kept, to be looked at and sent again
 */
public record Activation(
        String id,
        Instant at,
        Place place,
        String method,
        String path,
        int status,
        End end,
        Spent spent,
        String traceId,
        boolean recorded) {
    /**
     * What a request reached.
     *
     * @param app the app's name
     * @param revision the app's
     * @param function what ran, or should have run
     * @param route as written; empty for a record
     */
    public record Place(String app, long revision, String function, String route) {}

    /**
     * How a run ended; the last one, when functions redirected to one another.
     *
     * @param outcome {@code succeeded}, {@code failed} and so on, as meters have it; {@code
     *     refused} when it never began, {@code not_run} when nothing was to run
     * @param exitCode the guest's; -1 when it did not exit
     * @param detail why, for the function's owner; empty when there is nothing to say
     */
    public record End(String outcome, int exitCode, String detail) {}

    /**
     * What a request took; the last run's, but for {@code totalNanos}.
     *
     * @param totalNanos from the head's arrival to the answer's end
     * @param queuedNanos until the run began
     * @param wakeNanos of those, until the function was back from the cold tier
     * @param guestNanos in the guest
     * @param dirtyPages 4 KiB pages it wrote to
     * @param memoryBytes linear memory at the end, which is the most it had
     */
    public record Spent(
            long totalNanos,
            long queuedNanos,
            long wakeNanos,
            long guestNanos,
            int dirtyPages,
            long memoryBytes) {
        private static final int PAGE = 64 << 10;

        static Spent of(long totalNanos, Evidence used) {
            return new Spent(
                    totalNanos,
                    used.queuedNanos(),
                    used.wakeNanos(),
                    used.guestNanos(),
                    used.dirtyPages(),
                    (long) used.memoryPages() * PAGE);
        }
    }
}
