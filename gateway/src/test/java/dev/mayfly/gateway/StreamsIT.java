package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mayfly.http.Exchange;
import dev.mayfly.http.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that come or go in pieces. */
class StreamsIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir Path folder;

    private static void guest(Runnable run) {
        Thread.ofPlatform().daemon().start(run);
    }

    private static void inPieces(Exchange exchange) {
        guest(() -> {
            exchange.start(PlayedServer.TEXT);
            exchange.write("one ".getBytes(StandardCharsets.US_ASCII));
            exchange.write("two".getBytes(StandardCharsets.US_ASCII));
            exchange.end();
        });
    }

    @Test
    void anAnswerOfUnknownLengthIsChunked() {
        try (PlayedServer server = PlayedServer.start(folder, StreamsIT::inPieces);
                RawClient client = server.connect()) {
            assertThat(client.send(GET).readUntil("0\r\n\r\n"))
                    .contains("transfer-encoding: chunked\r\n")
                    .endsWith("4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
        }
    }

    @Test
    void http10EndsSuchAnAnswerWithItsConnection() {
        try (PlayedServer server = PlayedServer.start(folder, StreamsIT::inPieces);
                RawClient client = server.connect()) {
            String get = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
            assertThat(client.send(get).readAll())
                    .startsWith("HTTP/1.0 200")
                    .contains("connection: close")
                    .doesNotContain("chunked", "keep-alive")
                    .endsWith("one two");
        }
    }

    private static void brokenOff(Exchange exchange) {
        guest(() -> {
            exchange.start(PlayedServer.TEXT);
            exchange.write("half".getBytes(StandardCharsets.US_ASCII));
            exchange.abort(504);
        });
    }

    @Test
    @Tag("out.6")
    void abortingLeavesOutTheLastChunkAndIsLoggedAsWhatItIs() {
        try (PlayedServer server =
                        PlayedServer.start(folder, StreamsIT::brokenOff, "access_log", "true");
                RawClient client = server.connect()) {
            assertThat(client.send(GET).readAll()).contains("half").doesNotContain("\r\n0\r\n");
            await().untilAsserted(() -> assertThat(server.log()).contains(" 504 4 B"));
        }
    }

    @Test
    @Tag("out.6")
    void abortingOverHttp2ResetsTheStream() {
        try (PlayedServer server = PlayedServer.start(folder, StreamsIT::brokenOff);
                HttpClient client = http2()) {
            HttpRequest request = request(server, "");
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("RST_STREAM");
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

    @Test
    @Tag("out.7")
    @Tag("limit:Room.MOST_UNSENT")
    void aSlowReaderHoldsTheWriterNotTheMemory() throws Exception {
        AtomicLong written = new AtomicLong();
        CountDownLatch over = new CountDownLatch(1);
        try (PlayedServer server =
                        PlayedServer.start(folder, e -> guest(() -> flood(e, written, over)));
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            AtomicLong seen = new AtomicLong(-1);
            // It stands still once the sockets' buffers and ours are full.
            await().until(() ->
                    written.get() > 0 && seen.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan(32L << 20);
            assertThat(client.readAll().length()).isGreaterThan(64 << 20);
            assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void flood(Exchange exchange, AtomicLong written, CountDownLatch over) {
        try {
            exchange.start(PlayedServer.TEXT);
            while (written.get() < 64 << 20) {
                exchange.write(new byte[64 << 10]);
                written.addAndGet(64 << 10);
                exchange.awaitRoom();
            }
            exchange.end();
            over.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWriterThatIsInterruptedStopsWaiting() {
        AtomicReference<Thread> writer = new AtomicReference<>();
        AtomicLong written = new AtomicLong();
        CountDownLatch over = new CountDownLatch(1);
        try (PlayedServer server =
                        PlayedServer.start(
                                folder,
                                e ->
                                        guest(() -> {
                                            writer.set(Thread.currentThread());
                                            flood(e, written, over);
                                        }));
                RawClient client = server.connect()) {
            client.send(GET).readUntil("\r\n\r\n");
            await().until(() -> waits(writer.get()));
            writer.get().interrupt();
            await().until(() -> !writer.get().isAlive());
        }
    }

    private static boolean waits(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.WAITING;
    }

    @Test
    @Tag("out.7")
    void aClientThatGoesAwayIsToldOfOnceAndFreesTheWriter() {
        AtomicLong told = new AtomicLong();
        AtomicLong written = new AtomicLong();
        try (PlayedServer server =
                PlayedServer.start(
                        folder,
                        e -> {
                            e.onClientGone(told::incrementAndGet);
                            guest(() -> flood(e, written, new CountDownLatch(1)));
                        })) {
            RawClient client = server.connect();
            client.send(GET).readUntil("\r\n\r\n");
            client.close();
            await().until(() -> told.get() == 1);
            await().until(() -> server.traffic.running() == 0);
            await().until(() -> written.get() == 64 << 20);
        }
    }

    @Test
    void aStreamedBodyIsReadAsItArrives() {
        try (PlayedServer server = PlayedServer.start(folder, StreamsIT::echoStream);
                RawClient client = server.connect()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
            client.send("3\r\nabc\r\n");
            assertThat(client.readUntil("abc\r\n")).contains("HTTP/1.1 200");
            client.send("3\r\ndef\r\n0\r\n\r\n");
            assertThat(client.readUntil("0\r\n\r\n")).contains("def");
        }
    }

    private static void echoStream(Exchange exchange) {
        RequestBody body = exchange.streamBody(100 << 20);
        guest(() -> {
            exchange.start(PlayedServer.TEXT);
            byte[] piece = new byte[1000];
            try (body) {
                int read;
                while ((read = body.read(piece, 0, piece.length)) >= 0) {
                    exchange.write(Arrays.copyOf(piece, read));
                    exchange.awaitRoom();
                }
                exchange.end();
            } catch (IOException e) {
                exchange.abort(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aStreamedBodyThatNobodyReadsIsNotTakenIn() {
        AtomicReference<RequestBody> kept = new AtomicReference<>();
        AtomicBoolean sent = new AtomicBoolean();
        try (PlayedServer server =
                        PlayedServer.start(folder, e -> kept.set(e.streamBody(100 << 20)));
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000000\r\n\r\n");
            guest(() -> {
                client.send(new byte[60_000_000]);
                sent.set(true);
            });
            await().until(() -> kept.get() != null);
            await().during(Duration.ofMillis(300)).until(() -> !sent.get());
            assertThat(ReadBody.whole(kept.get())).hasSize(60_000_000);
            await().untilTrue(sent);
        }
    }

    @Test
    void aFileIsSentInPartAndWhole() throws Exception {
        Path file =
                Files.write(folder.resolve("f"), "0123456789".getBytes(StandardCharsets.US_ASCII));
        try (PlayedServer server =
                        PlayedServer.start(
                                folder, e -> e.respondFile(PlayedServer.TEXT, file, 2, 5));
                RawClient client = server.connect();
                HttpClient http2 = http2()) {
            assertThat(client.send(GET).readUntil("23456"))
                    .contains("content-length: 5\r\n")
                    .endsWith("\r\n\r\n23456");
            assertThat(client.send(GET).readUntil("23456")).startsWith("HTTP/1.1 200");
            assertThat(http2.send(request(server, ""), HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("23456");
        }
    }

    @Test
    void aFileThatHasVanishedIsAProblemNotAHang() {
        try (PlayedServer server =
                        PlayedServer.start(
                                folder,
                                e -> e.respondFile(PlayedServer.TEXT, folder.resolve("no"), 0, 5));
                RawClient client = server.connect()) {
            assertThat(client.send(GET).readUntil("}"))
                    .startsWith("HTTP/1.1 500")
                    .contains("urn:request:")
                    .doesNotContain("NoSuchFile");
        }
    }
}
