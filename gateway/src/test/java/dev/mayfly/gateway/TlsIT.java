package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mayfly.guests.EchoReport;
import dev.mayfly.guests.MadeCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** TLS over real sockets, with certificates the JDK made. */
class TlsIT {
    @TempDir static Path made;
    private static MadeCertificate first;
    private static MadeCertificate second;
    private static MadeCertificate rsa;

    @TempDir Path folder;
    private Path certificate;
    private Path key;
    private int plain;

    @BeforeAll
    static void makeCertificates() throws IOException {
        first = MadeCertificate.make(made, "first", "EC", "first.example.com", "localhost");
        second = MadeCertificate.make(made, "second", "EC", "*.second.example.com");
        rsa = MadeCertificate.make(made, "rsa", "RSA", "rsa.example.com");
    }

    @BeforeEach
    void install() throws IOException {
        certificate = Files.copy(first.certificate(), folder.resolve("tls.pem"));
        key = Files.copy(first.key(), folder.resolve("tls.key"));
    }

    /** Serves an app over TLS, with more settings if need be. */
    private Gateway open(String... more) {
        String[] pairs = new String[more.length + 6];
        System.arraycopy(
                new String[] {
                    "tls.listen", "127.0.0.1:0",
                    "tls.certificate",
                            certificate + "," + second.certificate() + "," + rsa.certificate(),
                    "tls.key", key + "," + second.key() + "," + rsa.key()
                },
                0,
                pairs,
                0,
                6);
        System.arraycopy(more, 0, pairs, 6, more.length);
        files(folder.resolve("app/public"));
        Gateway gateway = Gateway.open(PlayedServer.settings(folder, pairs));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        gateway.deploy(
                files.app(
                        AppFolder.function("/...", "echo-c")
                                + "[[trigger.http]]\nroute = \"/files/...\"\n"
                                + "files = { source = \"public\" }\n"));
        plain = ((Binding.Bound) gateway.listen()).address().port();
        return gateway;
    }

    private static void files(Path there) {
        try {
            Files.createDirectories(there);
            Files.writeString(there.resolve("large.bin"), "0123456789".repeat(50_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TlsClient client(Gateway gateway) throws IOException {
        int port = gateway.tlsAddress().orElseThrow().port();
        return TlsClient.trusting(port, first, second, rsa);
    }

    @Test
    @Tag("env.HTTPS")
    void aFunctionSeesThatItsRequestCameOverTlsWhateverTheVersion() throws IOException {
        try (Gateway gateway = open()) {
            TlsClient client = client(gateway);
            for (Version version : Version.values()) {
                if (version.name().equals("HTTP_3")) {
                    continue;
                }
                HttpResponse<String> answer = client.get(client.http(version), "/a?env");
                assertThat(answer.version()).isEqualTo(version);
                Map<String, String> seen =
                        EchoReport.of(answer.body().getBytes(StandardCharsets.ISO_8859_1))
                                .environment();
                assertThat(seen)
                        .containsEntry("HTTPS", "on")
                        .containsEntry("SERVER_PORT", Integer.toString(client.port()))
                        .containsEntry(
                                "X_FULL_URL", "https://127.0.0.1:" + client.port() + "/a?env");
            }
        }
    }

    @Test
    @Tag("env.HTTPS")
    void thePlainListenerIsThereBesideAndAFunctionSeesIt() throws IOException {
        try (Gateway gateway = open();
                RawClient client = new RawClient(plain)) {
            String request = "GET /a?env HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            assertThat(Answer.of(client.send(request).readAll()).report().environment())
                    .doesNotContainKey("HTTPS")
                    .containsEntry("SERVER_PORT", Integer.toString(plain));
            assertThat(gateway.tlsAddress().orElseThrow().port()).isNotEqualTo(plain);
        }
    }

    @Test
    void filesComeWholeOverTlsInEitherVersion() throws IOException {
        try (Gateway gateway = open()) {
            TlsClient client = client(gateway);
            for (Version version : List.of(Version.HTTP_1_1, Version.HTTP_2)) {
                HttpResponse<String> answer = client.get(client.http(version), "/files/large.bin");
                assertThat(answer.body()).hasSize(500_000).endsWith("456789");
                assertThat(answer.headers().firstValue("content-length")).hasValue("500000");
            }
        }
    }

    @Test
    void theCertificateIsChosenByTheHostThatIsAskedFor() throws IOException {
        try (Gateway gateway = open()) {
            Map<String, String> expected =
                    Map.of(
                            "first.example.com", "CN=first",
                            "shop.second.example.com", "CN=second",
                            "rsa.example.com", "CN=rsa",
                            "a.b.second.example.com", "CN=first",
                            "unknown.example.org", "CN=first");
            for (Map.Entry<String, String> each : expected.entrySet()) {
                // A client of its own each: one would go on with the session of another host.
                assertThat(client(gateway).shown(each.getKey()))
                        .as(each.getKey())
                        .isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void olderVersionsOfTlsAreRefused() throws IOException {
        try (Gateway gateway = open();
                SSLSocket socket = client(gateway).connect("localhost");
                RawClient old = new RawClient(client(gateway).port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThat(socket.getSession().getCipherSuite())
                    .startsWith("TLS_ECDHE_")
                    .contains("GCM");
            // A ClientHello of TLS 1.1 with one cipher of that time; 70 is protocol_version.
            String hello =
                    "\u0016\u0003\u0001\u0000-\u0001\u0000\u0000)\u0003\u0002"
                            + "r".repeat(32)
                            + "\u0000\u0000\u0002\u00c0\u0013\u0001\u0000";
            assertThat(old.send(hello).readAll()).startsWith("\u0015\u0003").endsWith("\u0002F");
        }
    }

    @Test
    void newFilesAreUsedByNewConnectionsAndTheOthersLiveOn() throws Exception {
        try (Gateway gateway = open();
                SSLSocket before = client(gateway).connect("localhost")) {
            TlsClient client = client(gateway);
            before.startHandshake();
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger failed = new AtomicInteger();
            CompletableFuture<Void> load =
                    CompletableFuture.runAsync(() -> ask(client, done, failed));
            second.replace(certificate, key);
            await().until(() -> client.shown("unknown.example.org").equals("CN=second"));
            done.set(true);
            load.join();
            assertThat(failed).hasValue(0);
            assertThat(TlsClient.subject(before)).isEqualTo("CN=first");
            assertThat(
                            TlsClient.exchange(
                                    before,
                                    "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static void ask(TlsClient client, AtomicBoolean done, AtomicInteger failed) {
        while (!done.get()) {
            try (SSLSocket socket = client.connect("localhost")) {
                String answer =
                        TlsClient.exchange(
                                socket, "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                if (!answer.startsWith("HTTP/1.1 200")) {
                    failed.incrementAndGet();
                }
            } catch (IOException e) {
                failed.incrementAndGet();
            }
        }
    }

    @Test
    void aBadNewFileKeepsTheOldOnesAndIsReportedOnce() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(CertificateWatch.class);
        logger.addAppender(lines);
        try (Gateway gateway = open()) {
            TlsClient client = client(gateway);
            Files.writeString(key, "no key");
            await().until(() -> warnings(lines) == 1);
            assertThat(lines.list.getLast().getFormattedMessage())
                    .contains(key.toString(), "has no private key");
            assertThat(client.shown("localhost")).isEqualTo("CN=first");
            second.replace(certificate, key);
            await().until(() -> client.shown("unknown.example.org").equals("CN=second"));
            assertThat(warnings(lines)).isEqualTo(1);
        } finally {
            logger.detachAppender(lines);
        }
    }

    private static long warnings(ListAppender<ILoggingEvent> lines) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getFormattedMessage().contains("not used"))
                .count();
    }

    @Test
    @Tag("limit:header_timeout")
    void aHandshakeThatDoesNotEndIsGivenUpAndAHeadThatDoesNotEndIsAnswered() throws IOException {
        try (Gateway gateway = open("header_timeout", "300ms")) {
            TlsClient client = client(gateway);
            try (RawClient silent = new RawClient(client.port())) {
                assertThat(silent.send("\u0016\u0003\u0001").readAll()).isEmpty();
            }
            try (SSLSocket socket = client.connect("localhost")) {
                assertThat(TlsClient.exchange(socket, "GET /a HTTP/1.1\r\nHost"))
                        .startsWith("HTTP/1.1 408");
            }
        }
    }

    @Test
    @Tag("limit:max_connections")
    void aConnectionTooManyIsClosedWithoutAHandshake() throws IOException {
        try (Gateway gateway = open("max_connections", "1")) {
            TlsClient client = client(gateway);
            try (SSLSocket taken = client.connect("localhost")) {
                taken.startHandshake();
                try (RawClient next = new RawClient(client.port())) {
                    assertThat(next.readAll()).doesNotContain("HTTP/1.1");
                }
            }
            assertThat(gateway.metrics()).contains("mayfly_connections_refused_total");
        }
    }

    @Test
    void plainHttpToTheTlsListenerIsClosedAndHarmsNobody() throws IOException {
        try (Gateway gateway = open()) {
            TlsClient client = client(gateway);
            try (RawClient plain = new RawClient(client.port())) {
                assertThat(plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readAll())
                        .doesNotContain("200");
            }
            assertThat(client.shown("localhost")).isEqualTo("CN=first");
        }
    }
}
