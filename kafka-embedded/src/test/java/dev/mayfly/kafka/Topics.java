package dev.mayfly.kafka;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** What a test does with a broker beside the trigger: makes topics, writes and reads them. */
final class Topics implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Clients clients;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<?>> sent = new ArrayList<>();

    Topics(String address) {
        clients = new Clients(Stage.settings(address, Duration.ofSeconds(1)));
        admin = Admin.create(clients.admin());
        producer = new KafkaProducer<>(clients.producer());
    }

    /** Makes it, and waits until each partition has a leader. */
    String make(String name, int partitions) throws Exception {
        return make(name, partitions, Map.of());
    }

    String make(String name, int partitions, Map<String, String> config) throws Exception {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
        admin.createTopics(List.of(topic)).all().get();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        partitions(name, partitions).forEach(id -> ends.put(id, OffsetSpec.latest()));
        await().atMost(LIMIT)
                .ignoreExceptionsMatching(ExecutionException.class::isInstance)
                .until(() -> admin.listOffsets(ends).all().get().size() == partitions);
        return name;
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(i -> new TopicPartition(topic, i)).toList();
    }

    void send(String topic, @Nullable String key, @Nullable String value) {
        sent.add(producer.send(new ProducerRecord<>(topic, bytes(key), bytes(value))));
    }

    void send(String topic, int partition, @Nullable String key, @Nullable String value) {
        sent.add(producer.send(new ProducerRecord<>(topic, partition, bytes(key), bytes(value))));
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        sent.add(producer.send(record));
    }

    /** Waits until all that was sent is written. */
    void flush() throws Exception {
        producer.flush();
        for (Future<?> each : sent) {
            each.get();
        }
        sent.clear();
    }

    void write(String topic, @Nullable String key, @Nullable String... values) throws Exception {
        for (String value : values) {
            send(topic, key, value);
        }
        flush();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads a topic's committed records from its beginning until there are {@code count}. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        return read(topic, (all, _) -> all.size() >= count);
    }

    /** A topic's committed records, as far as there are any now. */
    List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        return read(topic, (_, consumer) -> isAtItsEnd(consumer));
    }

    private static boolean isAtItsEnd(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private List<ConsumerRecord<byte[], byte[]>> read(
            String topic,
            BiPredicate<List<ConsumerRecord<byte[], byte[]>>, KafkaConsumer<byte[], byte[]>> over) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(clients.looker())) {
            List<TopicPartition> ids =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(ids);
            consumer.seekToBeginning(ids);
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!over.test(all, consumer)) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError(topic + " has " + all.size() + ", too few");
                }
            }
        }
        return all;
    }

    /** From now on nobody may write to it. */
    void forbidWriting(String topic) throws Exception {
        ResourcePattern it = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        admin.createAcls(
                        List.of(
                                new AclBinding(it, all(AclOperation.ALL, AclPermissionType.ALLOW)),
                                new AclBinding(
                                        it, all(AclOperation.WRITE, AclPermissionType.DENY))))
                .all()
                .get();
    }

    private static AccessControlEntry all(AclOperation operation, AclPermissionType permission) {
        return new AccessControlEntry("User:*", "*", operation, permission);
    }

    /** The values of what is read, in order. */
    List<String> values(String topic, int count) {
        return read(topic, count).stream().map(each -> text(each.value())).toList();
    }

    /** The offset that the group has committed; -1 without one. */
    long committed(String group, String topic, int partition) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        return Optional.ofNullable(offsets.get(new TopicPartition(topic, partition)))
                .map(OffsetAndMetadata::offset)
                .orElse(-1L);
    }

    /** The sum of a group's committed offsets. */
    long committed(String group) throws InterruptedException {
        try {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
