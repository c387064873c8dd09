package dev.mayfly.gateway;

import dev.mayfly.http.Ran;
import dev.mayfly.http.RequestHead;
import dev.mayfly.http.RouteNote;
import dev.mayfly.http.TraceContext;
import dev.mayfly.kafka.EventHistory;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Takes requests and records whose trace is recorded. Any thread, never blocks. */
interface SpanSink extends AutoCloseable {
    /** Records nothing; a request pays one look at a constant. */
    SpanSink OFF =
            new SpanSink() {
                @Override
                public boolean on() {
                    return false;
                }

                @Override
                public TraceContext.Sampler sampler() {
                    return TraceContext.Sampler.OTHERS;
                }

                @Override
                public void over(Traced traced) {}

                @Override
                public long dropped() {
                    return 0;
                }

                @Override
                public void close() {}
            };

    /** Whether any trace is recorded. */
    boolean on();

    /** Decides about traces that begin here. */
    TraceContext.Sampler sampler();

    /** A request or record is over whose trace is recorded. */
    void over(Traced traced);

    /** {@return requests and records that came faster than their spans could be made} */
    long dropped();

    @Override
    void close();

    /**
     * A request that is over.
     *
     * @param trace where it stands in its trace
     * @param id the request's
     * @param route what it reached, if it reached one
     * @param line what was asked
     * @param status of the answer
     * @param span when it was
     * @param runs of functions, in their order
     */
    record Request(
            TraceContext trace,
            String id,
            Optional<RouteNote> route,
            Line line,
            int status,
            Span span,
            Collection<TimedRun> runs)
            implements Traced {}

    /** What has spans of its own. */
    sealed interface Traced {
        /** {@return the id of the request, or of the record} */
        String id();
    }

    /**
     * A record that is over.
     *
     * @param history the record and its attempts
     * @param span when it was
     */
    record Event(EventHistory history, Span span) implements Traced {
        @Override
        public String id() {
            return history.record().requestId();
        }
    }

    /** What was asked. */
    record Line(String method, String path, RequestHead.Protocol protocol, boolean secure) {}

    /**
     * From when to when.
     *
     * @param end by the clock
     * @param endNanos the same moment, as {@link System#nanoTime()}
     * @param nanos how long it took
     */
    record Span(Instant end, long endNanos, long nanos) {}

    /**
     * A run, and when its end was told.
     *
     * @param run the run
     * @param endNanos as {@link System#nanoTime()}
     */
    record TimedRun(Ran run, long endNanos) {}
}
