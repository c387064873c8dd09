package dev.mayfly.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Pauses partitions that hold enough, and goes on with them when they do not: what the pool does
 * not take stays with the brokers. Belongs to the loop.
 */
final class Flow {
    private static final long MOST_BYTES = 8 << 20;

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> pausing = new ArrayList<>();
    private final List<TopicPartition> resuming = new ArrayList<>();

    Flow(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void regulate(List<PartitionWindow> windows) {
        for (PartitionWindow window : windows) {
            boolean pause = window.paused ? !hasRoom(window) : isFull(window);
            if (pause != window.paused) {
                window.paused = pause;
                (pause ? pausing : resuming).add(window.id());
            }
        }
        if (!pausing.isEmpty()) {
            consumer.pause(pausing);
            pausing.clear();
        }
        if (!resuming.isEmpty()) {
            consumer.resume(resuming);
            resuming.clear();
        }
    }

    private static boolean isFull(PartitionWindow window) {
        return window.heldRecords() >= 2 * window.most()
                || window.heldBytes() >= MOST_BYTES
                || !window.stuck().isEmpty();
    }

    private static boolean hasRoom(PartitionWindow window) {
        return window.heldRecords() < window.most()
                && window.heldBytes() < MOST_BYTES / 2
                && window.stuck().isEmpty();
    }
}
