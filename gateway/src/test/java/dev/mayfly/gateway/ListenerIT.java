package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.http.Exchange;
import dev.mayfly.http.ResponseHead;
import io.netty.util.AsciiString;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client on a plain socket sees of the listener. */
class ListenerIT {
    private static final String GET = "GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir Path folder;

    private PlayedServer server(String... settings) {
        return PlayedServer.start(folder, e -> PlayedServer.answer(e, "hello"), settings);
    }

    @Test
    @Tag("out.8")
    void anAnswerCarriesTheGatewaysOwnFields() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            String answer = client.send(GET).readUntil("hello");
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("content-type: text/plain\r\n", "content-length: 5\r\n")
                    .contains("server: Mayfly\r\n")
                    .containsPattern("x-request-id: [0-9a-f]{16}\r\n")
                    .containsPattern("date: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} ");
        }
    }

    @Test
    void aConnectionServesRequestAfterRequestInOrder() {
        AtomicInteger count = new AtomicInteger();
        try (PlayedServer server =
                        PlayedServer.start(
                                folder,
                                e -> PlayedServer.answer(e, "n" + count.incrementAndGet()));
                RawClient client = server.connect()) {
            client.send(GET.repeat(3));
            assertThat(client.readUntil("n1")).contains("n1").doesNotContain("n2");
            assertThat(client.readUntil("n2")).contains("n2");
            assertThat(client.readUntil("n3")).contains("n3");
        }
    }

    @Test
    void http10ClosesUnlessAskedToKeepAlive() {
        try (PlayedServer server = server()) {
            try (RawClient client = server.connect()) {
                String answer = client.send("GET / HTTP/1.0\r\n\r\n").readAll();
                assertThat(answer).startsWith("HTTP/1.0 200").endsWith("hello");
            }
            try (RawClient client = server.connect()) {
                String get = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
                assertThat(client.send(get).readUntil("hello")).contains("connection: keep-alive");
                assertThat(client.send(get).readUntil("hello")).startsWith("HTTP/1.0 200");
            }
        }
    }

    @Test
    void aClientThatClosesIsAnsweredFirst() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            String get = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            assertThat(client.send(get).readAll()).contains("connection: close").endsWith("hello");
        }
    }

    @Test
    void cleartextHttp2IsServedToAClientThatUpgrades() throws Exception {
        try (PlayedServer server = server();
                HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/x"))
                            .build();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo("hello");
                assertThat(answer.headers().firstValue("server")).contains("Mayfly");
            }
        }
    }

    @Test
    @Tag("limit:Listener.MAX_STREAMS")
    void anHttp2ClientIsToldThatAConnectionCarries128Streams() {
        String noSettings = "\0\0\0\4\0\0\0\0\0";
        String mostStreams = "\0\3\0\0\0\u0080";
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + noSettings);
            assertThat(client.readUntil(mostStreams)).endsWith(mostStreams);
        }
    }

    @Test
    void healthTellsReadinessAndInfoTellsNameAndVersion() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            String health = "GET /.well-known/mayfly/health HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(client.send(health).readUntil("}"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("{\"status\":\"ok\"}");
            server.phase.becomeUnready();
            assertThat(client.send(health).readUntil("}")).contains("HTTP/1.1 503");
            String info = "GET /.well-known/mayfly/info HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(client.send(info).readUntil("}"))
                    .contains("{\"name\":\"mayfly\",\"version\":\"" + Version.current() + "\"}");
            String other = "GET /.well-known/mayfly/other HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(client.send(other).readUntil("path")).contains("HTTP/1.1 404");
        }
    }

    @Test
    void answersWithoutABodyTellNoLengthOfTheirOwn() {
        try (PlayedServer server = PlayedServer.start(folder, ListenerIT::noContent);
                RawClient client = server.connect()) {
            client.send(GET + "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String answers = client.readAll();
            String[] heads = answers.split("\r\n\r\n", -1);
            assertThat(heads).hasSize(3);
            assertThat(answers).doesNotContain("transfer-encoding");
            assertThat(heads[0]).startsWith("HTTP/1.1 204").doesNotContain("content-length");
            assertThat(heads[1]).contains("content-length: 77");
        }
    }

    private static void noContent(Exchange exchange) {
        if (exchange.head().method().equals("HEAD")) {
            exchange.respond(PlayedServer.head(200, "content-length", "77"), new byte[0], 0, 0);
        } else {
            exchange.respond(PlayedServer.head(204, "x-a", "b"), new byte[0], 0, 0);
        }
    }

    @Test
    void bytesAbove127PassInHeaderValues() {
        try (PlayedServer server = PlayedServer.start(folder, ListenerIT::echoHeader);
                RawClient client = server.connect()) {
            String get = "GET / HTTP/1.1\r\nHost: x\r\nX-In: gr\u00fc\u00df\r\n\r\n";
            assertThat(client.send(get).readUntil("\r\n\r\n"))
                    .contains("x-out: gr\u00fc\u00df\r\n");
        }
    }

    private static void echoHeader(Exchange exchange) {
        CharSequence in = Objects.requireNonNull(exchange.head().headers().first("x-in"));
        exchange.respond(
                new ResponseHead(200, List.of(new ResponseHead.Field("x-out", AsciiString.of(in)))),
                new byte[0],
                0,
                0);
    }

    @Test
    void theLogHasALineARequestWithoutItsQuery() {
        try (PlayedServer server = server("access_log", "true");
                RawClient client = server.connect()) {
            client.send(GET).readUntil("hello");
            await().untilAsserted(() ->
                    assertThat(server.log()).containsPattern("GET /a 200 5 B \\d+\\.\\d{3} ms\n"));
        }
    }
}
