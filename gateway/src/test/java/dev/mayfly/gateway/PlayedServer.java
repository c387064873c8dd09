package dev.mayfly.gateway;

import dev.mayfly.http.Exchange;
import dev.mayfly.http.ResponseHead;
import dev.mayfly.manifest.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A real listener on a free port whose requests are answered by the test: what the trigger's port
 * promises can be tried without a guest.
 */
final class PlayedServer implements AutoCloseable {
    static final ResponseHead TEXT = head(200, "content-type", "text/plain");

    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    final Phase phase = new Phase();
    final Traffic traffic = new Traffic();
    final SpoolFolder spool;
    final int port;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final LogWriter writer;
    private final Listener listener;

    private PlayedServer(ServerSettings settings, Consumer<Exchange> handler) {
        writer = new LogWriter(new TextForm(), synchronizedLog());
        spool = new SpoolFolder(settings.spool());
        Serving serving =
                new Serving(
                        new BodyIntake.Place(spool, blocking, settings.connections().bodyTimeout()),
                        settings.connections(),
                        new Journal(writer, settings.logs().access()),
                        traffic,
                        new BookShelf(settings.activations(), 1, false),
                        SpanSink.OFF,
                        blocking,
                        phase,
                        Main.proxies(settings));
        listener = new Listener(Main.ports(settings), serving, new Played(handler), () -> {});
        Binding.Bound bound = (Binding.Bound) listener.listen();
        port = bound.address().port();
        phase.becomeReady();
    }

    private OutputStream synchronizedLog() {
        return log; // a ByteArrayOutputStream is synchronized
    }

    /** Starts with settings given as pairs of key and value; on a free port. */
    static PlayedServer start(Path folder, Consumer<Exchange> handler, String... pairs) {
        return new PlayedServer(settings(folder, pairs), handler);
    }

    static ServerSettings settings(Path folder, String... pairs) {
        Map<String, String> flags = new HashMap<>();
        flags.put("listen", "127.0.0.1:0");
        flags.put("spool.folder", folder.resolve("spool").toString());
        flags.put("cache.folder", folder.resolve("cache").toString());
        flags.put("log_format", "text");
        flags.put("access_log", "false");
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
        }
        return switch (ServerSettings.read(Optional.empty(), Map.of(), flags)) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> settings;
            case Parsed.Invalid<ServerSettings> invalid ->
                    throw new IllegalArgumentException(invalid.toString());
        };
    }

    static ResponseHead head(int status, String name, String value) {
        return new ResponseHead(status, List.of(new ResponseHead.Field(name, value)));
    }

    static void answer(Exchange exchange, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.respond(TEXT, body, 0, body.length);
    }

    RawClient connect() {
        return new RawClient(port);
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    void shutdown(Duration timeout) {
        listener.shutdown(timeout);
    }

    @Override
    public void close() {
        listener.close();
        blocking.shutdownNow();
        writer.close();
    }

    /** Names each request and hands it to the test. */
    private record Played(Consumer<Exchange> handler) implements Entrance {
        @Override
        public void handle(Exchange exchange) {
            exchange.identify(RequestIds.fresh());
            handler.accept(exchange);
        }

        @Override
        public void refuse(Exchange exchange, int status, String detail) {
            exchange.identify(RequestIds.fresh());
            byte[] body = ("refused: " + detail).getBytes(StandardCharsets.UTF_8);
            exchange.respond(
                    head(status, "content-type", "application/problem+json"), body, 0, body.length);
        }
    }
}
