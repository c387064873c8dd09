package dev.mayfly.gateway;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AttributeKey;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops and what they listen on: one server a loop and port, so that a connection and
 * everything about it belongs to one loop.
 */
final class Listener implements ConnectionWatch.Door {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final AttributeKey<ConnectionWatch> WATCH =
            AttributeKey.valueOf(ConnectionWatch.NAME);

    /** Longest request target, and most bytes of all headers. */
    private static final int MAX_TARGET = 8 << 10;

    private static final int MAX_HEADERS = 16 << 10;

    /** The request line around the target: the method and the version. */
    private static final int LINE_REST = 64;

    private static final int MAX_STREAMS = 128;

    private static final Duration LAST_REQUESTS = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final List<ListenPort> ports;
    private final ServerSettings.Connections limits;
    private final Serving serving;
    private final Entrance entrance;
    private final OwnPages ownPages;
    private final WatchedTransport transport = new WatchedTransport(this::opening);
    private final VertxInternal vertx;
    private final List<ContextInternal> contexts = new ArrayList<>();
    private final IdentityHashMap<EventLoop, Loop> loops = new IdentityHashMap<>();

    /** Of the first port, if it is plain: their classes take long to load. */
    private final List<HttpServer> ready;

    private final List<BoundPort> bound = new ArrayList<>();

    /** Starts the event loops; nothing listens yet. */
    Listener(List<ListenPort> ports, Serving serving, Entrance entrance, Runnable wakeGuests) {
        this.ports = List.copyOf(ports);
        this.limits = serving.limits();
        this.serving = serving;
        this.entrance = entrance;
        this.ownPages = new OwnPages(entrance, serving.phase());
        this.vertx = (VertxInternal) start(limits.eventLoops());
        for (int i = 0; i < limits.eventLoops(); i++) {
            ContextInternal context =
                    vertx.contextBuilder().withThreadingModel(ThreadingModel.EVENT_LOOP).build();
            Loop loop = new Loop(context.nettyEventLoop(), wakeGuests, serving.books().open());
            if (limits.linger()) {
                transport.linger(context.nettyEventLoop(), loop);
            }
            loops.put(context.nettyEventLoop(), loop);
            contexts.add(context);
        }
        this.ready = servers(options());
    }

    private Vertx start(int eventLoops) {
        return Vertx.builder()
                .with(
                        new VertxOptions()
                                .setEventLoopPoolSize(eventLoops)
                                .setWorkerPoolSize(1)
                                .setInternalBlockingPoolSize(1)
                                .setBlockedThreadCheckInterval(1)
                                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)))
                .withTransport(new TransportInternal("watched", true, null, transport))
                .build();
    }

    private void opening(Channel connection) {
        connection.pipeline().addFirst(ConnectionWatch.NAME, new ConnectionWatch(this, limits));
        serving.proxies().opening(connection);
    }

    private HttpServer server(Loop loop, HttpServerOptions options) {
        return vertx.createHttpServer(options)
                .connectionHandler(this::connected)
                .invalidRequestHandler(request -> serve(loop, request, false))
                .requestHandler(request -> serve(loop, request, true))
                .exceptionHandler(failure -> LOG.trace("a connection failed", failure));
    }

    static HttpServerOptions options() {
        return new HttpServerOptions()
                .setStrictThreadMode(true)
                .setMaxInitialLineLength(MAX_TARGET + LINE_REST)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(BodyIntake.MOST_IN_MEMORY)
                .setTcpNoDelay(true)
                // no WebSockets: these two would put a handler for them in every pipeline
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setInitialSettings(
                        new Http2Settings()
                                .setMaxConcurrentStreams(MAX_STREAMS)
                                .setMaxHeaderListSize(MAX_HEADERS));
    }

    /** The first request's head, or an HTTP/2 preface, is complete. */
    private void connected(HttpConnection connection) {
        var context = ((HttpServerConnection) connection).channelHandlerContext();
        ConnectionWatch watch = (ConnectionWatch) context.pipeline().get(ConnectionWatch.NAME);
        context.channel().attr(WATCH).set(watch);
        watch.between(Ends.of(connection));
        if (connection.isSsl()) {
            context.pipeline().addAfter("ssl", "unsealed", new UnsealedBytes(watch));
            watch.secured(context.pipeline().context("httpDecoder"));
        }
        if (connection.protocolVersion() == HttpVersion.HTTP_2) {
            watch.multiplex();
        } else {
            context.pipeline().addBefore("handler", "screen", new RequestScreen(watch));
        }
    }

    private void serve(Loop loop, HttpServerRequest request, boolean wellFormed) {
        ConnectionWatch watch =
                ((HttpServerConnection) request.connection())
                        .channelHandlerContext()
                        .channel()
                        .attr(WATCH)
                        .get();
        if (watch.closing()) {
            return; // the answer before this request said that the connection closes
        }
        HttpExchange exchange = new HttpExchange(serving, watch, request);
        try {
            if (wellFormed) {
                dispatch(exchange);
            } else {
                refuse(exchange, request.decoderResult().cause());
            }
        } catch (RuntimeException e) {
            exchange.failed(e);
        }
        if (!exchange.answered()) {
            loop.wakeSoon();
        }
    }

    private void dispatch(HttpExchange exchange) {
        String target = exchange.head().target();
        if (target.length() > MAX_TARGET) {
            refuse(exchange, new TooLongHttpLineException());
        } else if (target.startsWith(OwnPages.PREFIX)) {
            ownPages.handle(exchange);
        } else {
            entrance.handle(exchange);
        }
    }

    private void refuse(HttpExchange exchange, Throwable cause) {
        switch (cause) {
            case TooLongHttpLineException tooLong ->
                    entrance.refuse(exchange, 414, "the request target is longer than 8 KiB");
            case TooLongHttpHeaderException tooLong ->
                    entrance.refuse(exchange, 431, "the headers are longer than 16 KiB");
            default -> entrance.refuse(exchange, 400, "the request is malformed");
        }
    }

    /**
     * Takes the ports, all or none; blocks.
     *
     * @return the first one's address, or that of one that cannot be had
     */
    Binding listen() {
        for (ListenPort port : ports) {
            Binding binding = listen(port);
            if (binding instanceof Binding.Unavailable) {
                shutdown(Duration.ZERO);
                return binding;
            }
        }
        sweep();
        return new Binding.Bound(address(0));
    }

    private Binding listen(ListenPort port) {
        try {
            boolean first = bound.isEmpty() && port.tls().isEmpty();
            BoundPort opened =
                    BoundPort.open(
                            port,
                            limits.headerTimeout(),
                            options -> first ? ready : servers(options));
            bound.add(opened);
            return opened.listen(contexts, bound.size());
        } catch (IOException e) {
            return new Binding.Unavailable(port.address(), String.valueOf(e.getMessage()));
        }
    }

    /** One server a loop. */
    private List<HttpServer> servers(HttpServerOptions options) {
        return contexts.stream()
                .map(context -> server(loopOf(context.nettyEventLoop()), options))
                .toList();
    }

    /** {@return where a port is that was taken} */
    ServerSettings.Address address(int port) {
        return bound.get(port).address();
    }

    /** The event loops, in the order of their numbers. */
    List<GatewayStats.LoopStats> loops() {
        return contexts.stream().map(context -> loopOf(context.nettyEventLoop()).stats()).toList();
    }

    /** Limits are looked at eight times within the shortest of them. */
    private void sweep() {
        long shortest =
                Math.min(
                        limits.headerTimeout().toMillis(),
                        Math.min(limits.bodyTimeout().toMillis(), limits.idleTimeout().toMillis()));
        Duration period = Duration.ofMillis(Math.clamp(shortest / 8, 5, 500));
        loops.values().forEach(loop -> loop.sweepEvery(period));
    }

    /**
     * Takes no more connections, and gives each there is a second to ask once more: a request that
     * is on its way already would be lost with its connection. Without a delay nothing: only who
     * asks for one has clients that cannot tell a closed connection from a loss. Blocks.
     */
    void turnAway(ServerSettings.Drain drain) {
        if (drain.delay().isZero()) {
            return;
        }
        transport.closeDoors();
        long end = System.nanoTime() + LAST_REQUESTS.toNanos();
        try {
            while (serving.traffic().connections() > 0 && System.nanoTime() < end) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupts wants it sooner
        }
    }

    /**
     * Takes no more connections, closes idle ones, and closes the others as their requests end, or
     * after {@code timeout}; blocks.
     */
    void shutdown(Duration timeout) {
        List<Future<?>> closed = new ArrayList<>();
        bound.forEach(port -> closed.add(port.shutdown(timeout)));
        Future.join(closed)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((done, failure) -> done)
                .join();
    }

    /** Stops the event loops; blocks. */
    void close() {
        bound.forEach(BoundPort::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public Loop loopOf(EventLoop thread) {
        return Objects.requireNonNull(loops.get(thread), "a loop of this listener");
    }

    @Override
    public boolean opened() {
        return serving.traffic().connected(limits.most());
    }

    @Override
    public void closed() {
        serving.traffic().disconnected();
    }

    @Override
    public void headerTimedOut() {
        serving.traffic().rejected(Rejection.HEADER_TIMEOUT);
    }
}
