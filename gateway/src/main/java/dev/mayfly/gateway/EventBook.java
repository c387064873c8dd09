package dev.mayfly.gateway;

import dev.mayfly.kafka.EventAttempt;
import dev.mayfly.kafka.EventHistory;
import dev.mayfly.kafka.EventWatch;
import dev.mayfly.manifest.FunctionSpec.Activations;
import java.time.Instant;

/** Writes down what becomes of records: activations, and traces that are recorded. */
final class EventBook implements EventWatch {
    private final EventRing kept;
    private final SpanSink spans;

    EventBook(EventRing kept, SpanSink spans) {
        this.kept = kept;
        this.spans = spans;
    }

    @Override
    public boolean samples(long low) {
        return spans.sampler().samples(low);
    }

    @Override
    public boolean traces() {
        return spans.on();
    }

    @Override
    public void ran(EventAttempt attempt) {
        if (attempt.kept() != Activations.NONE) {
            kept.add(new KeptEvent(attempt, System.currentTimeMillis()));
        }
    }

    @Override
    public void over(EventHistory history) {
        Instant end = Instant.now().minusNanos(System.nanoTime() - history.endNanos());
        long nanos = history.endNanos() - history.begunNanos();
        spans.over(new SpanSink.Event(history, new SpanSink.Span(end, history.endNanos(), nanos)));
    }
}
