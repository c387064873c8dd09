package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Ran;
import dev.mayfly.http.RequestBody;
import dev.mayfly.http.RequestHead;
import dev.mayfly.http.RequestName;
import dev.mayfly.http.RouteNote;
import dev.mayfly.http.TraceContext;
import dev.mayfly.manifest.FunctionSpec.Activations;
import dev.mayfly.pool.FunctionId;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request by the time it is over: for its line in the log, for counting, for its
 * activation and its trace. The loop's; what runs came to is told by guests' threads, one at a
 * time.
 */
final class Account {
    private final Serving serving;
    private final RequestHead head;
    private final long begun;
    private String requestId = "";
    private @Nullable RouteNote note;
    private @Nullable TraceContext trace;
    private @Nullable Recording recording;

    /** Told by a guest's thread before it hands the answer over, or after a client has gone. */
    private volatile @Nullable Ran last;

    private long guestNanos = -1;

    /** Made for requests whose trace is recorded. */
    private @Nullable Queue<SpanSink.TimedRun> runs;

    private volatile @Nullable KeptRequest kept;
    private int status;

    /** Opens with the request. */
    Account(Serving serving, RequestHead head) {
        this.serving = serving;
        this.head = head;
        serving.traffic().begin();
        this.begun = System.nanoTime();
    }

    void identify(String id) {
        requestId = id;
    }

    String requestId() {
        return requestId;
    }

    void routed(RouteNote matched) {
        note = matched;
        if (matched.kept() == Activations.BODIES && recording == null) {
            recording = new Recording();
        }
    }

    /** What keeps the answer, if anything does; the loop's. */
    @Nullable Recording recording() {
        return recording;
    }

    /** {@code receiver}, or one that keeps the body on its way there. */
    BodyReceiver keeping(BodyReceiver receiver) {
        return recording == null ? receiver : recording.receiving(receiver);
    }

    RequestBody keeping(RequestBody body) {
        return recording == null ? body : recording.passing(body);
    }

    /** Before the first run begins: on the loop. */
    TraceContext trace() {
        @Nullable TraceContext there = trace;
        if (there == null) {
            there = TraceContext.of(head.headers(), serving.spans().sampler());
            trace = there;
            if (serving.spans().on() && there.sampled()) {
                runs = new ConcurrentLinkedQueue<>();
            }
        }
        return there;
    }

    void ran(Ran run) {
        guestNanos = Math.max(guestNanos, 0) + run.evidence().guestNanos();
        if (runs != null) {
            runs.add(new SpanSink.TimedRun(run, System.nanoTime()));
        }
        last = run;
        @Nullable KeptRequest already = kept;
        if (already != null) {
            already.ran(run);
        }
    }

    /** Notes the status that is sent, or counted. */
    void status(int code) {
        status = code;
    }

    int status() {
        return status;
    }

    /** Counts the request, keeps what is to be kept, and writes its line, if requests have one. */
    void close(long bytes, Book book) {
        serving.traffic().end(status);
        long nanos = System.nanoTime() - begun;
        @Nullable RouteNote matched = note;
        if (matched != null) {
            RouteTallies.Known route = book.ended(matched, status, nanos);
            if (matched.answers().isPresent()) {
                matched.answers().get().answered(status);
            }
            if (matched.kept() != Activations.NONE && book.keeps()) {
                keep(route.key(), nanos, book);
            }
        } else if (StatusClass.of(status).isError()) {
            serving.traffic().rejected(Rejection.ofUnrouted(status));
        }
        if (serving.spans().on() && trace().sampled()) {
            serving.spans().over(traced(nanos));
        }
        if (serving.journal().access()) {
            serving.journal().request(entry(bytes, nanos));
        }
    }

    private void keep(RouteTallies.Key place, long nanos, Book book) {
        KeptRequest request =
                new KeptRequest(
                        place,
                        new KeptRequest.Head(
                                requestId, head.method(), head.target(), status, trace()),
                        nanos,
                        last);
        if (recording != null && note != null && note.kept() == Activations.BODIES) {
            request.record(recording.seal(head));
        }
        kept = request;
        book.keep(request);
    }

    private SpanSink.Request traced(long nanos) {
        long ended = begun + nanos;
        Instant end = Instant.now().minusNanos(System.nanoTime() - ended);
        return new SpanSink.Request(
                trace(),
                requestId,
                Optional.ofNullable(note),
                new SpanSink.Line(head.method(), path(), head.protocol(), head.secure()),
                status,
                new SpanSink.Span(end, ended, nanos),
                runs == null ? new ConcurrentLinkedQueue<>() : runs);
    }

    private String path() {
        int query = head.target().indexOf('?');
        return query < 0 ? head.target() : head.target().substring(0, query);
    }

    private LogEntry.Request entry(long bytes, long nanos) {
        @Nullable RouteNote matched = note;
        Optional<FunctionId> function = matched == null ? Optional.empty() : matched.function();
        return new LogEntry.Request(
                Instant.now(),
                matched == null ? "" : matched.app(),
                matched == null ? 0 : matched.revision(),
                matched == null ? "" : matched.route(),
                function,
                head.method(),
                path(),
                status,
                bytes,
                nanos,
                guestNanos,
                new RequestName(requestId, trace == null ? "" : trace.traceId()));
    }
}
