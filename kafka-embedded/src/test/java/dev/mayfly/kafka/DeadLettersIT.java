package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.kafka.DeadLetter.Place;
import dev.mayfly.pool.FunctionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Dead letters on a real broker of each kind: written, listed, shown, replayed. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // the broker is a parameter
final class DeadLettersIT {
    @Parameter private Broker broker;

    private Stage stage;

    // Not long ago: a record of 1970 is deleted by the topic's retention.
    private final long begin = System.currentTimeMillis() - 60_000;

    @BeforeEach
    void open() throws Exception {
        broker.assumeThere();
        stage = Stage.shared(broker);
    }

    private Clients clients() {
        return clients(stage.address());
    }

    private static Clients clients(String address) {
        return new Clients(Stage.settings(address, Duration.ofSeconds(1)));
    }

    private DeadLetters letters() {
        return new KafkaDeadLetters(clients());
    }

    private String topic(String name, int partitions) throws Exception {
        try (Topics topics = new Topics(stage.address())) {
            return topics.make(name, partitions);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Optional<ByteBuffer> bytes) {
        return bytes.map(each -> StandardCharsets.UTF_8.decode(each.duplicate()).toString())
                .orElse("null");
    }

    private static ConsumerRecord<byte[], byte[]> failed(
            String topic, int partition, long offset, @Nullable String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("tenant", bytes("a"));
        headers.add("tenant", bytes("b"));
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                1_700_000_000_000L,
                TimestampType.CREATE_TIME,
                0,
                0,
                bytes("key"),
                value == null ? null : bytes(value),
                headers,
                Optional.empty());
    }

    private static ProducerRecord<byte[], byte[]> letter(
            String topic, ConsumerRecord<byte[], byte[]> record) {
        Failure failure =
                new Failure(
                        "exited with code 3",
                        5,
                        OptionalInt.of(3),
                        List.of("no such customer"),
                        new FunctionId("shop", 7, "on-order"),
                        "r1",
                        Instant.parse("2026-11-29T20:00:00Z"));
        return DeadLetterRecord.of(topic, record, failure);
    }

    private static ProducerRecord<byte[], byte[]> to(
            int partition, long time, ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(
                record.topic(), partition, time, record.key(), record.value(), record.headers());
    }

    @Test
    @Tag("kafka.dead-letter")
    void aDeadLetterIsShownWithItsEvidenceAndReplayedToWhereItCameFrom() throws Exception {
        String parcels = topic("parcels", 4);
        String dlq = topic("parcels.dlq", 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients().producer())) {
            producer.send(letter(dlq, failed(parcels, 2, 42, "one"))).get();
        }
        DeadLetter letter = letters().list(dlq, 10).getFirst();
        assertThat(letter.at()).isEqualTo(new Place(dlq, 0, 0));
        assertThat(letters().show(letter.at())).contains(letter);
        assertThat(text(letter.key())).isEqualTo("key");
        assertThat(text(letter.value())).isEqualTo("one");
        assertThat(letter.headers())
                .extracting(DeadLetter.Header::name)
                .containsExactly("tenant", "tenant");
        assertThat(letter.evidence())
                .containsEntry("error", "exited with code 3")
                .containsEntry("stderr", "no such customer\n")
                .containsEntry("source-offset", "42")
                .hasSize(Evidence.values().length);

        Place replayed = letters().replay(letter);
        assertThat(replayed).isEqualTo(new Place(parcels, 2, 0));
        DeadLetter again = letters().show(replayed).orElseThrow();
        assertThat(text(again.value())).isEqualTo("one");
        assertThat(again.evidence()).isEmpty();
        assertThat(again.headers())
                .extracting(each -> each.name() + "=" + text(Optional.of(each.value())))
                .containsExactly("tenant=a", "tenant=b", "mayfly-replayed-from=parcels.dlq/0/0");
        assertThat(letters().list(dlq, 10)).hasSize(1);
    }

    @Test
    void aTombstoneStaysOneAndARecordReplayedAgainNamesItsLastDeadLetter() throws Exception {
        String source = topic("stones", 1);
        String dlq = topic("stones.dlq", 1);
        ConsumerRecord<byte[], byte[]> record = failed(source, 0, 1, null);
        record.headers().add("mayfly-replayed-from", bytes("stones.dlq/0/77"));
        record.headers().add("mayfly-error", bytes("somebody's own"));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients().producer())) {
            producer.send(letter(dlq, record)).get();
        }
        DeadLetter letter = letters().list(dlq, 1).getFirst();
        assertThat(letter.value()).isEmpty();
        assertThat(letter.evidence()).containsEntry("error", "exited with code 3");
        DeadLetter again = letters().show(letters().replay(letter)).orElseThrow();
        assertThat(again.value()).isEmpty();
        assertThat(again.headers())
                .extracting(each -> each.name() + "=" + text(Optional.of(each.value())))
                .containsExactly(
                        "tenant=a",
                        "tenant=b",
                        "mayfly-error=somebody's own",
                        "mayfly-replayed-from=stones.dlq/0/0");
    }

    @Test
    @Tag("limit:KafkaDeadLetters.MOST_LISTED")
    void theNewestOfAllPartitionsComeFirstAlsoAcrossTheGapsThatTransactionsLeave()
            throws Exception {
        String dlq = topic("many.dlq", 3);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clients().transactional("many"))) {
            producer.initTransactions();
            for (int i = 0; i < 30; i++) {
                ProducerRecord<byte[], byte[]> record = letter(dlq, failed("t", 0, i, "v" + i));
                producer.beginTransaction();
                Future<RecordMetadata> _ = producer.send(to(i % 3, begin + i, record));
                producer.commitTransaction();
                producer.beginTransaction();
                Future<RecordMetadata> _ = producer.send(to(i % 3, begin + 100, record));
                producer.abortTransaction();
            }
        }
        List<DeadLetter> newest = letters().list(dlq, 7);
        assertThat(newest)
                .extracting(each -> text(each.value()))
                .containsExactly("v29", "v28", "v27", "v26", "v25", "v24", "v23");
        assertThat(letters().list(dlq, Integer.MAX_VALUE)).hasSize(30);
        assertThat(letters().list(dlq, 30)).hasSize(30);
        long marker = newest.getFirst().at().offset() + 1;
        assertThat(letters().show(new Place(dlq, 29 % 3, marker))).isEmpty();
    }

    @Test
    @Tag("limit:KafkaDeadLetters.MOST_LISTED_BYTES")
    void aListHoldsNoMoreThan32MiB() throws Exception {
        String dlq = topic("large.dlq", 1);
        String value = "x".repeat(1_000_000);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients().producer())) {
            for (int i = 0; i < 40; i++) {
                producer.send(to(0, begin + i, letter(dlq, failed("t", 0, i, value)))).get();
            }
        }
        List<DeadLetter> listed = letters().list(dlq, 40);
        assertThat(listed).hasSize(33);
        assertThat(listed.getFirst().at().offset()).isEqualTo(39);
    }

    @Test
    void whatIsNotThereIsNotShown() throws Exception {
        String dlq = topic("few.dlq", 1);
        assertThat(letters().list(dlq, 5)).isEmpty();
        assertThat(letters().list("no-such-topic", 5)).isEmpty();
        assertThat(letters().show(new Place("no-such-topic", 0, 0))).isEmpty();
        assertThat(letters().show(new Place(dlq, 0, 0))).isEmpty();
        assertThat(letters().show(new Place(dlq, 0, -1))).isEmpty();
        assertThat(letters().show(new Place(dlq, 1, 0))).isEmpty();
    }

    @Test
    void aRecordWithoutEvidenceIsNotReplayed() throws Exception {
        String plain = topic("plain", 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients().producer())) {
            producer.send(new ProducerRecord<>(plain, bytes("v"))).get();
        }
        DeadLetter record = letters().list(plain, 1).getFirst();
        assertThatThrownBy(() -> letters().replay(record))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("topic plain: it has no header mayfly-source-topic");
    }

    @Test
    void brokersThatDoNotAnswerAreSaidNotTo() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        DeadLetters gone = new KafkaDeadLetters(clients("127.0.0.1:" + nobody));
        assertThatThrownBy(() -> gone.list("parcels.dlq", 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("topic parcels.dlq: ");
    }
}
