package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.FunctionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeadLetterRecordTest {
    private static Failure failure(String error, List<String> stderr) {
        return new Failure(
                error,
                5,
                OptionalInt.of(3),
                stderr,
                new FunctionId("shop", 7, "on-order"),
                "r1",
                Instant.parse("2026-11-29T20:00:00Z"));
    }

    private static ProducerRecord<byte[], byte[]> letter(TestRecord record, Failure failure) {
        return DeadLetterRecord.of("orders.dlq", record.made(), failure);
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray())
                .map(header ->
                        header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static String evidence(Failure failure, Evidence name) {
        byte[] value =
                letter(TestRecord.some(), failure).headers().lastHeader(name.header()).value();
        return new String(value, StandardCharsets.UTF_8);
    }

    @Test
    @Tag("kafka.dead-letter")
    void aDeadLetterIsTheRecordAndTheEvidence() {
        TestRecord record = TestRecord.some().header("a", "1").header("mayfly-error", "older");
        ProducerRecord<byte[], byte[]> letter =
                letter(record, failure("exited with code 3", List.of("one", "two")));
        assertThat(letter.topic()).isEqualTo("orders.dlq");
        assertThat(letter.key()).isEqualTo(record.made().key());
        assertThat(letter.value()).isEqualTo(record.made().value());
        assertThat(headers(letter))
                .containsExactly(
                        "a=1",
                        "mayfly-error=older",
                        "mayfly-error=exited with code 3",
                        "mayfly-attempts=5",
                        "mayfly-exit-code=3",
                        "mayfly-stderr=one\ntwo\n",
                        "mayfly-app=shop",
                        "mayfly-function=on-order",
                        "mayfly-revision=7",
                        "mayfly-source-topic=orders",
                        "mayfly-source-partition=3",
                        "mayfly-source-offset=9000000000",
                        "mayfly-source-timestamp=1700000000123",
                        "mayfly-failed-at=2026-11-29T20:00:00Z",
                        "mayfly-request-id=r1");
    }

    @Test
    @Tag("kafka.dead-letter")
    void aTombstoneWithoutAKeyStaysOne() {
        ProducerRecord<byte[], byte[]> letter =
                letter(TestRecord.some().key(null).value(null), failure("e", List.of()));
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    @Tag("kafka.dead-letter")
    @Tag("limit:DeadLetterRecord.MOST_TEXT")
    void ofStandardErrorTheLastFourKiBAreKept() {
        List<String> lines =
                Stream.iterate(0, i -> i + 1).limit(1000).map("%07d"::formatted).toList();
        assertThat(evidence(failure("e", lines), Evidence.STDERR))
                .hasSize(4096)
                .startsWith("0000488\n")
                .endsWith("0000999\n");
        assertThat(evidence(failure("e", List.of("a", "é".repeat(3000))), Evidence.STDERR))
                .isEqualTo("é".repeat(2047) + "\n");
        assertThat(evidence(failure("e".repeat(4095) + "é", List.of()), Evidence.ERROR))
                .isEqualTo("e".repeat(4095));
    }
}
