package dev.mayfly.http;

import dev.mayfly.http.BodyReceiver.BodyFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An exchange without a socket: a made request, and what was answered. */
final class MadeExchange implements Exchange {
    private final RequestHead head;
    private final byte[] body;
    private final CountDownLatch answered = new CountDownLatch(1);
    // Both belong to the answering thread until the latch opens.
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int status;
    private List<ResponseHead.Field> fields = List.of();
    private boolean brokenOff;
    private String requestId = "";
    private final List<Ran> runs = new ArrayList<>();
    private final TraceContext trace;

    MadeExchange(RequestHead head, String body) {
        this(head, body.getBytes(StandardCharsets.UTF_8));
    }

    MadeExchange(RequestHead head, byte[] body) {
        this.head = head;
        this.body = body;
        trace = TraceContext.of(head.headers(), TraceContext.Sampler.OTHERS);
    }

    /**
     * What was answered.
     *
     * @param status the status; what is counted for an answer that broke off
     * @param body decoded as UTF-8
     */
    record Answered(int status, String body) {}

    Optional<Answered> await(Duration longest) throws InterruptedException {
        return whole(longest)
                .map(all -> new Answered(all.status(), text.toString(StandardCharsets.UTF_8)));
    }

    Optional<Replayed> whole(Duration longest) throws InterruptedException {
        return answered.await(longest.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(new Replayed(status, fields, text.toByteArray()))
                : Optional.empty();
    }

    /** {@return the runs that led to the answer, in order} After it. */
    List<Ran> runs() {
        return List.copyOf(runs);
    }

    /** {@return whether the answer broke off} After it. */
    boolean isBrokenOff() {
        return brokenOff;
    }

    /** {@return the answer's status so far, 0 before it} */
    int status() {
        return status;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void identify(String id) {
        requestId = id;
    }

    /** {@return the request's id; empty before it has one} */
    String requestId() {
        return requestId;
    }

    @Override
    public void routed(RouteNote note) {}

    @Override
    public void ran(Ran run) {
        runs.add(run);
    }

    @Override
    public TraceContext trace() {
        return trace;
    }

    // What fails in the task is the task's own to report.
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void hold(CompletableFuture<?> awaited, Runnable task) {
        awaited.whenComplete((result, failure) -> task.run());
    }

    @Override
    public void receiveBody(long limit, BodyReceiver receiver) {
        if (body.length > limit) {
            receiver.failed(BodyFailure.TOO_LARGE);
        } else {
            receiver.received(streamBody(limit));
        }
    }

    @Override
    public RequestBody streamBody(long limit) {
        return new MadeBody(body);
    }

    @Override
    public void respond(ResponseHead answer, byte[] from, int offset, int length) {
        start(answer);
        text.write(from, offset, length);
        end();
    }

    @Override
    public void respondFile(ResponseHead answer, Path file, long offset, long length) {
        start(answer);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            text.writeBytes(in.readNBytes(Math.toIntExact(length)));
            end();
        } catch (IOException e) {
            abort(500);
        }
    }

    @Override
    public void start(ResponseHead answer) {
        status = answer.status();
        fields = answer.fields();
    }

    @Override
    public void write(byte[] chunk) {
        text.writeBytes(chunk);
    }

    @Override
    public void awaitRoom() {}

    @Override
    public void end() {
        answered.countDown();
    }

    @Override
    public void abort(int countedAs) {
        status = countedAs;
        brokenOff = true;
        answered.countDown();
    }

    @Override
    public void onClientGone(Runnable task) {}

    /** A body in memory. */
    static final class MadeBody implements RequestBody {
        private final int length;
        private final ByteArrayInputStream bytes;

        MadeBody(byte[] body) {
            length = body.length;
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(byte[] into, int offset, int count) {
            return bytes.read(into, offset, count);
        }

        @Override
        public void close() {}
    }
}
