package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Exchange;
import dev.mayfly.http.RequestBody;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may take its time for, and how long. */
class TimeLimitsIT {
    @TempDir Path folder;

    private PlayedServer server(String... settings) {
        return PlayedServer.start(folder, e -> PlayedServer.answer(e, "hello"), settings);
    }

    @Test
    @Tag("request.timeout")
    @Tag("limit:header_timeout")
    void headersThatDoNotArriveInTimeAreAnswered408() {
        try (PlayedServer server = server("header_timeout", "200ms");
                RawClient client = server.connect()) {
            String answer = client.send("GET / HTTP/1.1\r\nHost: x\r\n").readAll();
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                    .contains("content-type: application/problem+json\r\n")
                    .contains("connection: close\r\n")
                    .containsPattern("x-request-id: [0-9a-f]{16}\r\n")
                    .containsPattern("\"instance\":\"urn:request:[0-9a-f]{16}\"}$");
        }
    }

    @Test
    void aByteNowAndThenDoesNotProlongTheHeaders() {
        try (PlayedServer server = server("header_timeout", "300ms");
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\n");
            CountDownLatch answered = new CountDownLatch(1);
            AtomicReference<String> answer = new AtomicReference<>("");
            Thread.ofVirtual()
                    .start(() -> {
                        answer.set(client.readAll());
                        answered.countDown();
                    });
            await().pollInterval(Duration.ofMillis(20)).until(() -> trickle(client, answered));
            assertThat(answer.get()).startsWith("HTTP/1.1 408");
        }
    }

    private static boolean trickle(RawClient client, CountDownLatch answered) {
        boolean over = answered.getCount() == 0;
        if (!over) {
            client.send("a");
        }
        return over;
    }

    @Test
    void aConnectionThatNeverSendsAnythingIsClosed() {
        try (PlayedServer server = server("idle_timeout", "200ms");
                RawClient client = server.connect()) {
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    @Tag("limit:idle_timeout")
    void aConnectionThatStaysIdleAfterAnAnswerIsClosed() {
        try (PlayedServer server = server("idle_timeout", "200ms");
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 200").endsWith("hello");
            await().untilAsserted(() -> assertThat(server.traffic.connections()).isZero());
        }
    }

    @Test
    @Tag("request.timeout")
    @Tag("limit:body_timeout")
    void aBodyThatStopsIsGivenUpAs408() {
        AtomicReference<BodyReceiver.BodyFailure> seen = new AtomicReference<>();
        try (PlayedServer server =
                        PlayedServer.start(folder, e -> collect(e, seen), "body_timeout", "200ms");
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 408");
            assertThat(seen).hasValue(BodyReceiver.BodyFailure.TIMEOUT);
        }
    }

    private static void collect(Exchange exchange, AtomicReference<BodyReceiver.BodyFailure> seen) {
        exchange.receiveBody(
                1000,
                new BodyReceiver() {
                    @Override
                    public void received(RequestBody body) {
                        PlayedServer.answer(exchange, "whole");
                    }

                    @Override
                    public void failed(BodyFailure failure) {
                        seen.set(failure);
                        exchange.respond(PlayedServer.head(408, "x-a", "b"), new byte[0], 0, 0);
                    }
                });
    }

    @Test
    @Tag("limit:idle_timeout")
    void aReaderThatTakesNothingIsCutOff() {
        byte[] large = new byte[64 << 20];
        try (PlayedServer server =
                        PlayedServer.start(
                                folder,
                                e -> e.respond(PlayedServer.TEXT, large, 0, large.length),
                                "idle_timeout",
                                "300ms");
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("\r\n\r\n");
            await().untilAsserted(() -> assertThat(server.traffic.connections()).isZero());
            assertThat(server.traffic.answered()).containsEntry(StatusClass.SUCCESS, 1L);
        }
    }

    @Test
    void arrivingSlowlyButSteadilyIsNoFault() {
        try (PlayedServer server =
                        PlayedServer.start(
                                folder,
                                e -> collect(e, new AtomicReference<>()),
                                "body_timeout",
                                "400ms");
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n");
            int[] sent = {0};
            await().pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        client.send("x");
                        return ++sent[0] == 20;
                    });
            assertThat(client.readUntil("whole")).startsWith("HTTP/1.1 200").endsWith("whole");
        }
    }
}
