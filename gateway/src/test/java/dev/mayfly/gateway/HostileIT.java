package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Exchange;
import dev.mayfly.http.RequestBody;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client sends by accident. */
class HostileIT {
    @TempDir Path folder;

    private PlayedServer server(String... settings) {
        return PlayedServer.start(folder, HostileIT::collect, settings);
    }

    private static void collect(Exchange exchange) {
        exchange.receiveBody(
                100_000,
                new BodyReceiver() {
                    @Override
                    public void received(RequestBody body) {
                        PlayedServer.answer(exchange, "body of " + body.length());
                    }

                    @Override
                    public void failed(BodyFailure failure) {
                        int status =
                                switch (failure) {
                                    case TOO_LARGE -> 413;
                                    case TIMEOUT -> 408;
                                    case MALFORMED, GONE -> 400;
                                    case NO_ROOM -> 503;
                                };
                        exchange.respond(
                                PlayedServer.head(status, "x-failure", failure.name()),
                                new byte[0],
                                0,
                                0);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Both framings, in either order: the classic of request smuggling.
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 5\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x4\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n: nameless\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
                "GET / HTTP/3.7\r\nHost: x\r\n\r\n",
                "GET / SMTP\r\n\r\n",
                "GET\r\n\r\n",
                "\1\2\3\4 / HTTP/1.1\r\n\r\n",
            })
    @Tag("request.framing")
    void aMalformedRequestIsAnswered400AndTheConnectionCloses(String request) {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            String answer = client.send(request).readAll();
            assertThat(answer)
                    .matches("(?s)HTTP/1\\.[01] 400 .*")
                    .contains("content-type: application/problem+json\r\n", "x-request-id: ")
                    .contains("connection: close\r\n")
                    .doesNotContain("Exception", "\tat ", "netty", "vertx");
        }
    }

    @Test
    void nothingBehindAMalformedRequestIsServed() {
        try (PlayedServer server = server("access_log", "true");
                RawClient client = server.connect()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                            + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readAll()).containsOnlyOnce("HTTP/1.");
            assertThat(server.log()).doesNotContain("smuggled");
        }
    }

    @Test
    @Tag("request.target-too-long")
    @Tag("limit:Listener.MAX_TARGET")
    void aTargetOfMoreThan8KiBIsAnswered414() {
        try (PlayedServer server = server()) {
            try (RawClient client = server.connect()) {
                String longest = "GET /" + "a".repeat(8191) + " HTTP/1.1\r\nHost: x\r\n\r\n";
                assertThat(client.send(longest).readUntil("body of 0")).startsWith("HTTP/1.1 200");
                String longer = "GET /" + "a".repeat(8192) + " HTTP/1.1\r\nHost: x\r\n\r\n";
                assertThat(client.send(longer).readUntil("\r\n\r\n")).startsWith("HTTP/1.1 414");
            }
            try (RawClient client = server.connect()) {
                String endless = "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
                assertThat(client.send(endless).readAll())
                        .matches("(?s)HTTP/1\\.[01] 414 .*8 KiB.*");
            }
        }
    }

    @Test
    @Tag("request.headers-too-large")
    @Tag("limit:Listener.MAX_HEADERS")
    void headersOfMoreThan16KiBAreAnswered431() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + "a".repeat(40_000) + "\r\n\r\n");
            assertThat(client.readAll())
                    .matches("(?s)HTTP/1\\.[01] 431 .*")
                    .contains("16 KiB", "connection: close");
        }
    }

    @Test
    @Tag("request.body-too-large")
    void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItIsSent() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 413")
                    .contains("connection: close")
                    .doesNotContain("100 Continue");
        }
    }

    @Test
    void aChunkedBodyThatGrowsTooLargeIsAnswered413ThoughMoreArrives() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "8000\r\n" + "a".repeat(0x8000) + "\r\n";
            client.send(chunk.repeat(40));
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aClientThatWaitsForTheGoAheadGetsIt() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue\r\n");
            assertThat(client.send("12345").readUntil("body of 5")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aMalformedChunkIsAnswered400() {
        try (PlayedServer server = server();
                RawClient client = server.connect()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nabcde\r\nzz\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 400").contains("MALFORMED");
        }
    }

    @Test
    @Tag("limit:Head.MOST_UNREAD")
    void anUnreadSmallBodyDoesNotCostTheConnection() {
        try (PlayedServer server =
                        PlayedServer.start(folder, e -> PlayedServer.answer(e, "hello"));
                RawClient client = server.connect()) {
            String post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
            assertThat(client.send(post).readUntil("hello")).doesNotContain("connection: close");
            client.send("abc" + post + "abc");
            assertThat(client.readUntil("hello")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    @Tag("limit:Head.MOST_UNREAD")
    void anUnreadLargeBodyClosesAfterAnAnswerThatArrives() {
        try (PlayedServer server =
                        PlayedServer.start(folder, e -> PlayedServer.answer(e, "hello"));
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
            client.send(new byte[1_000_000]);
            assertThat(client.readAll()).contains("connection: close").endsWith("hello");
        }
    }
}
