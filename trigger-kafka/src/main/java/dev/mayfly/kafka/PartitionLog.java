package dev.mayfly.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One partition, read here and there; the consumer is its own while it is used. What is asked for
 * and not there any more, or never was, is passed over.
 */
final class PartitionLog {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long deadline;
    private final long begin;
    private final long end;

    /**
     * Asks where it begins and ends.
     *
     * @param deadline as {@link System#nanoTime()}, after which reading fails
     */
    PartitionLog(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long deadline) {
        this.consumer = consumer;
        this.partition = partition;
        this.deadline = deadline;
        List<TopicPartition> asked = List.of(partition);
        consumer.assign(asked);
        begin = offset(consumer.beginningOffsets(asked).get(partition));
        end = offset(consumer.endOffsets(asked).get(partition));
    }

    private static long offset(@Nullable Long told) {
        return Objects.requireNonNull(told);
    }

    /** {@return the offset of the first record} */
    long begin() {
        return begin;
    }

    /** {@return the offset behind the last record that is committed} */
    long end() {
        return end;
    }

    /** {@return the record there} */
    Optional<ConsumerRecord<byte[], byte[]>> at(long offset) {
        Holder found = new Holder();
        if (offset >= begin && offset < end) {
            read(offset, offset + 1, found);
        }
        return found.record;
    }

    private static final class Holder implements Consumer<ConsumerRecord<byte[], byte[]>> {
        private Optional<ConsumerRecord<byte[], byte[]>> record = Optional.empty();

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> found) {
            record = Optional.of(found);
        }
    }

    /**
     * Reads all from {@code from} on, before {@code to}.
     *
     * @throws TimeoutException when the deadline passes
     */
    void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        consumer.seek(partition, from);
        try {
            while (consumer.position(partition) < to) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("the brokers took too long to send its records");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < to) {
                        taker.accept(record);
                    }
                }
            }
        } catch (InvalidOffsetException e) {
            // Deleted since its beginning was asked for: there is nothing to read.
            consumer.seek(partition, to);
        }
    }
}
