package dev.mayfly.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A request that waits, its body left in the socket. Begun and ended on its loop. */
final class Hold {
    private final Loop loop;
    private final HttpServerRequest request;
    private final Runnable onGone;
    private final Consumer<RuntimeException> onFailure;

    Hold(
            Loop loop,
            HttpServerRequest request,
            Runnable onGone,
            Consumer<RuntimeException> onFailure) {
        this.loop = loop;
        this.request = request;
        this.onGone = onGone;
        this.onFailure = onFailure;
    }

    /**
     * Runs {@code task} on the loop once {@code awaited} is complete, however, unless the client
     * has gone by then: it told nobody, since nobody was listening.
     */
    // How the wait ended is for the task to see.
    @SuppressWarnings("FutureReturnValueIgnored")
    void until(CompletableFuture<?> awaited, Runnable task) {
        if (awaited.isDone()) {
            task.run();
        } else {
            request.pause();
            awaited.whenComplete((result, failure) -> loop.post(() -> goOn(task)));
        }
    }

    private void goOn(Runnable task) {
        try {
            (request.response().closed() ? onGone : task).run();
            request.resume();
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
        loop.wakeSoon();
    }
}
