package dev.mayfly.kafka;

import dev.mayfly.kafka.DeadLetter.Place;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Looks into dead-letter topics with clients that live for one call: nothing is kept, and no offset
 * of a group is touched.
 */
final class KafkaDeadLetters implements DeadLetters {
    /** Most records of one list. */
    static final int MOST_LISTED = 1_000;

    /** Most bytes of them, the first aside. */
    static final int MOST_LISTED_BYTES = 32 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final String REPLAYED_FROM = DeadLetterRecord.PREFIX + "replayed-from";

    private final Clients clients;

    KafkaDeadLetters(Clients clients) {
        this.clients = clients;
    }

    @Override
    public List<DeadLetter> list(String topic, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
        return looking(
                topic,
                consumer -> {
                    NewestRecords newest =
                            new NewestRecords(Math.min(limit, MOST_LISTED), MOST_LISTED_BYTES);
                    partitions(consumer, topic)
                            .forEach(partition -> newest.readFrom(log(consumer, partition)));
                    return newest.latestFirst().stream().map(LetterReader::read).toList();
                });
    }

    @Override
    public Optional<DeadLetter> show(Place place) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        return looking(
                place.topic(),
                consumer ->
                        partitions(consumer, place.topic()).contains(partition)
                                ? log(consumer, partition)
                                        .at(place.offset())
                                        .map(LetterReader::read)
                                : Optional.empty());
    }

    private static PartitionLog log(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return new PartitionLog(consumer, partition, System.nanoTime() + PATIENCE.toNanos());
    }

    /** {@return none of a topic that is not there yet} */
    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private <T> T looking(String topic, Function<KafkaConsumer<byte[], byte[]>, T> look) {
        KafkaConsumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(clients.looker());
            return look.apply(consumer);
        } catch (KafkaException e) {
            throw failed(topic, e);
        } finally {
            if (consumer != null) {
                consumer.close(CloseOptions.timeout(LEAVE));
            }
        }
    }

    @Override
    public Place replay(DeadLetter letter) {
        String topic = letter.evidence().get(Evidence.SOURCE_TOPIC.shown());
        if (topic == null) {
            String header = Evidence.SOURCE_TOPIC.header();
            throw failed(letter.at().topic(), new IOException("it has no header " + header));
        }
        Map<String, Object> config = clients.producer();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        KafkaProducer<byte[], byte[]> producer = null;
        try {
            producer = new KafkaProducer<>(config);
            return send(producer, topic, letter);
        } catch (KafkaException e) {
            throw failed(topic, e);
        } finally {
            if (producer != null) {
                producer.close(LEAVE);
            }
        }
    }

    private static Place send(
            KafkaProducer<byte[], byte[]> producer, String topic, DeadLetter letter) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic,
                        partition(letter, producer.partitionsFor(topic).size()),
                        null,
                        letter.key().map(KafkaDeadLetters::bytes).orElse(null),
                        letter.value().map(KafkaDeadLetters::bytes).orElse(null),
                        headers(letter));
        try {
            RecordMetadata sent =
                    producer.send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Place(sent.topic(), sent.partition(), sent.offset());
        } catch (ExecutionException e) {
            throw failed(topic, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failed(
                    topic, new IOException("no answer within " + PATIENCE.toSeconds() + " s", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted"));
        }
    }

    /** {@return where the record was before, so that it follows the others of its key} */
    private static @Nullable Integer partition(DeadLetter letter, int partitions) {
        String before = letter.evidence().get(Evidence.SOURCE_PARTITION.shown());
        if (before == null) {
            return null;
        }
        for (int i = 0; i < partitions; i++) {
            if (before.equals(Integer.toString(i))) {
                return i;
            }
        }
        return null;
    }

    private static List<Header> headers(DeadLetter letter) {
        List<Header> headers = new ArrayList<>();
        for (DeadLetter.Header header : letter.headers()) {
            if (!header.name().equals(REPLAYED_FROM)) {
                headers.add(new RecordHeader(header.name(), bytes(header.value())));
            }
        }
        Place at = letter.at();
        String from = at.topic() + "/" + at.partition() + "/" + at.offset();
        headers.add(new RecordHeader(REPLAYED_FROM, from.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static UncheckedIOException failed(String topic, Throwable cause) {
        String message = "topic " + topic + ": " + cause.getMessage();
        return new UncheckedIOException(new IOException(message, cause));
    }
}
