package dev.mayfly.gateway;

import dev.mayfly.http.Ran;
import dev.mayfly.http.TraceContext;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.RunEnd;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over: its line in the log and its activation, one object for both. Made by the
 * loop it ended on, of what is there already; whatever takes time (moments, digits, paths) is made
 * by whoever reads it.
 *
 * @param place the route it matched, if any
 * @param id the request's
 * @param method as sent
 * @param target as sent
 * @param status as sent, or as it would have been
 * @param bytes of the answer's body
 * @param endedNanos when the answer ended, in nanoseconds of the epoch
 * @param nanos from the head's arrival to then
 * @param guestNanos of those, in the guest; -1 if none ran
 * @param trace where it stands in a trace, if anybody asked
 * @param run the last one that was heard of by then
 * @param after what becomes known later; null if nothing can
 */
record PastRequest(
        RouteTallies.@Nullable Key place,
        String id,
        String method,
        String target,
        int status,
        long bytes,
        long endedNanos,
        long nanos,
        long guestNanos,
        @Nullable TraceContext trace,
        @Nullable Ran run,
        @Nullable After after)
        implements LogEntry {
    private static final int LONGEST_PATH = 256;
    private static final int CLIENT_GONE = 499;

    /** What becomes of a request when it is over. */
    static final class After {
        /** A run that outlives its client ends after the request did; never set at once. */
        private volatile @Nullable Ran late;

        /** The loop's to drop; read by any thread. */
        private volatile @Nullable Recorded recorded;

        /** For one of which so much is known. */
        static @Nullable After of(int status, @Nullable Ran run, @Nullable Recorded recorded) {
            boolean ended = run != null && run.outcome() instanceof Outcome.Exited;
            if (recorded == null && ended && status != CLIENT_GONE) {
                return null;
            }
            After after = new After();
            after.recorded = recorded;
            return after;
        }

        /** Its run has ended after it. */
        void ranLate(Ran ended) {
            late = ended;
        }

        void forgetRecording() {
            recorded = null;
        }
    }

    /** The same, with a target not longer than one that is kept may be. */
    PastRequest kept() {
        return target.length() <= LONGEST_PATH
                ? this
                : new PastRequest(
                        place,
                        id,
                        method,
                        cutPath(),
                        status,
                        bytes,
                        endedNanos,
                        nanos,
                        guestNanos,
                        trace,
                        run,
                        after);
    }

    private String cutPath() {
        String path = path();
        return path.substring(0, Math.min(path.length(), LONGEST_PATH));
    }

    /** {@return the target without the query} */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** {@return the trace's id, empty without one} */
    String traceId() {
        return trace == null ? "" : trace.traceId();
    }

    @Override
    public Instant time() {
        return Instant.ofEpochSecond(0, endedNanos);
    }

    @Nullable Recorded recorded() {
        return after == null ? null : after.recorded;
    }

    /** What others see of one that is kept, which matched a route. */
    Activation activation() {
        @Nullable Ran late = after == null ? null : after.late;
        @Nullable Ran ran = late == null ? run : late;
        return new Activation(
                id,
                Instant.ofEpochMilli((endedNanos - nanos) / 1_000_000),
                placeOf(Objects.requireNonNull(place, "a request that is kept"), ran),
                method,
                path(),
                status,
                ran == null ? unrun() : end(ran.outcome()),
                Activation.Spent.of(nanos, ran == null ? Evidence.NONE : ran.evidence()),
                traceId(),
                recorded() != null);
    }

    private static Activation.Place placeOf(RouteTallies.Key matched, @Nullable Ran ran) {
        String function = ran == null ? matched.function() : ran.function().function();
        return new Activation.Place(matched.app(), matched.revision(), function, matched.route());
    }

    private Activation.End unrun() {
        return new Activation.End(status == CLIENT_GONE ? "cancelled" : "not_run", -1, "");
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
}
