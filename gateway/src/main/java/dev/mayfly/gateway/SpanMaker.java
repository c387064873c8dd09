package dev.mayfly.gateway;

import dev.mayfly.http.Ran;
import dev.mayfly.http.RouteNote;
import dev.mayfly.http.TraceContext;
import dev.mayfly.pool.Evidence;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Makes the spans of a request, by the semantic conventions of OpenTelemetry where there are some.
 *
 * <pre>
 *   GET /hello/...                the request: SERVER
 *   ├── queue                     from its submission to the run's beginning
 *   │   └── wake-up               as long as the function came back from the cold tier
 *   └── run hello                 the guest; its id is what the guest was told
 * </pre>
 *
 * One thread's.
 */
final class SpanMaker {
    /** Which methods stand in a span's name; others could be made up without end. */
    private static final Pattern KNOWN_METHOD =
            Pattern.compile("GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH");

    private final Tracer tracer;
    private final OwnIds ids;

    SpanMaker(Tracer tracer, OwnIds ids) {
        this.tracer = tracer;
        this.ids = ids;
    }

    void make(SpanSink.Request request) {
        Instant end = request.span().end();
        Instant start = end.minusNanos(request.span().nanos());
        Span server = server(request, start);
        Context below = Context.root().with(server);
        for (SpanSink.TimedRun timed : request.runs()) {
            run(timed, request.trace().traceId(), request.span(), below);
        }
        server.end(end);
    }

    private Span server(SpanSink.Request request, Instant start) {
        TraceContext trace = request.trace();
        boolean known = KNOWN_METHOD.matcher(request.line().method()).matches();
        String method = known ? request.line().method() : "_OTHER";
        String route = request.route().map(RouteNote::route).orElse("");
        SpanBuilder builder =
                tracer.spanBuilder((known ? method : "HTTP") + (route.isEmpty() ? "" : " " + route))
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(start)
                        .setParent(parent(trace))
                        .setAttribute("http.request.method", method)
                        .setAttribute("url.path", request.line().path())
                        .setAttribute("url.scheme", request.line().secure() ? "https" : "http")
                        .setAttribute("http.response.status_code", request.status())
                        .setAttribute("network.protocol.version", version(request.line()))
                        .setAttribute("mayfly.request_id", request.id());
        request.route().ifPresent(note -> place(note, builder));
        ids.next(trace.traceId(), trace.span());
        Span span = builder.startSpan();
        if (request.status() >= 500) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", Integer.toString(request.status()));
        }
        return span;
    }

    private static void place(RouteNote note, SpanBuilder builder) {
        if (!note.route().isEmpty()) {
            builder.setAttribute("http.route", note.route());
        }
        builder.setAttribute("mayfly.app", note.app());
        builder.setAttribute("mayfly.revision", note.revision());
        note.function().ifPresent(id -> builder.setAttribute("mayfly.function", id.function()));
    }

    private static String version(SpanSink.Line line) {
        return switch (line.protocol()) {
            case HTTP_1_0 -> "1.0";
            case HTTP_1_1 -> "1.1";
            case HTTP_2 -> "2";
        };
    }

    private static Context parent(TraceContext trace) {
        return parent(trace.traceId(), trace.parent());
    }

    /** Of somebody else's span; 0 for a trace that begins here. */
    static Context parent(String traceId, long span) {
        return span == 0
                ? Context.root()
                : Context.root()
                        .with(
                                Span.wrap(
                                        SpanContext.createFromRemoteParent(
                                                traceId,
                                                SpanId.fromLong(span),
                                                TraceFlags.getSampled(),
                                                TraceState.getDefault())));
    }

    /** Spans of a run in the trace {@code trace}, within {@code whole}, below {@code server}. */
    void run(SpanSink.TimedRun timed, String trace, SpanSink.Span whole, Context server) {
        Ran run = timed.run();
        Evidence used = run.evidence();
        long sinceEnd = whole.endNanos() - timed.endNanos();
        Instant end = whole.end().minusNanos(sinceEnd);
        Instant begun = end.minusNanos(used.guestNanos());
        Instant submitted = begun.minusNanos(used.queuedNanos());
        ids.next(trace, TraceContext.newSpan());
        Span queue =
                tracer.spanBuilder("queue")
                        .setParent(server)
                        .setStartTimestamp(submitted)
                        .setAttribute("mayfly.function", run.function().function())
                        .startSpan();
        if (used.wakeNanos() > 0) {
            wakeUp(used, submitted, trace, Context.root().with(queue));
        }
        queue.end(begun);
        Activation.End ending = PastRequest.end(run.outcome());
        if (!ending.outcome().equals("refused")) {
            ids.next(trace, run.span() == 0 ? TraceContext.newSpan() : run.span());
            guest(run, ending, begun, server).end(end);
        }
    }

    private void wakeUp(Evidence used, Instant submitted, String trace, Context queue) {
        ids.next(trace, TraceContext.newSpan());
        tracer.spanBuilder("wake-up")
                .setParent(queue)
                .setStartTimestamp(submitted)
                .startSpan()
                .end(submitted.plusNanos(used.wakeNanos()));
    }

    private Span guest(Ran run, Activation.End ending, Instant begun, Context server) {
        Evidence used = run.evidence();
        Span span =
                tracer.spanBuilder("run " + run.function().function())
                        .setParent(server)
                        .setStartTimestamp(begun)
                        .setAttribute("faas.name", run.function().function())
                        .setAttribute("faas.coldstart", used.wakeNanos() > 0)
                        .setAttribute("mayfly.outcome", ending.outcome())
                        .setAttribute("mayfly.dirty_pages", used.dirtyPages())
                        .setAttribute("mayfly.host_calls", used.hostCalls())
                        .startSpan();
        if (!ending.outcome().equals("succeeded")) {
            span.setStatus(StatusCode.ERROR, ending.outcome());
        }
        return span;
    }
}
