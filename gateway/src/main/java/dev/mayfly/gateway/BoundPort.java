package dev.mayfly.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The servers of all loops on one port. */
final class BoundPort implements AutoCloseable {
    private final ServerSettings.Address wanted;
    private final Optional<SecurePort> secure;
    private final List<HttpServer> servers;

    private BoundPort(
            ServerSettings.Address wanted, Optional<SecurePort> secure, List<HttpServer> servers) {
        this.wanted = wanted;
        this.secure = secure;
        this.servers = servers;
    }

    /**
     * Makes the servers; nothing listens yet. Blocks.
     *
     * @param handshake longest time of a TLS handshake
     * @param making one server a loop
     * @throws IOException names the file that cannot be used
     */
    static BoundPort open(
            ListenPort port,
            Duration handshake,
            Function<HttpServerOptions, List<HttpServer>> making)
            throws IOException {
        HttpServerOptions options = Listener.options();
        Optional<SecurePort> secure = Optional.empty();
        if (port.tls().isPresent()) {
            SecurePort tls = SecurePort.open(port.tls().get(), handshake);
            tls.secure(options);
            secure = Optional.of(tls);
        }
        return new BoundPort(port.address(), secure, making.apply(options));
    }

    /**
     * Takes the port; blocks.
     *
     * @param contexts one a server
     * @param number of the port, from 1 on
     */
    Binding listen(List<ContextInternal> contexts, int number) {
        SocketAddress address =
                wanted.port() == 0
                        ? SocketAddress.sharedRandomPort(number, wanted.host())
                        : SocketAddress.inetSocketAddress(wanted.port(), wanted.host());
        List<Future<HttpServer>> listening = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            HttpServer server = servers.get(i);
            ContextInternal context = contexts.get(i);
            listening.add(
                    Future.future(promise ->
                            context.runOnContext(
                                    on -> server.listen(address).onComplete(promise))));
        }
        Future<?> all = Future.all(listening);
        all.toCompletionStage().toCompletableFuture().handle((done, failure) -> done).join();
        if (all.failed()) {
            return new Binding.Unavailable(wanted, String.valueOf(all.cause().getMessage()));
        }
        secure.ifPresent(tls -> tls.follow(servers.getFirst()));
        return new Binding.Bound(address());
    }

    /** {@return the port that was taken, never 0} */
    ServerSettings.Address address() {
        return new ServerSettings.Address(wanted.host(), servers.getFirst().actualPort());
    }

    /** Takes no more connections, and lets those there are end within {@code timeout}. */
    Future<?> shutdown(Duration timeout) {
        return Future.join(servers.stream().map(server -> server.shutdown(timeout)).toList());
    }

    /** Looks at certificates no more. */
    @Override
    public void close() {
        secure.ifPresent(SecurePort::close);
    }
}
