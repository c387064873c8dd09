package dev.mayfly.gateway;

import dev.mayfly.http.Ran;
import dev.mayfly.http.TraceContext;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.RunEnd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request to a function that is over. Made by the loop it ended on; what others see of it is made
 * when they look, so that a request pays for little more than this object.
 */
final class KeptRequest {
    private static final int LONGEST_PATH = 256;
    private static final int CLIENT_GONE = 499;
    private static final int PAGE = 64 << 10;

    private final RouteTallies.Key place;
    private final Head head;
    private final Time time;

    private final @Nullable Ran run;

    /** A run that outlives its client ends after the request did; never set at once. */
    private volatile @Nullable Ran late;

    /** The loop's to drop; read by any thread. */
    private volatile @Nullable Recorded recorded;

    /**
     * What is known of it.
     *
     * @param id the request's
     * @param method as sent
     * @param target as sent
     * @param status of the answer
     * @param trace the request's
     */
    record Head(String id, String method, String target, int status, TraceContext trace) {
        /** Without the query, and not longer than may be. */
        Head kept() {
            int query = target.indexOf('?');
            int end = Math.min(query < 0 ? target.length() : query, LONGEST_PATH);
            return end == target.length()
                    ? this
                    : new Head(id, method, target.substring(0, end), status, trace);
        }
    }

    /**
     * When it was.
     *
     * @param begunMillis of the epoch
     * @param nanos how long it took
     */
    record Time(long begunMillis, long nanos) {}

    KeptRequest(RouteTallies.Key place, Head head, Time time, @Nullable Ran run) {
        this.place = place;
        this.head = head.kept();
        this.time = time;
        this.run = run;
    }

    /** Its run has ended after it. */
    void ranLate(Ran ended) {
        late = ended;
    }

    void record(@Nullable Recorded what) {
        recorded = what;
    }

    @Nullable Recorded recorded() {
        return recorded;
    }

    String id() {
        return head.id();
    }

    Activation activation() {
        @Nullable Ran after = late;
        @Nullable Ran ran = after == null ? run : after;
        String function = ran == null ? place.function() : ran.function().function();
        return new Activation(
                head.id(),
                Instant.ofEpochMilli(time.begunMillis()),
                new Activation.Place(place.app(), place.revision(), function, place.route()),
                head.method(),
                head.target(),
                head.status(),
                ran == null ? unrun() : end(ran.outcome()),
                spent(ran == null ? Evidence.NONE : ran.evidence()),
                head.trace().traceId(),
                recorded != null);
    }

    private Activation.End unrun() {
        return new Activation.End(head.status() == CLIENT_GONE ? "cancelled" : "not_run", -1, "");
    }

    static Activation.End end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited(int code) -> new Activation.End(label(outcome), code, "");
            case Outcome.Refused(Outcome.Refused.Cause cause, _) ->
                    new Activation.End("refused", -1, Reading.label(cause));
            case Outcome.Trapped(String reason) -> new Activation.End(label(outcome), -1, reason);
            case Outcome.Broken(String reason) -> new Activation.End(label(outcome), -1, reason);
            case Outcome.DeadlineExceeded _,
                    Outcome.CpuExceeded _,
                    Outcome.Cancelled _,
                    Outcome.OutputExceeded _ ->
                    new Activation.End(label(outcome), -1, "");
        };
    }

    private static String label(Outcome outcome) {
        return Reading.label(RunEnd.of(outcome));
    }

    private Activation.Spent spent(Evidence used) {
        return new Activation.Spent(
                time.nanos(),
                used.queuedNanos(),
                used.wakeNanos(),
                used.guestNanos(),
                used.dirtyPages(),
                (long) used.memoryPages() * PAGE);
    }
}
