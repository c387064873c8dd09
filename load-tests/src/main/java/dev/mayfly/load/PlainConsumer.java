package dev.mayfly.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * What somebody would write who wants the same promise and no functions: a thread that polls, works
 * and sends, and commits a batch when the broker has all of its answers. It does not wait for them:
 * the next batch is under way by then.
 */
final class PlainConsumer implements Contestant {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final BenchBroker broker;

    PlainConsumer(BenchBroker broker) {
        this.broker = broker;
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public AutoCloseable begin(List<String> inputs, String output, String group) throws Exception {
        Loop loop =
                new Loop(
                        new KafkaConsumer<>(broker.consumer(group)),
                        new KafkaProducer<>(broker.producer()),
                        output);
        loop.consumer.subscribe(inputs);
        Thread thread = Thread.ofPlatform().name("plain-consumer").start(loop);
        loop.member.get();
        return () -> {
            loop.consumer.wakeup();
            thread.join();
        };
    }

    /**
     * Records of one poll.
     *
     * @param next where a restart begins once they are done
     * @param open answers that the broker does not have yet
     */
    private record Batch(Map<TopicPartition, OffsetAndMetadata> next, AtomicInteger open) {}

    private static final class Loop implements Runnable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final KafkaProducer<byte[], byte[]> producer;
        private final String output;
        private final OrderWork work = new OrderWork();
        private final ArrayDeque<Batch> batches = new ArrayDeque<>();
        private final CompletableFuture<Boolean> member = new CompletableFuture<>();

        private Loop(
                KafkaConsumer<byte[], byte[]> consumer,
                KafkaProducer<byte[], byte[]> producer,
                String output) {
            this.consumer = consumer;
            this.producer = producer;
            this.output = output;
        }

        @Override
        public void run() {
            try (consumer;
                    producer) {
                turn();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void turn() throws IOException {
            try {
                while (true) {
                    ConsumerRecords<byte[], byte[]> records = consumer.poll(PATIENCE);
                    if (!consumer.assignment().isEmpty()) {
                        member.complete(true);
                    }
                    take(records);
                    settle();
                }
            } catch (WakeupException _) {
                producer.flush();
                settle();
                consumer.commitSync();
            }
        }

        // The callback is told all that the future would tell.
        @SuppressWarnings("FutureReturnValueIgnored")
        private void take(ConsumerRecords<byte[], byte[]> records) throws IOException {
            if (records.isEmpty()) {
                return;
            }
            Batch batch =
                    new Batch(
                            new HashMap<>(records.nextOffsets()),
                            new AtomicInteger(records.count()));
            batches.add(batch);
            for (ConsumerRecord<byte[], byte[]> each : records) {
                producer.send(
                        new ProducerRecord<>(output, each.key(), work.answer(each.value())),
                        (_, failure) -> {
                            if (failure == null) {
                                batch.open.decrementAndGet();
                            } // else it stays open for ever, and the measurement says what is lost
                        });
            }
        }

        /** Commits what is done from the front on. */
        private void settle() {
            Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
            while (!batches.isEmpty() && batches.getFirst().open.get() == 0) {
                done.putAll(batches.removeFirst().next);
            }
            if (!done.isEmpty()) {
                consumer.commitAsync(done, null);
            }
        }
    }
}
