package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Exchange;
import dev.mayfly.http.RequestBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that wait for something other than their body. */
class HoldIT {
    @TempDir Path folder;

    private final CompletableFuture<String> awaited = new CompletableFuture<>();

    private void echo(Exchange exchange) {
        exchange.hold(
                awaited,
                () ->
                        exchange.receiveBody(
                                10 << 20,
                                new BodyReceiver() {
                                    @Override
                                    public void received(RequestBody body) {
                                        try (body) {
                                            PlayedServer.answer(exchange, ReadBody.whole(body));
                                        }
                                    }

                                    @Override
                                    public void failed(BodyFailure failure) {
                                        PlayedServer.answer(exchange, failure.name());
                                    }
                                }));
    }

    private void refuse(Exchange exchange) {
        exchange.hold(awaited, () -> PlayedServer.answer(exchange, "no"));
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, 0", "HTTP_1_1, 10", "HTTP_1_1, 30000", "HTTP_2, 0", "HTTP_2, 30000"})
    @Tag("preview.header")
    void theBodyIsThereAfterTheWait(HttpClient.Version version, int tens) throws Exception {
        try (PlayedServer server = PlayedServer.start(folder, this::echo);
                HttpClient client = HttpClient.newBuilder().version(version).build()) {
            URI address = URI.create("http://127.0.0.1:" + server.port + "/");
            if (version == HttpClient.Version.HTTP_2) {
                upgrade(client, address.resolve(OwnPages.PREFIX + "info"));
            }
            String body = "0123456789".repeat(tens);
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(
                            HttpRequest.newBuilder(address)
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            await().until(() -> server.traffic.running() == 1);
            assertThat(answer).isNotDone();
            awaited.complete("now");
            assertThat(answer.get().version()).isEqualTo(version);
            assertThat(answer.get().body()).isEqualTo(body);
        }
    }

    /** The next request of the client begins with HTTP/2. */
    private static void upgrade(HttpClient client, URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatNobodyWantsIsNotInTheWayOfTheNextRequest(boolean before) {
        if (before) {
            awaited.complete("already");
        }
        try (PlayedServer server = PlayedServer.start(folder, this::refuse);
                RawClient client = server.connect()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
                            + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> before || server.traffic.running() > 0);
            awaited.complete("now");
            for (int i = 0; i < 2; i++) {
                assertThat(client.readUntil("no")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void aClientThatDoesNotWaitLeavesNothing() {
        try (PlayedServer server = PlayedServer.start(folder, this::echo)) {
            RawClient client = server.connect();
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nhello");
            await().until(() -> server.traffic.running() == 1);
            client.close();
            await().until(() -> server.traffic.connections() == 0);
            awaited.completeExceptionally(new IllegalStateException("too late"));
            await().until(() -> server.traffic.running() == 0);
        }
    }
}
