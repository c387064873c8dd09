package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.EchoReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/kafka.md as a guest sees it, on a real broker of each kind. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // the broker is a parameter
final class EventContractIT {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final String CHILD =
            "00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01";

    private final long written = System.currentTimeMillis() - 1_000;
    @Parameter private Broker broker;

    private Stage stage;
    private Topics topics;
    private KafkaEvents events;
    private String app;
    private String in;
    private String out;
    private String dlq;

    @BeforeEach
    void open() throws Exception {
        broker.assumeThere();
        stage = Stage.shared(broker);
        topics = new Topics(stage.address());
        events = stage.events(new KeptLog());
        app = stage.name("contract");
        in = topics.make(stage.name("in"), 1);
        out = topics.make(stage.name("out"), 1);
        dlq = topics.make(stage.name("dlq"), 1);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            events.close();
            topics.close();
        }
    }

    private void serve(long revision, String trigger, String function) throws IOException {
        String topicKeys =
                """
                topics = ["%s"]
                output_topic = "%s"
                dead_letter_topic = "%s"
                retry = { attempts = 2, backoff = "1ms", max_backoff = "1ms" }
                """
                        .formatted(in, out, dlq);
        events.serve(List.of(stage.app(app, revision, topicKeys + trigger, function)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(String value, Map<String, String> headers) throws Exception {
        RecordHeaders made = new RecordHeaders();
        headers.forEach((name, text) -> made.add(name, bytes(text)));
        topics.send(new ProducerRecord<>(in, 0, written, bytes("k1"), bytes(value), made));
        topics.flush();
    }

    private EchoReport told() {
        return EchoReport.of(topics.read(out, 1).getFirst().value());
    }

    private DeadLetter deadLetter() {
        topics.read(dlq, 1);
        return events.deadLetters().list(dlq, 1).getFirst();
    }

    @Test
    @Tag("kafka.stdin")
    @Tag("kafka.argv")
    @Tag("kafka.env.KAFKA_HEADER")
    @Tag("kafka.env.own")
    void aGuestIsToldAllOfARecord() throws Exception {
        write("a=1", Map.of("Tenant-Id", "é", "traceparent", PARENT, "tracestate", "a=1"));
        serve(7, "", "environment = { GREETING = \"hello\" }\n");
        EchoReport report = told();
        assertThat(report.stdin()).isEqualTo("a=1");
        assertThat(report.arguments()).containsExactly(in);
        assertThat(report.environment())
                .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
                .containsEntry("SERVER_SOFTWARE", "Mayfly/test")
                .containsEntry("REQUEST_METHOD", "EVENT")
                .hasEntrySatisfying("TRACEPARENT", parent -> assertThat(parent).matches(CHILD))
                .containsEntry("TRACESTATE", "a=1")
                .containsEntry("KAFKA_TOPIC", in)
                .containsEntry("KAFKA_PARTITION", "0")
                .containsEntry("KAFKA_OFFSET", "0")
                .containsEntry("KAFKA_TIMESTAMP", Long.toString(written))
                .containsEntry("KAFKA_TIMESTAMP_TYPE", "CreateTime")
                .containsEntry("KAFKA_KEY", "k1")
                .containsEntry("KAFKA_HEADER_TENANT_ID", "\u00c3\u00a9")
                .containsEntry("KAFKA_HEADER_TRACEPARENT", PARENT)
                .containsEntry("KAFKA_HEADER_TRACESTATE", "a=1")
                .containsEntry("KAFKA_GROUP", app + "-f")
                .containsEntry("KAFKA_ATTEMPT", "1")
                .containsEntry("CONTENT_LENGTH", "3")
                .containsEntry("GREETING", "hello")
                .containsKey("X_REQUEST_ID")
                .hasSize(19);
    }

    @Test
    @Tag("kafka.stdin")
    @Tag("kafka.env.KAFKA_TOMBSTONE")
    void aTombstoneIsEmptyInput() throws Exception {
        topics.write(in, "k", (String) null);
        serve(1, "", "");
        EchoReport report = told();
        assertThat(report.stdin()).isEmpty();
        assertThat(report.environment())
                .containsEntry("KAFKA_TOMBSTONE", "1")
                .containsEntry("CONTENT_LENGTH", "0");
    }

    @Test
    @Tag("kafka.env.CE")
    void aStructuredCloudEventIsWholeOnStandardInput() throws Exception {
        String value = "{\"specversion\":\"1.0\",\"id\":\"7\",\"data\":{\"a\":1}}";
        write(value, Map.of("content-type", "application/cloudevents+json"));
        serve(1, "", "");
        EchoReport report = told();
        assertThat(report.stdin()).isEqualTo(value);
        assertThat(report.environment())
                .containsEntry("CE_ID", "7")
                .containsEntry("CE_SPECVERSION", "1.0")
                .doesNotContainKey("CE_DATA");
    }

    @ParameterizedTest
    @Tag("kafka.exit")
    @CsvSource({
        "text=no&exit=3, exited with code 3",
        "text=no&flush&trap, trapped",
        "text=no&flush&loop, 300 ms",
        "bytes=2000000, 1048576",
    })
    void whatEndsBadlyIsTriedAgainAndItsOutputIsNeverSeen(String value, String error)
            throws Exception {
        write(value, Map.of());
        serve(1, "", "limits = { timeout = \"300ms\" }\n");
        DeadLetter letter = deadLetter();
        assertThat(letter.evidence().get("error")).contains(error);
        assertThat(letter.evidence()).containsEntry("attempts", "2");
        write("text=last", Map.of());
        assertThat(topics.values(out, 1)).containsExactly("last");
    }

    @Test
    @Tag("kafka.poison")
    void poisonGoesToTheDeadLettersWithoutAnAttempt() throws Exception {
        write("123456789", Map.of());
        serve(1, "", "limits = { request_body = \"8B\" }\n");
        assertThat(deadLetter().evidence())
                .containsEntry("attempts", "0")
                .containsEntry(
                        "error", "the value has 9 bytes, more than the function's request_body: 8");
    }

    @Test
    @Tag("kafka.out.cgi.fields")
    @Tag("kafka.out.cgi.key")
    @Tag("kafka.out.cgi.malformed")
    void aHeaderBlockGivesTheRecordItsKeyAndHeaders() throws Exception {
        write("text=no block", Map.of());
        write("text=Kafka-Key: k9%0Ax-y: z%0A%0Abody", Map.of());
        serve(1, "output = \"cgi\"\n", "");
        ConsumerRecord<byte[], byte[]> record = topics.read(out, 1).getFirst();
        assertThat(Topics.text(record.key())).isEqualTo("k9");
        assertThat(Topics.text(record.value())).isEqualTo("body");
        assertThat(Topics.text(record.headers().lastHeader("x-y").value())).isEqualTo("z");
        assertThat(deadLetter().evidence().get("error")).contains("within the header block");
    }

    @Test
    @Tag("kafka.dead-letter")
    void aRecordThatFailedIsReplayedToARevisionThatCanDoIt() throws Exception {
        write("stderr=no%20such%20customer%0A&exit=3", Map.of("tenant", "t1"));
        serve(6, "", "");
        DeadLetter letter = deadLetter();
        assertThat(letter.evidence())
                .containsEntry("error", "exited with code 3")
                .containsEntry("attempts", "2")
                .containsEntry("exit-code", "3")
                .containsEntry("app", app)
                .containsEntry("function", "f")
                .containsEntry("revision", "6")
                .containsEntry("source-topic", in)
                .containsEntry("source-partition", "0")
                .containsEntry("source-offset", "0");
        assertThat(letter.evidence().get("stderr")).contains("no such customer");
        serve(7, "", "environment = { EVENT_DO = \"report&exit=0\" }\n");
        assertThat(events.deadLetters().replay(letter)).isEqualTo(new DeadLetter.Place(in, 0, 1));
        EchoReport report = told();
        assertThat(report.stdin()).isEqualTo("stderr=no%20such%20customer%0A&exit=3");
        assertThat(report.environment())
                .containsEntry("KAFKA_HEADER_TENANT", "t1")
                .containsEntry("KAFKA_HEADER_MAYFLY_REPLAYED_FROM", dlq + "/0/0");
        await().atMost(Duration.ofSeconds(60)).until(() -> topics.committed(app + "-f") == 2);
        assertThat(events.stats().getFirst().counts().deadLetters()).isEqualTo(1);
    }
}
