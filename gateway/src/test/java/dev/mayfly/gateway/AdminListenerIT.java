package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.AdminAnswer.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin listener over a real socket, with handlers of the test. */
class AdminListenerIT {
    @TempDir Path folder;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private Gateway gateway;
    private int port;

    @BeforeEach
    void open() {
        gateway =
                Gateway.open(
                        PlayedServer.settings(
                                folder, "admin_listen", "127.0.0.1:0", "header_timeout", "300ms"));
        Binding binding = gateway.administer(this::answer);
        port = ((Binding.Bound) binding).address().port();
    }

    @AfterEach
    void close() {
        gate.countDown();
        gateway.close();
    }

    private AdminAnswer answer(AdminRequest request) {
        return switch (request.target().path()) {
            case "/wait" -> {
                inside.incrementAndGet();
                await(gate);
                yield text("waited");
            }
            case "/stream" -> streamed(1_000_000);
            case "/fail" -> throw new IllegalStateException("a secret of ours");
            default -> text(request.target() + " " + request.method() + " " + body(request));
        };
    }

    private static void await(CountDownLatch gate) {
        try {
            if (!gate.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AdminAnswer text(String text) {
        return new AdminAnswer(
                200,
                Map.of("x-kind", "text"),
                new Content.Whole(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static AdminAnswer streamed(int length) {
        return new AdminAnswer(
                200,
                Map.of(),
                new Content.Streamed(length, new ByteArrayInputStream(new byte[length])));
    }

    private static String body(AdminRequest request) {
        try {
            return request.body().bytes().readAllBytes().length + " of " + request.body().length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String send(String request) {
        try (RawClient client = new RawClient(port)) {
            return client.send(request).readAll();
        }
    }

    private String get(String target, String host) {
        return send(
                "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void aRequestIsHandedOverAndItsAnswerSent() {
        assertThat(get("/a?b=c", "localhost:3001"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("x-kind: text\r\n", "x-request-id: ", "server: Mayfly")
                .doesNotContainIgnoringCase("access-control")
                .endsWith("\r\n\r\n/a?b=c GET 0 of 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "", "[::2]:1"})
    void aHostThatIsNotOnThisMachineIsRefused(String host) {
        assertThat(get("/", host)).startsWith("HTTP/1.1 421 ").doesNotContain("x-kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:9", "127.8.8.8", "[::1]:1"})
    void loopbackNamesAndAddressesAreAnswered(String host) {
        assertThat(get("/", host)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatHttpForbidsIsRefused() {
        assertThat(send("GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 400 ");
        assertThat(
                        send(
                                "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(
                        send(
                                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n"
                                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(
                        send(
                                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    @Tag("limit:AdminEntrance.MOST_BODY")
    void aBodyOf8MiBIsTakenAndALongerOneIsNot() {
        assertThat(post(8 << 20)).endsWith("POST 8388608 of 8388608");
        assertThat(post((8 << 20) + 1)).startsWith("HTTP/1.1 413 ");
    }

    private String post(int length) {
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                            + length
                            + "\r\n\r\n");
            String early = length > 8 << 20 ? client.readUntil("\"}") : "";
            return early + client.send(new byte[length]).readAll();
        }
    }

    @Test
    void aStreamedAnswerArrivesWhole() {
        String answer = get("/stream", "localhost");
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("content-length: 1000000\r\n");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(1_000_000);
    }

    @Test
    void aFaultOfTheHandlerIsAnsweredAndTellsNothing() {
        assertThat(get("/fail", "localhost"))
                .startsWith("HTTP/1.1 500 ")
                .contains("application/problem+json")
                .doesNotContain("secret");
    }

    @Test
    void headersThatDoNotComeAreNotWaitedFor() {
        assertThat(send("GET / HTTP/1.1\r\nHost: lo")).startsWith("HTTP/1.1 408 ");
    }

    @Test
    @Tag("limit:AdminEntrance.MOST_AT_ONCE")
    void atMost256AreAnsweredAtOnce() {
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            waiting.add(new RawClient(port).send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        Awaitility.await().until(() -> inside.get() == 256);
        assertThat(get("/", "localhost")).startsWith("HTTP/1.1 503 ").contains("retry-after: 1");
        gate.countDown();
        waiting.forEach(client -> assertThat(client.readUntil("waited")).contains(" 200 "));
        waiting.forEach(RawClient::close);
        assertThat(get("/", "localhost")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatIsBeingAnsweredEndsBeforeTheServerDoes() {
        try (RawClient client = new RawClient(port)) {
            client.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Awaitility.await().until(() -> inside.get() == 1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::stop);
            gate.countDown();
            assertThat(client.readUntil("waited")).startsWith("HTTP/1.1 200 ");
            stopped.join();
        }
    }

    @Test
    void aPortThatIsTakenIsTold() {
        try (Gateway second =
                Gateway.open(PlayedServer.settings(folder, "admin_listen", "127.0.0.1:" + port))) {
            assertThat(second.administer(this::answer)).isInstanceOf(Binding.Unavailable.class);
        }
    }
}
