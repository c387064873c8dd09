package dev.mayfly.gateway;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one port. New files make a new context rather than only another key manager: a client
 * could otherwise go on with a session from before, and with it as one whose authority is gone.
 * Connections under way keep the context they began with.
 */
final class SecurePort implements AutoCloseable {
    /**
     * Those of TLS 1.2 that keep their secrets when a key is lost, and authenticate all they hide.
     */
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

    private final TlsFiles files;
    private final CertificateWatch.Seen seen;
    private final TlsFiles.Contents first;
    private final Duration handshake;
    private @Nullable CertificateWatch watch;

    private SecurePort(
            TlsFiles files,
            CertificateWatch.Seen seen,
            TlsFiles.Contents first,
            Duration handshake) {
        this.files = files;
        this.seen = seen;
        this.first = first;
        this.handshake = handshake;
    }

    /**
     * Reads the files; blocks.
     *
     * @param handshake longest time for one
     */
    static SecurePort open(TlsFiles files, Duration handshake) throws IOException {
        // Before they are read: what changes meanwhile is then seen as a change.
        CertificateWatch.Seen seen = CertificateWatch.Seen.of(files);
        TlsFiles.Contents contents = files.read();
        CertificateWatch.warnOfEnds(contents);
        return new SecurePort(files, seen, contents, handshake);
    }

    /** Adds TLS to a server's options. */
    void secure(HttpServerOptions options) {
        ServerSSLOptions tls = tls(first);
        options.setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setSslHandshakeTimeout(handshake.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeyCertOptions(tls.getKeyCertOptions())
                .setTrustOptions(tls.getTrustOptions())
                .setClientAuth(tls.getClientAuth());
        CIPHERS.forEach(options::addEnabledCipherSuite);
    }

    private ServerSSLOptions tls(TlsFiles.Contents contents) {
        ServerSSLOptions tls =
                new ServerSSLOptions()
                        .setUseAlpn(true)
                        .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
                        .setEnabledSecureTransportProtocols(VERSIONS)
                        .setSslHandshakeTimeout(handshake.toMillis())
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setKeyCertOptions(KeyCertOptions.wrap(contents.certificates()));
        CIPHERS.forEach(tls::addEnabledCipherSuite);
        contents.authority()
                .ifPresent(authority ->
                        tls.setTrustOptions(TrustOptions.wrap(authority))
                                .setClientAuth(ClientAuth.REQUIRED));
        return tls;
    }

    /** Has {@code server}, which listens, and those that share its port follow the files. */
    synchronized void follow(HttpServer server) {
        CertificateWatch opened =
                new CertificateWatch(files, seen, contents -> renew(server, contents));
        opened.start(CertificateWatch.PERIOD);
        watch = opened;
    }

    private void renew(HttpServer server, TlsFiles.Contents contents) {
        server.updateSSLOptions(tls(contents), true)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
