package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of requests to real guests behind a real port. */
class ActivationsIT {
    private static final ActivationQuery ALL =
            new ActivationQuery(
                    _ -> true, Optional.empty(), Optional.empty(), Optional.empty(), 1000);

    private static final String LENGTH = "(?s).*content-length: (\\d+).*";

    @TempDir Path folder;

    /** Both by {@link #serve}, each test's first step. */
    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    @SuppressWarnings("NullAway.Init")
    private PreparedApp revision;

    private int port;

    private void serve(List<String> lines, String... settings) {
        gateway = Gateway.open(PlayedServer.settings(folder, settings));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        String toml = AppFolder.function("/...", "echo-c", lines.toArray(String[]::new));
        AppSource app = files.app(toml);
        revision = Revisions.prepared(gateway, new AppRevision(app.manifest(), 3, app.folder()));
        gateway.serve(AppTraffic.whole(revision));
        port = ((Binding.Bound) gateway.listen()).address().port();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    /** Sends a request and {@return its id}, as the answer tells it. */
    private String ask(String target, String fields, String body) {
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n%s"
                            .formatted(target, body.length(), fields, body));
            String head = client.readUntil("\r\n\r\n");
            if (head.contains("transfer-encoding: chunked")) {
                client.readUntil("\r\n0\r\n\r\n");
            } else {
                client.read(Integer.parseInt(head.replaceAll(LENGTH, "$1")));
            }
            String id = head.replaceAll("(?s).*x-request-id: ([0-9a-f]+).*", "$1");
            await().until(() -> gateway.activations().find(id).isPresent() || nothingIsKept());
            return id;
        }
    }

    private boolean nothingIsKept() {
        return gateway.stats().running() == 0;
    }

    private Activation activation(String id) {
        return gateway.activations().find(id).orElseThrow();
    }

    @Test
    void aRequestIsRememberedWithWhatItTook() {
        serve(List.of("environment = { SECRET = \"planted\" }"));
        Activation kept = activation(ask("/a/b?password=planted&grow=2", "", ""));
        assertThat(kept.place()).isEqualTo(new Activation.Place("shop", 3, "echo-c", "/..."));
        assertThat(kept.method()).isEqualTo("POST");
        assertThat(kept.path()).isEqualTo("/a/b");
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.end()).isEqualTo(new Activation.End("succeeded", 0, ""));
        assertThat(kept.traceId()).matches("[0-9a-f]{32}");
        assertThat(kept.recorded()).isFalse();
        Activation.Spent spent = kept.spent();
        assertThat(spent.totalNanos()).isGreaterThan(spent.guestNanos() + spent.queuedNanos());
        assertThat(spent.guestNanos()).isPositive();
        assertThat(spent.dirtyPages()).isPositive();
        assertThat(spent.memoryBytes()).isGreaterThan(2 << 16);
        assertThat(kept.toString()).doesNotContain("planted");
    }

    @Test
    void anAnswerOverHttp2IsRememberedAsItWasSent() throws Exception {
        serve(List.of());
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String target : List.of("/?text=x", "/?body=200000", "/?status=404")) {
                URI uri = URI.create("http://localhost:" + port + target);
                HttpResponse<byte[]> answer =
                        client.send(
                                HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                String id = answer.headers().firstValue("x-request-id").orElseThrow();
                await().until(() -> gateway.activations().find(id).isPresent());
                assertThat(activation(id).status()).isEqualTo(answer.statusCode());
            }
        }
    }

    @Test
    void howARunEndedIsRemembered() {
        serve(List.of("limits = { timeout = \"200ms\" }"));
        assertThat(activation(ask("/?exit=3&nothing", "", "")).end())
                .isEqualTo(new Activation.End("failed", 3, ""));
        assertThat(activation(ask("/?loop", "", "")).end().outcome()).isEqualTo("deadline");
        Activation.End trap = activation(ask("/?trap", "", "")).end();
        assertThat(trap.outcome()).isEqualTo("trapped");
        assertThat(trap.detail()).isNotEmpty();
        assertThat(gateway.activations().newest(ALL))
                .extracting(each -> each.end().outcome())
                .containsExactlyInAnyOrder("failed", "deadline", "trapped");
    }

    @Test
    void aRunWhoseClientWentIsRememberedAsCancelled() {
        serve(List.of("limits = { timeout = \"60s\" }"));
        try (RawClient gone = new RawClient(port)) {
            gone.send("GET /?loop HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().until(() -> gateway.stats().runningSandboxes() == 1);
        }
        await().until(() -> !gateway.activations().newest(ALL).isEmpty());
        Activation kept = gateway.activations().newest(ALL).getFirst();
        assertThat(kept.status()).isEqualTo(499);
        assertThat(kept.end().outcome()).isEqualTo("cancelled");
        await().until(() -> gateway.activations().newest(ALL).getFirst().spent().guestNanos() > 0);
    }

    @Test
    void theNewestAreFoundByWhatIsAskedFor() {
        serve(List.of());
        String first = ask("/1", "", "");
        String second = ask("/2?exit=1", "", "");
        assertThat(gateway.activations().newest(ALL)).extracting(Activation::id).contains(first);
        assertThat(newest(Optional.of("failed"), 9)).containsExactly(second);
        assertThat(newest(Optional.empty(), 1)).hasSize(1);
        ActivationQuery others =
                new ActivationQuery(
                        "other"::equals, Optional.empty(), Optional.empty(), Optional.empty(), 9);
        assertThat(gateway.activations().newest(others)).isEmpty();
    }

    private List<String> newest(Optional<String> outcome, int limit) {
        return gateway
                .activations()
                .newest(
                        new ActivationQuery(
                                _ -> true, Optional.empty(), outcome, Optional.empty(), limit))
                .stream()
                .map(Activation::id)
                .toList();
    }

    @Test
    void nothingIsRememberedOfAFunctionThatAsksForThat() {
        serve(List.of("record = \"none\""));
        String id = ask("/", "", "");
        assertThat(gateway.activations().find(id)).isEmpty();
        assertThat(gateway.activations().newest(ALL)).isEmpty();
    }

    @Test
    @Tag("limit:activations.kept")
    void theOldestMakeRoom() {
        serve(List.of(), "activations.kept", "3", "event_loops", "1");
        List<String> ids = List.of(ask("/1", "", ""), ask("/2", "", ""), ask("/3", "", ""));
        String last = ask("/4", "", "");
        assertThat(gateway.activations().newest(ALL))
                .extracting(Activation::id)
                .containsExactlyInAnyOrder(ids.get(1), ids.get(2), last);
    }

    @Test
    @Tag("limit:PastRequest.LONGEST_PATH")
    void aLongPathIsCut() {
        serve(List.of());
        String path = "/" + "a".repeat(300);
        assertThat(activation(ask(path, "", "")).path()).isEqualTo(path.substring(0, 256));
    }

    @Test
    void whatWasSentAndAnsweredIsKeptWhereThatIsAskedForWithoutSecrets() {
        serve(List.of("record = \"bodies\""));
        String id =
                ask(
                        "/a?body=5",
                        "Authorization: Bearer planted\r\nCookie: a=planted\r\nX-Api-Key: planted\r\n"
                                + "X-Plain: kept\r\n",
                        "hello");
        assertThat(activation(id).recorded()).isTrue();
        Recorded recorded = gateway.activations().recorded(id).orElseThrow();
        assertThat(recorded.request().target()).isEqualTo("/a?body=5");
        assertThat(recorded.request().fields())
                .contains(
                        new Recorded.Field("x-plain", "kept"),
                        new Recorded.Field("authorization", Recorded.Field.HIDDEN),
                        new Recorded.Field("cookie", Recorded.Field.HIDDEN),
                        new Recorded.Field("x-api-key", Recorded.Field.HIDDEN));
        assertThat(text(recorded.request().body())).isEqualTo("hello");
        assertThat(recorded.request().body().whole()).isTrue();
        assertThat(recorded.answer().status()).isEqualTo(200);
        assertThat(recorded.answer().body().whole()).isTrue();
        assertThat(recorded.answer().body().bytes()).hasSize(5);
        assertThat(recorded.toString()).doesNotContain("planted");
    }

    private static String text(Recorded.Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aRecordedRequestIsSentAgainToTheSameRevision() throws InterruptedException {
        serve(List.of("record = \"bodies\"", "environment = { MARK = \"here\" }"));
        String id = ask("/a?x=1", "X-Plain: kept\r\nAuthorization: planted\r\n", "hello");
        Recorded recorded = gateway.activations().recorded(id).orElseThrow();
        Recorded.Answer again =
                gateway.activations()
                        .replay(recorded.request(), revision, Duration.ofSeconds(20))
                        .orElseThrow();
        assertThat(again.status()).isEqualTo(200);
        assertThat(text(again.body()))
                .contains("HTTP_X_PLAIN=kept", "QUERY_STRING=x=1", "MARK=here")
                .doesNotContain("planted");
        assertThat(text(recorded.answer().body())).contains("MARK=here");
    }

    @Test
    @Tag("limit:BodyCopy.MOST_KEPT")
    void ofALongBodyTheBeginningIsKept() {
        serve(List.of("record = \"bodies\""));
        String id = ask("/a?body=70000", "", "b".repeat(70_000));
        Recorded recorded = gateway.activations().recorded(id).orElseThrow();
        assertThat(recorded.request().body().whole()).isFalse();
        assertThat(recorded.answer().body().whole()).isFalse();
        assertThat(recorded.answer().body().bytes()).hasSize(64 << 10);
    }

    @Test
    void aStreamedBodyIsKeptAsItIsRead() {
        serve(List.of("record = \"bodies\"", "request_body_mode = \"stream\""));
        String id = ask("/a?stdin", "", "streamed");
        Recorded recorded = gateway.activations().recorded(id).orElseThrow();
        assertThat(text(recorded.request().body())).isEqualTo("streamed");
        assertThat(recorded.request().body().whole()).isTrue();
    }

    @Test
    @Tag("limit:activations.recorded_bytes")
    void theOldestRecordingsMakeRoomAndTheirRequestsStay() {
        serve(
                List.of("record = \"bodies\""),
                "activations.recorded_bytes",
                "8KiB",
                "event_loops",
                "1");
        String first = ask("/1?body=1", "", "a".repeat(5_000));
        assertThat(activation(first).recorded()).isTrue();
        String second = ask("/2?body=1", "", "a".repeat(5_000));
        assertThat(activation(first).recorded()).isFalse();
        assertThat(gateway.activations().recorded(first)).isEmpty();
        assertThat(activation(second).recorded()).isTrue();
    }
}
