package dev.mayfly.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits where a group begins, before it begins. A group that starts with the newest record and
 * has no offset would, after a crash in its first record, start with what is newest then: records
 * would be lost. Belongs to the loop.
 */
final class FirstMarks {
    private static final Logger LOG = LoggerFactory.getLogger(FirstMarks.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Consumer<byte[], byte[]> consumer;
    private boolean missing;

    FirstMarks(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Finds out which partitions have no offset; who does not answer may have none. */
    void ask(List<PartitionWindow> come) {
        Set<TopicPartition> ids = new HashSet<>();
        come.forEach(window -> ids.add(window.id()));
        Map<TopicPartition, OffsetAndMetadata> there = new HashMap<>();
        try {
            Awake.call(() -> there.putAll(consumer.committed(ids, LIMIT)));
        } catch (KafkaException e) {
            LOG.debug("the offsets of {} are not known", ids, e);
        }
        for (PartitionWindow window : come) {
            OffsetAndMetadata offset = there.get(window.id());
            if (offset == null) {
                window.unmarked();
                missing = true;
            } else {
                window.marked(offset.offset());
            }
        }
    }

    void look(List<PartitionWindow> windows) {
        if (!missing) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        missing = false;
        for (PartitionWindow window : windows) {
            if (window.isUnmarked() && !window.leaving()) {
                missing = true;
                beginning(window).ifPresent(at -> offsets.put(window.id(), at));
            }
        }
        if (!offsets.isEmpty() && commit(offsets)) {
            for (PartitionWindow window : windows) {
                OffsetAndMetadata offset = offsets.get(window.id());
                if (offset != null) {
                    window.marked(offset.offset());
                }
            }
        }
    }

    private Optional<OffsetAndMetadata> beginning(PartitionWindow window) {
        long known = window.committedOffset();
        if (known >= 0) {
            return Optional.of(new OffsetAndMetadata(known));
        }
        try {
            return Optional.of(
                    new OffsetAndMetadata(consumer.position(window.id(), Duration.ZERO)));
        } catch (KafkaException e) {
            LOG.trace("the position of {} is not known yet", window.id(), e);
            return Optional.empty();
        }
    }

    private boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            Awake.call(() -> consumer.commitSync(offsets, LIMIT));
            return true;
        } catch (KafkaException e) {
            LOG.debug("where {} begin is not committed yet", offsets.keySet(), e);
            return false;
        }
    }

    /** Nanoseconds until it should look again, {@code otherwise} at most. */
    long pause(long otherwise) {
        return missing ? Math.min(otherwise, PAUSE_NANOS) : otherwise;
    }
}
