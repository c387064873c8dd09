package dev.mayfly.http;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** An exchange that hands everything on to another; whoever extends it changes some of it. */
abstract class PassedExchange implements Exchange {
    private final Exchange exchange;

    PassedExchange(Exchange exchange) {
        this.exchange = exchange;
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
        exchange.respond(head, body, offset, length);
    }

    @Override
    public void respondFile(ResponseHead head, Path file, long offset, long length) {
        exchange.respondFile(head, file, offset, length);
    }

    @Override
    public void start(ResponseHead head) {
        exchange.start(head);
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
