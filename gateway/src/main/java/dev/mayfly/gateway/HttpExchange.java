package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Exchange;
import dev.mayfly.http.Ran;
import dev.mayfly.http.RequestBody;
import dev.mayfly.http.RequestHead;
import dev.mayfly.http.ResponseHead;
import dev.mayfly.http.RouteNote;
import dev.mayfly.http.TraceContext;
import dev.mayfly.pool.Outcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, between the trigger and a socket. What arrives from a guest's thread
 * is posted to the loop; from there on everything is the loop's.
 *
 * <p>{@code over} is set once, by whatever comes first: the answer's end, an abort, or the client's
 * going away. After that every call is without effect.
 */
final class HttpExchange implements Exchange, Timed {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final Serving serving;
    private final Loop loop;
    private final ConnectionWatch watch;
    private final HttpServerRequest request;
    private final Head head;
    private final Sender sender;
    private final Account account;

    /** Made where the answer begins, read by the guest's thread. */
    private volatile @Nullable Room room;

    private boolean answered;
    private boolean over;
    private boolean closes;
    private @Nullable Runnable whenGone;

    /** When the loop began to watch this exchange; 0 as long as it does not. */
    private long stalledSince;

    HttpExchange(Serving serving, ConnectionWatch watch, HttpServerRequest request) {
        this.serving = serving;
        this.watch = watch;
        this.loop = watch.loop();
        this.request = request;
        this.head = new Head(request, watch.ends());
        this.account = new Account(serving, head);
        this.sender = new Sender(request.response(), loop, account);
        watch.begin();
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void identify(String id) {
        account.identify(id);
    }

    @Override
    public void routed(RouteNote matched) {
        account.routed(matched);
    }

    @Override
    public void ran(Ran run) {
        account.ran(run);
        if (!(run.outcome() instanceof Outcome.Exited)) {
            loop.post(account::caughtUp); // no answer need follow: the client may have gone
        }
    }

    @Override
    public TraceContext trace() {
        return account.trace();
    }

    /** {@return whether an answer was at least begun} On the loop. */
    boolean answered() {
        return answered;
    }

    @Override
    public void hold(CompletableFuture<?> awaited, Runnable task) {
        new Hold(loop, request, this::gone, this::failed).until(awaited, task);
    }

    @Override
    public void receiveBody(long limit, BodyReceiver receiver) {
        if (!head.hasBody()) {
            receiver.received(MemoryBody.empty());
            return;
        }
        BodyReceiver waking =
                new WakingReceiver(account.keeping(receiver), loop, serving.traffic(), this::gone);
        new BodyIntake(loop, request, serving.intake(), limit, waking)
                .start(head.contentLength(), () -> sender.goAheadFor(head));
    }

    @Override
    public RequestBody streamBody(long limit) {
        if (!head.hasBody()) {
            return MemoryBody.empty();
        }
        BodyStream body =
                new BodyStream(
                        loop, request, head.contentLength(), limit, serving.limits().bodyTimeout());
        body.start();
        sender.goAheadFor(head);
        return account.keeping(body);
    }

    @Override
    public void respond(ResponseHead answer, byte[] body, int offset, int length) {
        if (loop.inside()) {
            answer(answer, body, offset, length);
        } else {
            loop.post(() -> answer(answer, body, offset, length));
        }
    }

    private void answer(ResponseHead answer, byte[] body, int offset, int length) {
        if (begins(answer)) {
            try {
                sender.head(answer, account.requestId(), closes);
                sent(sender.whole(body, offset, length, account.bodiless()));
            } catch (RuntimeException e) {
                failed(e);
            }
        } else {
            account.caughtUp();
        }
    }

    @Override
    public void respondFile(ResponseHead answer, Path file, long offset, long length) {
        FileAnswer part = new FileAnswer(answer, file, offset, length);
        serving.blocking()
                .execute(() -> {
                    if (head.wrapsFiles()) {
                        part.copyTo(this);
                    } else {
                        @Nullable FileChannel opened = part.open();
                        loop.post(() -> answerFile(part, opened));
                    }
                });
    }

    private void answerFile(FileAnswer part, @Nullable FileChannel file) {
        if (file == null) {
            respondFailed();
        } else if (begins(part.head())) {
            try {
                sender.head(part.head(), account.requestId(), closes);
                sent(sender.file(file, part.offset(), part.length()));
            } catch (RuntimeException e) {
                Sender.close(file);
                failed(e);
            }
        } else {
            Sender.close(file);
        }
    }

    /** Answers that no answer could be made. */
    void respondFailed() {
        byte[] problem = Problems.failed(account.requestId());
        respond(Problems.failedHead(), problem, 0, problem.length);
    }

    @Override
    public void start(ResponseHead answer) {
        room = new Room();
        loop.run(() -> begin(answer));
    }

    private void begin(ResponseHead answer) {
        if (begins(answer)) {
            boolean untilClose = head.protocol() == RequestHead.Protocol.HTTP_1_0;
            closes |= untilClose;
            try {
                sender.head(answer, account.requestId(), closes);
                sender.begin(untilClose);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    @Override
    public void write(byte[] chunk) {
        Room taken = Objects.requireNonNull(room, "start comes before write");
        taken.took(chunk.length);
        loop.run(() -> send(chunk, taken));
    }

    private void send(byte[] chunk, Room taken) {
        if (over) {
            taken.sent(chunk.length);
        } else {
            sender.more(chunk).onComplete(done -> taken.sent(chunk.length));
        }
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        @Nullable Room taken = room;
        if (taken != null) {
            taken.await();
        }
    }

    @Override
    public void end() {
        unlessOver(() -> sent(sender.end()));
    }

    @Override
    public void abort(int countedAs) {
        unlessOver(() -> breakOff(countedAs));
    }

    private void unlessOver(Runnable step) {
        loop.run(() -> {
            Runnable next = over ? account::caughtUp : step;
            next.run();
        });
    }

    private void breakOff(int countedAs) {
        account.status(countedAs);
        conclude();
        switch (head.protocol()) {
            case HTTP_2 -> sender.reset();
            case HTTP_1_1 -> watch.finishSoon();
            // An answer that ends with its connection: only a reset tells that it is not whole.
            case HTTP_1_0 -> watch.breakOff();
        }
    }

    @Override
    public void onClientGone(Runnable task) {
        loop.run(() -> watchClient(task));
    }

    private void watchClient(Runnable task) {
        if (over || sender.closed()) {
            task.run();
            return;
        }
        whenGone = task;
        sender.onGone(this::gone);
    }

    private void gone() {
        if (!over) {
            account.status(499);
            @Nullable Runnable task = whenGone;
            conclude();
            if (task != null) {
                task.run();
                loop.wakeSoon();
            }
        }
    }

    /** Begins an answer, unless there is one already or nobody to take it. */
    private boolean begins(ResponseHead answer) {
        if (over || answered) {
            return false;
        }
        answered = true;
        account.status(answer.status());
        closes = head.protocol() != RequestHead.Protocol.HTTP_2 && isLast();
        if (closes) {
            watch.closeNext();
        }
        return true;
    }

    private boolean isLast() {
        return watch.closing()
                || serving.phase().draining()
                || head.asksToClose()
                || request.decoderResult().isFailure()
                || (head.hasBody() && watch.messageOpen() && !head.hasShortBody());
    }

    /** The whole answer was handed to the socket. */
    private void sent(Future<Void> flushed) {
        if (head.protocol() == RequestHead.Protocol.HTTP_2 && !flushed.isComplete()) {
            stalledSince = loop.now();
            loop.watch(this);
            flushed.onComplete(done -> conclude());
            return;
        }
        conclude();
        if (closes) {
            flushed.onComplete(done -> watch.finish());
        }
    }

    /** An HTTP/2 client that opens no window for an answer that is ready. */
    @Override
    public void check(long now) {
        if (now - stalledSince > serving.limits().idleTimeout().toNanos()) {
            breakOff(account.status());
        }
    }

    /** Gives up on an answer that a fault of ours broke. */
    void failed(RuntimeException cause) {
        LOG.error("request {}: the answer could not be sent", account.requestId(), cause);
        if (!over) {
            account.status(500);
            conclude();
            watch.breakOff();
        }
    }

    private void conclude() {
        if (over) {
            return;
        }
        over = true;
        whenGone = null;
        if (stalledSince != 0) {
            loop.forget(this);
        }
        @Nullable Room taken = room;
        if (taken != null) {
            taken.release();
        }
        watch.end();
        account.close(sender.bytes(), loop);
    }
}
