package dev.mayfly.kafka.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.kafka.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, over real sockets. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class EmbeddedBrokerIT {
    @TempDir Path folder;

    @Test
    void itIsFoundByServiceLoaderAndKeepsWhatIsProducedOverARestartAtTheSameAddress()
            throws Exception {
        LocalBroker broker = ServiceLoader.load(LocalBroker.class).findFirst().orElseThrow();
        String address;
        try (LocalBroker.Running running = broker.start(folder)) {
            address = running.address();
            produce(plain(address), "orders", "one", "two");
            assertThat(consume(plain(address), "orders", 1)).containsExactly("one");
        }
        try (LocalBroker.Running running = broker.start(folder)) {
            assertThat(running.address()).isEqualTo(address);
            produce(plain(address), "orders", "three");
            assertThat(consume(plain(address), "orders", 2)).containsExactly("two", "three");
        }
    }

    @Test
    void topicsThatSomebodyNamesGetAsManyPartitionsAsWereAskedForAndTransactionsCommit()
            throws Exception {
        BrokerOptions options = BrokerOptions.USUAL.withPartitions(3);
        try (LocalBroker.Running running = new EmbeddedBroker().start(folder, options)) {
            Map<String, Object> settings = plain(running.address());
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "t");
            settings.put(ConsumerConfig.GROUP_ID_CONFIG, "g");
            try (KafkaProducer<String, String> producer = producer(settings);
                    KafkaConsumer<String, String> member = consumer(settings)) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("out", "k", "aborted")).get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("out", "k", "committed")).get();
                producer.sendOffsetsToTransaction(
                        Map.of(new TopicPartition("out", 0), new OffsetAndMetadata(7)),
                        member.groupMetadata());
                producer.commitTransaction();
            }
            assertThat(consume(plain(running.address()), "out", 1)).containsExactly("committed");
            try (Admin admin = Admin.create(plain(running.address()))) {
                assertThat(admin.describeTopics(List.of("out")).allTopicNames().get())
                        .hasValueSatisfying(
                                new Condition<>(
                                        topic -> topic.partitions().size() == 3, "3 partitions"));
                assertThat(
                                admin.listConsumerGroupOffsets("g")
                                        .partitionsToOffsetAndMetadata()
                                        .get())
                        .containsEntry(new TopicPartition("out", 0), new OffsetAndMetadata(7));
            }
        }
    }

    @Test
    void aBrokerWithACertificateAndPasswordsLetsInWhoHasBoth() throws Exception {
        try (SecureBroker secure = SecureBroker.start(folder)) {
            produce(secure.client("alice", "secret"), "orders", "one");
            assertThat(consume(secure.client("alice", "secret"), "orders", 1))
                    .containsExactly("one");
            assertThatThrownBy(() -> produce(secure.client("alice", "wrong"), "orders", "two"))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("uthentication");
        }
    }

    @Test
    void aFolderThatIsInUseIsRefused() throws Exception {
        try (LocalBroker.Running _ = new EmbeddedBroker().start(folder)) {
            assertThatThrownBy(() -> new EmbeddedBroker().start(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another Kafka broker");
        }
        assertThat(Files.exists(folder.resolve("ports"))).isTrue();
    }

    private static Map<String, Object> plain(String address) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        return settings;
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static void produce(Map<String, Object> settings, String topic, String... values)
            throws ExecutionException, InterruptedException {
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
        try (KafkaProducer<String, String> producer = producer(settings)) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, "k", value)).get();
            }
        }
    }

    /** The next ones of the group, whose offsets are committed then. */
    private static List<String> consume(Map<String, Object> settings, String topic, int count) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, "g-" + topic);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(all)) {
            consumer.subscribe(List.of(topic));
            while (values.size() < count) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(each.value());
                }
            }
            consumer.commitSync();
        }
        return values;
    }
}
