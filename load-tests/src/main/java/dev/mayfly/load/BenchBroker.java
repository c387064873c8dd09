package dev.mayfly.load;

import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.BrokerOptions;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker of a measurement, in this process, and how everybody talks to it. */
final class BenchBroker implements AutoCloseable {
    static final int PARTITIONS = 8;

    private static final int FETCH_BYTES = 8 << 20;
    private static final int PARTITION_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 32 << 20;

    private final LocalBroker.Running broker;
    private final Admin admin;

    private BenchBroker(LocalBroker.Running broker) {
        this.broker = broker;
        admin = Admin.create(common());
    }

    static BenchBroker start(Path folder) throws IOException {
        return new BenchBroker(new EmbeddedBroker().start(folder, BrokerOptions.USUAL));
    }

    String address() {
        return broker.address();
    }

    /**
     * Makes topics whose records say when the broker appended them.
     *
     * @throws ExecutionException when the broker refuses
     */
    void makeTopics(List<String> names) throws ExecutionException, InterruptedException {
        Map<String, String> settings =
                Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        admin.createTopics(
                        names.stream()
                                .map(name ->
                                        new NewTopic(
                                                        name,
                                                        Optional.of(PARTITIONS),
                                                        Optional.empty())
                                                .configs(settings))
                                .toList())
                .all()
                .get();
        awaitLeaders(names);
    }

    /**
     * A topic is there before its partitions have a leader, and a producer that is early may have
     * its second batch taken and its first refused, for good.
     */
    private void awaitLeaders(List<String> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String topic : topics) {
            partitions(topic).forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        }
        while (!answered(ends)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private boolean answered(Map<TopicPartition, OffsetSpec> ends)
            throws ExecutionException, InterruptedException {
        try {
            return admin.listOffsets(ends).all().get().size() == ends.size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false; // made, but not told to the broker yet
            }
            throw e;
        }
    }

    static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
    }

    /** {@return the sum of what a group has committed} */
    long committed(String group) throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** What the product sets too. */
    Map<String, Object> producer() {
        Map<String, Object> config = common();
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        return config;
    }

    /** What the product sets too. */
    Map<String, Object> consumer(String group) {
        Map<String, Object> config = reader();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return config;
    }

    Map<String, Object> reader() {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        return config;
    }

    private Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", broker.address());
        return config;
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
