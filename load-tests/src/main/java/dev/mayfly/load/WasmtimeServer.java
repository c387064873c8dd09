package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A command module in wasmtime behind the handler of {@link RawServer}: on the event loop, without
 * deadline or queue, which is the fastest a server around it can be.
 */
public final class WasmtimeServer {
    private WasmtimeServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param args the port, the library, the module
     * @throws IOException when the module cannot be read
     */
    public static void main(String[] args) throws IOException {
        WasmtimeGuest guest =
                new WasmtimeGuest(Path.of(args[1]), Files.readAllBytes(Path.of(args[2])));
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true))
                .createHttpServer(
                        new HttpServerOptions()
                                .setHost("127.0.0.1")
                                .setPort(Integer.parseInt(args[0])))
                .requestHandler(request -> answer(request, guest))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void answer(HttpServerRequest request, WasmtimeGuest guest) {
        Map<String, String> environment =
                Map.of(
                        "REQUEST_METHOD", request.method().name(),
                        "SCRIPT_NAME", "",
                        "PATH_INFO", request.path(),
                        "REMOTE_ADDR", request.remoteAddress().hostAddress());
        String answer = new String(guest.run(environment), UTF_8);
        int end = answer.indexOf("\n\n");
        answer.substring(0, end)
                .lines()
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    request.response()
                            .putHeader(line.substring(0, colon), line.substring(colon + 1).strip());
                });
        request.response().end(answer.substring(end + 2));
    }
}
