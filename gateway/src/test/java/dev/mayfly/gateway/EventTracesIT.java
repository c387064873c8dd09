package dev.mayfly.gateway;

import static dev.mayfly.gateway.OtlpReceiver.attributes;
import static dev.mayfly.gateway.OtlpReceiver.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The traces of records, of a real broker and with real guests, as a collector gets them. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // start comes before all
class EventTracesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String WRITER = "b7ad6b7169203331";

    @TempDir Path folder;
    private LocalBroker.Running broker;
    private Topics topics;
    private OtlpReceiver receiver;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        broker = new EmbeddedBroker().start(folder.resolve("broker"));
        topics = new Topics(broker.address());
        receiver = new OtlpReceiver();
        gateway =
                Gateway.open(
                        PlayedServer.settings(
                                folder,
                                "kafka.brokers",
                                broker.address(),
                                "kafka.topics",
                                "*:*",
                                "tracing.endpoint",
                                receiver.endpoint()));
        AppSource app =
                new AppFolder(folder.resolve("app"))
                        .with("event-rust")
                        .app(
                                """
                                [[trigger.kafka]]
                                topics = ["in"]
                                group = "g"
                                start_from = "earliest"
                                function = "event"
                                output_topic = "out"
                                dead_letter_topic = "dead"
                                retry = { attempts = 2, backoff = "10ms", max_backoff = "20ms" }
                                [function.event]
                                source = "event-rust.wasm"
                                """);
        assertThat(gateway.deploy(app)).isInstanceOf(DeployResult.Deployed.class);
    }

    @AfterEach
    void close() {
        gateway.close();
        receiver.close();
        broker.close();
    }

    /** With a sampled trace. */
    private void write(String value) throws Exception {
        ProducerRecord<String, String> record = new ProducerRecord<>("in", "planted", value);
        String parent = "00-" + TRACE + "-" + WRITER + "-01";
        record.headers().add("traceparent", parent.getBytes(StandardCharsets.US_ASCII));
        topics.produce(record);
    }

    @Test
    void aTraceOfOneRecordShowsItSpanBySpan() throws Exception {
        write("upto=1&exit=3&always&variable=TRACEPARENT");
        String told = topics.first("out", 1).getFirst().value();
        await().atMost(PATIENCE).until(() -> receiver.spans().size() == 5);
        Span consumer = receiver.named("process in");
        assertThat(hex(consumer.getTraceId())).isEqualTo(TRACE);
        assertThat(hex(consumer.getParentSpanId())).isEqualTo(WRITER);
        assertThat(consumer.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
        assertThat(consumer.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(attributes(consumer))
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.operation.name", "process")
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("messaging.destination.name", "in")
                .containsEntry("messaging.destination.partition.id", "0")
                .containsEntry("messaging.consumer.group.name", "g")
                .containsEntry("messaging.kafka.offset", 0L)
                .containsEntry("messaging.message.body.size", 41L)
                .containsEntry("mayfly.app", "shop")
                .containsEntry("mayfly.function", "event")
                .containsEntry("mayfly.attempts", 2L)
                .containsEntry("mayfly.record", "succeeded")
                .containsKey("mayfly.request_id");
        List<Span> runs = below(consumer, "run event");
        assertThat(runs)
                .extracting(run -> attributes(run).get("mayfly.outcome"))
                .containsExactly("failed", "succeeded");
        // What the guest was told is its own span.
        assertThat(told).isEqualTo("00-" + TRACE + "-" + hex(runs.getLast().getSpanId()) + "-01");
        assertInOrder(consumer, below(consumer, "queue"), runs);
        assertThat(receiver.spans().toString()).doesNotContain("planted");
    }

    private static void assertInOrder(Span consumer, List<Span> queues, List<Span> runs) {
        assertThat(queues).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(queues.get(i).getEndTimeUnixNano())
                    .isEqualTo(runs.get(i).getStartTimeUnixNano());
        }
        assertThat(consumer.getStartTimeUnixNano())
                .isLessThanOrEqualTo(queues.getFirst().getStartTimeUnixNano());
        assertThat(runs.getLast().getEndTimeUnixNano())
                .isLessThanOrEqualTo(consumer.getEndTimeUnixNano());
    }

    private List<Span> below(Span parent, String name) {
        return receiver.spans().stream()
                .filter(span -> span.getName().equals(name))
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .toList();
    }

    @Test
    void aDeadLetterIsAnErrorInItsTraceAndWhatNobodyRecordsHasNone() throws Exception {
        topics.produce("in", "k", "exit=1");
        write("trap");
        await().atMost(PATIENCE).until(() -> receiver.names().contains("process in"));
        Span consumer = receiver.named("process in");
        assertThat(hex(consumer.getTraceId())).isEqualTo(TRACE);
        assertThat(consumer.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(consumer))
                .containsEntry("error.type", "trapped")
                .containsEntry("mayfly.attempts", 2L)
                .containsEntry("mayfly.record", "dead_letter");
        gateway.close();
        assertThat(receiver.spans()).allMatch(span -> hex(span.getTraceId()).equals(TRACE));
    }
}
