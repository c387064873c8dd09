package dev.mayfly.http;

import dev.mayfly.http.BodyReceiver.BodyFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An exchange that keeps what it is told, and insists on the order of calls. */
final class TestExchange implements Exchange {
    private final RequestHead head;
    private final byte[] body;
    private final TraceContext trace;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable ResponseHead answer;
    private @Nullable RouteNote note;
    private @Nullable Runnable whenGone;
    private Optional<BodyFailure> bodyFailure = Optional.empty();
    private String id = "";
    private boolean flowed;
    private boolean ended;
    private int abortedAs;
    private int waits;

    TestExchange(RequestHead head, String body) {
        this.head = head;
        this.body = body.getBytes(StandardCharsets.ISO_8859_1);
        trace = TraceContext.of(head.headers(), TraceContext.Sampler.OTHERS);
    }

    TestExchange(RequestHead head) {
        this(head, "");
    }

    TestExchange failingBody(BodyFailure failure) {
        bodyFailure = Optional.of(failure);
        return this;
    }

    /** Waits for the answer's end; {@return this} */
    TestExchange await() throws InterruptedException {
        if (!done.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no answer: " + head);
        }
        return this;
    }

    synchronized int status() {
        if (answer == null) {
            throw new AssertionError("not answered");
        }
        return answer.status();
    }

    synchronized boolean isAnswered() {
        return answer != null;
    }

    /** {@return all values of a field of the answer} */
    synchronized List<String> values(String name) {
        return answer == null
                ? List.of()
                : answer.fields().stream()
                        .filter(field -> field.name().toString().equals(name))
                        .map(field -> field.value().toString())
                        .toList();
    }

    synchronized String value(String name) {
        return values(name).getFirst();
    }

    synchronized List<String> names() {
        return answer == null
                ? List.of()
                : answer.fields().stream().map(field -> field.name().toString()).toList();
    }

    synchronized String text() {
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    synchronized byte[] bytes() {
        return sent.toByteArray();
    }

    String id() {
        return id;
    }

    synchronized Optional<RouteNote> note() {
        return Optional.ofNullable(note);
    }

    /** {@return whether the head went out before the end} */
    synchronized boolean flowed() {
        return flowed;
    }

    synchronized boolean ended() {
        return ended;
    }

    /** {@return the status a broken answer counts as, 0 if it did not break off} */
    synchronized int abortedAs() {
        return abortedAs;
    }

    synchronized int waits() {
        return waits;
    }

    void clientGoes() {
        Runnable task = whenGone;
        if (task != null) {
            task.run();
        }
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void identify(String requestId) {
        require(id.isEmpty(), "identified twice");
        id = requestId;
    }

    @Override
    public synchronized void routed(RouteNote matched) {
        note = matched;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void hold(CompletableFuture<?> awaited, Runnable task) {
        awaited.whenComplete((result, failure) -> task.run());
    }

    @Override
    public void receiveBody(long limit, BodyReceiver receiver) {
        if (bodyFailure.isPresent()) {
            receiver.failed(bodyFailure.get());
        } else if (Math.max(body.length, head.contentLength()) > limit) {
            receiver.failed(BodyFailure.TOO_LARGE);
        } else {
            receiver.received(new MadeExchange.MadeBody(body));
        }
    }

    @Override
    public RequestBody streamBody(long limit) {
        return new LimitedBody(body, head.contentLength(), limit);
    }

    @Override
    public synchronized void respond(ResponseHead whole, byte[] from, int offset, int length) {
        answer(whole);
        sent.write(from, offset, length);
        ended = true;
        done.countDown();
    }

    @Override
    public synchronized void respondFile(ResponseHead whole, Path file, long offset, long length) {
        try {
            byte[] all = Files.readAllBytes(file);
            int from = Math.toIntExact(offset);
            byte[] part = Arrays.copyOfRange(all, from, from + Math.toIntExact(length));
            respond(whole, part, 0, part.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void start(ResponseHead begun) {
        answer(begun);
        flowed = true;
    }

    @Override
    public synchronized void write(byte[] chunk) {
        require(flowed && !ended, "written out of order");
        sent.writeBytes(chunk);
    }

    @Override
    public synchronized void awaitRoom() {
        waits++;
    }

    @Override
    public synchronized void end() {
        require(flowed && !ended, "ended out of order");
        ended = true;
        done.countDown();
    }

    @Override
    public synchronized void abort(int countedAs) {
        require(flowed && !ended, "aborted out of order");
        abortedAs = countedAs;
        ended = true;
        done.countDown();
    }

    @Override
    public void onClientGone(Runnable task) {
        whenGone = task;
    }

    @Override
    public TraceContext trace() {
        return trace;
    }

    @Override
    public void ran(Ran run) {
        require(!isAnswered() || flowed(), "evidence after the answer");
    }

    private void answer(ResponseHead given) {
        require(!id.isEmpty(), "answered before it had an id");
        require(answer == null, "answered twice");
        answer = given;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
