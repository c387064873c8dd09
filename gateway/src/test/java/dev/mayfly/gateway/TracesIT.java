package dev.mayfly.gateway;

import static dev.mayfly.gateway.OtlpReceiver.attributes;
import static dev.mayfly.gateway.OtlpReceiver.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traces of requests to real guests, as a collector gets them. */
class TracesIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @TempDir Path folder;
    private OtlpReceiver receiver;

    /** By {@link #serve}, each test's first step. */
    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    private int port;

    @BeforeEach
    void receive() throws IOException {
        receiver = new OtlpReceiver();
    }

    @AfterEach
    void close() {
        gateway.close();
        receiver.close();
    }

    private void serve(String... settings) {
        gateway = Gateway.open(PlayedServer.settings(folder, settings));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        gateway.deploy(files.app(AppFolder.function("/...", "echo-c")));
        port = ((Binding.Bound) gateway.listen()).address().port();
    }

    /** {@return the answer}, sent with these fields. */
    private String ask(String target, String fields) {
        try (RawClient client = new RawClient(port)) {
            client.send("GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(target, fields));
            String head = client.readUntil("\r\n\r\n");
            int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
            return client.read(length);
        }
    }

    private static String traceparent(String flags) {
        return "traceparent: 00-" + TRACE + "-" + CALLER + "-" + flags + "\r\n";
    }

    @Test
    void aTraceOfOneRequestShowsItSpanBySpan() {
        serve("tracing.endpoint", receiver.endpoint());
        String answer = ask("/a?secret=planted", traceparent("01"));
        await().until(() -> receiver.spans().size() == 3);
        Span server = receiver.named("GET /...");
        assertThat(hex(server.getTraceId())).isEqualTo(TRACE);
        assertThat(hex(server.getParentSpanId())).isEqualTo(CALLER);
        assertThat(server.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(attributes(server))
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.route", "/...")
                .containsEntry("url.path", "/a")
                .containsEntry("url.scheme", "http")
                .containsEntry("http.response.status_code", 200L)
                .containsEntry("network.protocol.version", "1.1")
                .containsEntry("mayfly.app", "shop")
                .containsEntry("mayfly.function", "echo-c")
                .containsKey("mayfly.request_id");
        Span queue = receiver.named("queue");
        Span run = receiver.named("run echo-c");
        assertThat(queue.getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(run.getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(attributes(run))
                .containsEntry("faas.coldstart", false)
                .containsEntry("mayfly.outcome", "succeeded");
        // What the guest was told is its own span.
        assertThat(answer).contains("TRACEPARENT=00-" + TRACE + "-" + hex(run.getSpanId()) + "-01");
        assertInOrder(server, queue, run);
        assertThat(receiver.spans().toString()).doesNotContain("planted");
    }

    private static void assertInOrder(Span server, Span queue, Span run) {
        assertThat(server.getStartTimeUnixNano()).isLessThan(queue.getStartTimeUnixNano());
        assertThat(queue.getEndTimeUnixNano()).isEqualTo(run.getStartTimeUnixNano());
        assertThat(run.getEndTimeUnixNano()).isLessThan(server.getEndTimeUnixNano());
    }

    @Test
    void aCallerThatDoesNotRecordItsTraceIsFollowed() {
        serve("tracing.endpoint", receiver.endpoint(), "tracing.ratio", "1");
        assertThat(ask("/a", traceparent("00")))
                .contains("TRACEPARENT=00-" + TRACE)
                .contains("-00");
        ask("/b", "");
        await().until(() -> receiver.names().contains("GET /..."));
        gateway.close();
        assertThat(receiver.spans()).noneMatch(span -> hex(span.getTraceId()).equals(TRACE));
        assertThat(receiver.named("GET /...").getParentSpanId().isEmpty()).isTrue();
    }

    @Test
    void withoutARatioNoTraceBeginsHere() {
        serve("tracing.endpoint", receiver.endpoint());
        assertThat(ask("/a", "")).containsPattern("TRACEPARENT=00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        ask("/b", traceparent("01"));
        await().until(() -> receiver.names().contains("run echo-c"));
        gateway.close();
        assertThat(receiver.spans()).allMatch(span -> hex(span.getTraceId()).equals(TRACE));
    }

    @Test
    void aRunThatFailedIsAnErrorInItsTrace() {
        serve("tracing.endpoint", receiver.endpoint(), "tracing.ratio", "1");
        ask("/?trap", "");
        await().until(() -> receiver.names().contains("run echo-c"));
        Span run = receiver.named("run echo-c");
        assertThat(run.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(run)).containsEntry("mayfly.outcome", "trapped");
        assertThat(attributes(receiver.named("GET /...")))
                .containsEntry("error.type", "500")
                .containsEntry("http.response.status_code", 500L);
    }

    @Test
    void aMethodThatIsMadeUpIsNotNamed() {
        serve("tracing.endpoint", receiver.endpoint(), "tracing.ratio", "1");
        try (RawClient client = new RawClient(port)) {
            client.send("PLANTED / HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
        }
        await().until(() -> receiver.names().contains("HTTP /..."));
        assertThat(attributes(receiver.named("HTTP /...")))
                .containsEntry("http.request.method", "_OTHER");
    }
}
