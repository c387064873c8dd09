package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Ran;
import dev.mayfly.http.RequestBody;
import dev.mayfly.http.RequestHead;
import dev.mayfly.http.RouteNote;
import dev.mayfly.http.TraceContext;
import dev.mayfly.manifest.FunctionSpec.Activations;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request by the time it is over: for its line in the log, for counting, for its
 * activation and its trace. The loop's.
 *
 * <p>Guests' threads, one at a time, tell what runs came to. Nothing here makes a processor wait
 * for their words: they hand the answer over to the loop afterwards, and with it what they wrote.
 * Only of a run whose client has gone the loop hears later: {@link #caughtUp()}.
 */
final class Account {
    private static final VarHandle TRACE;

    static {
        try {
            TRACE =
                    MethodHandles.lookup()
                            .findVarHandle(Account.class, "trace", TraceContext.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Serving serving;
    private final RequestHead head;
    private final long begun;
    private String requestId = "";
    private @Nullable RouteNote note;
    private @Nullable Recording recording;

    /** Made by the first who asks, on whatever thread: through {@link #TRACE}. */
    private volatile @Nullable TraceContext trace;

    private @Nullable Ran last;
    private long guestNanos = -1;

    /** Of requests whose trace is recorded, made by their first run. */
    private volatile @Nullable Queue<SpanSink.TimedRun> runs;

    /** Of a request that is kept, while something may become known of it. */
    private PastRequest.@Nullable After after;

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

    /** Any thread. */
    TraceContext trace() {
        @Nullable TraceContext there = trace;
        if (there != null) {
            return there;
        }
        TraceContext made = TraceContext.of(head.headers(), serving.spans().sampler());
        @Nullable TraceContext first =
                (TraceContext) TRACE.compareAndExchange(this, (TraceContext) null, made);
        return first == null ? made : first;
    }

    /** On the thread that ended the run. */
    void ran(Ran run) {
        guestNanos = Math.max(guestNanos, 0) + run.evidence().guestNanos();
        if (serving.spans().on() && trace().sampled()) {
            Queue<SpanSink.TimedRun> those = runs == null ? new ConcurrentLinkedQueue<>() : runs;
            those.add(new SpanSink.TimedRun(run, System.nanoTime()));
            runs = those;
        }
        last = run;
    }

    /** On the loop: a run may have ended after its request. */
    void caughtUp() {
        if (after != null && last != null) {
            after.ranLate(last);
        }
    }

    /** Notes the status that is sent, or counted. */
    void status(int code) {
        status = code;
    }

    int status() {
        return status;
    }

    /** Whether not even a length of 0 may be told. */
    boolean bodiless() {
        return status == 204 && head.protocol() == RequestHead.Protocol.HTTP_2;
    }

    /**
     * Keeps what is to be kept, writes the request's line, if requests have one, and counts it:
     * once none is running, all there is to know of each is known.
     */
    void close(long bytes, Loop loop) {
        Book book = loop.book();
        long nanos = System.nanoTime() - begun;
        @Nullable RouteNote matched = note;
        RouteTallies.@Nullable Key place = null;
        if (matched != null) {
            place = book.ended(matched, status, nanos).key();
            if (matched.answers().isPresent()) {
                matched.answers().get().answered(status);
            }
        } else if (StatusClass.of(status).isError()) {
            serving.traffic().rejected(Rejection.ofUnrouted(status));
        }
        if (serving.spans().on() && trace().sampled()) {
            serving.spans().over(traced(nanos));
        }
        boolean keeps = matched != null && matched.kept() != Activations.NONE && book.keeps();
        if (keeps || serving.journal().access()) {
            tell(past(place, bytes, loop.epochNanosAt(begun + nanos), nanos, keeps), keeps, book);
        }
        serving.traffic().end(status);
    }

    private void tell(PastRequest request, boolean keeps, Book book) {
        if (serving.journal().access()) {
            serving.journal().request(request);
        }
        if (keeps) {
            after = request.after();
            book.keep(request.kept());
        }
    }

    private PastRequest past(
            RouteTallies.@Nullable Key place,
            long bytes,
            long endedNanos,
            long nanos,
            boolean keeps) {
        return new PastRequest(
                place,
                requestId,
                head.method(),
                head.target(),
                status,
                bytes,
                endedNanos,
                nanos,
                guestNanos,
                keeps ? trace() : trace,
                last,
                keeps ? PastRequest.After.of(status, last, recorded()) : null);
    }

    private @Nullable Recorded recorded() {
        boolean bodies = note != null && note.kept() == Activations.BODIES;
        return bodies && recording != null ? recording.seal(head) : null;
    }

    private SpanSink.Request traced(long nanos) {
        long ended = begun + nanos;
        Instant end = Instant.now().minusNanos(System.nanoTime() - ended);
        @Nullable Queue<SpanSink.TimedRun> those = runs;
        return new SpanSink.Request(
                trace(),
                requestId,
                Optional.ofNullable(note),
                new SpanSink.Line(head.method(), path(), head.protocol(), head.secure()),
                status,
                new SpanSink.Span(end, ended, nanos),
                those == null ? new ConcurrentLinkedQueue<>() : those);
    }

    private String path() {
        int query = head.target().indexOf('?');
        return query < 0 ? head.target() : head.target().substring(0, query);
    }
}
