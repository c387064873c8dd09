package dev.mayfly.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;

/**
 * The least a Vert.x server can do: what Mayfly is measured against. A process of its own, so that
 * the JIT compiler sees nothing but this handler and makes the best of it.
 */
public final class RawServer {
    private RawServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost("127.0.0.1")
                                .setPort(Integer.parseInt(args[0])))
                .requestHandler(request ->
                        request.response()
                                .putHeader("content-type", "text/plain")
                                .end("hello GET /raw from 127.0.0.1\n"))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
