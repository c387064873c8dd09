package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Exchange;
import dev.mayfly.http.RequestBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are too large for memory. */
class SpoolIT {
    @TempDir Path folder;

    @Test
    @Tag("limit:BodyIntake.MOST_IN_MEMORY")
    void aBodyLargerThanMemoryWaitsOnDiskUntilItIsClosed() throws Exception {
        AtomicReference<RequestBody> received = new AtomicReference<>();
        try (PlayedServer server = PlayedServer.start(folder, e -> keep(e, received));
                HttpClient client = http2()) {
            String body = "0123456789".repeat(300_000);
            assertThat(
                            client.send(request(server, body), HttpResponse.BodyHandlers.ofString())
                                    .body())
                    .isEqualTo("kept");
            assertThat(server.spool.files()).isEqualTo(1);
            assertThat(server.spool.bytes()).isEqualTo(body.length());
            try (RequestBody kept = received.get()) {
                assertThat(kept.length()).isEqualTo(body.length());
                assertThat(ReadBody.whole(kept)).isEqualTo(body);
            }
            assertThat(server.spool.files()).isZero();
            assertThat(server.spool.bytes()).isZero();
            assertThat(folder.resolve("spool")).isEmptyDirectory();
        }
    }

    private static void keep(Exchange exchange, AtomicReference<RequestBody> received) {
        exchange.receiveBody(
                100 << 20,
                new BodyReceiver() {
                    @Override
                    public void received(RequestBody body) {
                        received.set(body);
                        PlayedServer.answer(exchange, "kept");
                    }

                    @Override
                    public void failed(BodyFailure failure) {
                        if (failure != BodyFailure.GONE) {
                            PlayedServer.answer(exchange, failure.name());
                        }
                    }
                });
    }

    @Test
    void aFullSpoolIsNoRoomAndLeavesNothingBehind() {
        try (PlayedServer server =
                        PlayedServer.start(
                                folder,
                                e -> keep(e, new AtomicReference<>()),
                                "spool.budget",
                                "100KiB");
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n");
            client.send(new byte[500_000]);
            assertThat(client.readUntil("NO_ROOM")).endsWith("NO_ROOM");
            await().until(() -> server.spool.files() == 0 && server.spool.bytes() == 0);
        }
    }

    @Test
    void aSpooledBodyWhoseClientGoesAwayLeavesNothingBehind() {
        AtomicReference<RequestBody> received = new AtomicReference<>();
        try (PlayedServer server = PlayedServer.start(folder, e -> keep(e, received))) {
            RawClient client = server.connect();
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n");
            client.send(new byte[300_000]);
            await().until(() -> server.spool.bytes() > 0);
            client.close();
            await().until(() -> server.traffic.running() == 0);
            await().until(() -> server.spool.files() == 0 && server.spool.bytes() == 0);
        }
    }

    private static HttpClient http2() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    }

    private static HttpRequest request(PlayedServer server, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/"))
                .method(
                        body.isEmpty() ? "GET" : "POST",
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
