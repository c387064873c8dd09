package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An exchange whose answer, whatever it will be, carries a few more fields. */
final class NotedExchange implements Exchange {
    private final Exchange exchange;
    private final List<Field> notes;

    NotedExchange(Exchange exchange, List<Field> notes) {
        this.exchange = exchange;
        this.notes = notes;
    }

    private ResponseHead noted(ResponseHead head) {
        List<Field> fields = new ArrayList<>(head.fields().size() + notes.size());
        fields.addAll(head.fields());
        fields.addAll(notes);
        return new ResponseHead(head.status(), fields);
    }

    @Override
    public RequestHead head() {
        return exchange.head();
    }

    @Override
    public void identify(String requestId) {
        exchange.identify(requestId);
    }

    @Override
    public void routed(RouteNote note) {
        exchange.routed(note);
    }

    @Override
    public void ran(Ran run) {
        exchange.ran(run);
    }

    @Override
    public TraceContext trace() {
        return exchange.trace();
    }

    @Override
    public void hold(CompletableFuture<?> awaited, Runnable task) {
        exchange.hold(awaited, task);
    }

    @Override
    public void receiveBody(long limit, BodyReceiver receiver) {
        exchange.receiveBody(limit, receiver);
    }

    @Override
    public RequestBody streamBody(long limit) {
        return exchange.streamBody(limit);
    }

    @Override
    public void respond(ResponseHead head, byte[] body, int offset, int length) {
        exchange.respond(noted(head), body, offset, length);
    }

    @Override
    public void respondFile(ResponseHead head, Path file, long offset, long length) {
        exchange.respondFile(noted(head), file, offset, length);
    }

    @Override
    public void start(ResponseHead head) {
        exchange.start(noted(head));
    }

    @Override
    public void write(byte[] chunk) {
        exchange.write(chunk);
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        exchange.awaitRoom();
    }

    @Override
    public void end() {
        exchange.end();
    }

    @Override
    public void abort(int countedAs) {
        exchange.abort(countedAs);
    }

    @Override
    public void onClientGone(Runnable task) {
        exchange.onClientGone(task);
    }
}
