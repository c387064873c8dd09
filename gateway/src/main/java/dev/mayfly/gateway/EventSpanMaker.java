package dev.mayfly.gateway;

import dev.mayfly.http.Ran;
import dev.mayfly.kafka.EventAttempt;
import dev.mayfly.kafka.EventHistory;
import dev.mayfly.kafka.EventRecord;
import dev.mayfly.kafka.RecordEnd;
import dev.mayfly.pool.FunctionId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;

/**
 * Makes the spans of a record, by the semantic conventions of OpenTelemetry for messaging.
 *
 * <pre>
 *   process orders            the record, from its first attempt to its end: CONSUMER
 *   ├── queue                 of each attempt, as of a request's run
 *   │   └── wake-up
 *   └── run on-order          the guest; its id is what the guest was told
 * </pre>
 *
 * One thread's.
 */
final class EventSpanMaker {
    private final Tracer tracer;
    private final OwnIds ids;
    private final SpanMaker runs;

    /** {@code runs} makes the spans of attempts. */
    EventSpanMaker(Tracer tracer, OwnIds ids, SpanMaker runs) {
        this.tracer = tracer;
        this.ids = ids;
        this.runs = runs;
    }

    void make(SpanSink.Event event) {
        EventHistory history = event.history();
        Instant end = event.span().end();
        Span consumer = consumer(history, end.minusNanos(event.span().nanos()));
        Context below = Context.root().with(consumer);
        String trace = history.record().trace().traceId();
        for (EventAttempt each : history.attempts()) {
            Ran ran = new Ran(each.function(), each.outcome(), each.evidence(), each.span());
            runs.run(new SpanSink.TimedRun(ran, each.endNanos()), trace, event.span(), below);
        }
        consumer.end(end);
    }

    private Span consumer(EventHistory history, Instant start) {
        EventRecord record = history.record();
        String trace = record.trace().traceId();
        EventAttempt last = history.attempts().getLast();
        FunctionId function = last.function();
        ids.next(trace, record.trace().span());
        Span span =
                tracer.spanBuilder("process " + record.topic())
                        .setSpanKind(SpanKind.CONSUMER)
                        .setStartTimestamp(start)
                        .setParent(SpanMaker.parent(trace, record.trace().parent()))
                        .setAttribute("messaging.system", "kafka")
                        .setAttribute("messaging.operation.name", "process")
                        .setAttribute("messaging.operation.type", "process")
                        .setAttribute("messaging.destination.name", record.topic())
                        .setAttribute(
                                "messaging.destination.partition.id",
                                Integer.toString(record.partition()))
                        .setAttribute("messaging.consumer.group.name", record.group())
                        .setAttribute("messaging.kafka.offset", record.offset())
                        .setAttribute("messaging.message.body.size", record.bytes())
                        .setAttribute("mayfly.app", function.app())
                        .setAttribute("mayfly.revision", function.revision())
                        .setAttribute("mayfly.function", function.function())
                        .setAttribute("mayfly.request_id", record.requestId())
                        .setAttribute("mayfly.attempts", last.number())
                        .setAttribute("mayfly.record", Reading.label(history.end()))
                        .startSpan();
        if (history.end() != RecordEnd.SUCCEEDED) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", PastRequest.end(last.outcome()).outcome());
        }
        return span;
    }
}
