package dev.mayfly.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits offsets of all partitions together, one commit under way at a time: what is finished
 * meanwhile goes with the next. A commit that fails is of no consequence, for the next says more.
 */
final class OffsetCommits implements Commits {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Wiring wiring;
    private boolean underWay;
    private boolean waits;
    private long dueNanos;
    private int failures;

    OffsetCommits(Consumer<byte[], byte[]> consumer, Wiring wiring) {
        this.consumer = consumer;
        this.wiring = wiring;
    }

    @Override
    public void look(List<PartitionWindow> windows, Endings endings, long now) {
        if (underWay) {
            return;
        }
        boolean some = false;
        boolean much = false;
        for (PartitionWindow window : windows) {
            some |= window.uncommitted() > 0;
            much |= Commits.isMuch(window);
        }
        if (!some) {
            waits = false;
        } else if (!waits) {
            waits = true;
            dueNanos = now + LONGEST_WAIT_NANOS;
        }
        if (some && ((much && failures == 0) || dueNanos - now <= 0)) {
            begin(marks(windows));
        }
    }

    private static List<Mark> marks(List<PartitionWindow> windows) {
        List<Mark> marks = new ArrayList<>(windows.size());
        for (PartitionWindow window : windows) {
            if (window.uncommitted() > 0) {
                marks.add(window.mark());
            }
        }
        return marks;
    }

    private void begin(List<Mark> marks) {
        underWay = true;
        waits = false;
        consumer.commitAsync(offsets(marks), (_, failure) -> ended(marks, failure));
    }

    private void ended(List<Mark> marks, @Nullable Exception failure) {
        underWay = false;
        if (failure == null) {
            failures = 0;
            marks.forEach(Mark::reached);
        } else {
            failures++;
            waits = true;
            dueNanos =
                    System.nanoTime()
                            + wiring.backoff().nanos(FIRST_PAUSE, LONGEST_PAUSE, failures);
            LOG.debug("{}: a commit failed", wiring.name(), failure);
        }
    }

    /**
     * Where a partition has nothing left that is held, all up to the consumer's position is
     * committed: marks of transactions, which are no records, would look like a lag for ever.
     */
    private Map<TopicPartition, OffsetAndMetadata> offsets(List<Mark> marks) {
        Map<TopicPartition, OffsetAndMetadata> offsets = HashMap.newHashMap(marks.size());
        for (Mark mark : marks) {
            long offset = mark.offset();
            if (mark.window().heldRecords() == 0) {
                offset = Math.max(offset, position(mark.window().id()));
            }
            offsets.put(mark.window().id(), new OffsetAndMetadata(offset));
        }
        return offsets;
    }

    private long position(TopicPartition id) {
        try {
            return consumer.position(id, Duration.ZERO);
        } catch (TimeoutException | WakeupException | IllegalStateException e) {
            LOG.trace("{}: the position of {} is not known now", wiring.name(), id, e);
            return -1;
        }
    }

    @Override
    public long pause(long now, long otherwise) {
        return waits && !underWay ? Math.min(otherwise, dueNanos - now) : otherwise;
    }

    @Override
    public void flush(List<PartitionWindow> windows, Endings endings) {
        List<Mark> marks = marks(windows);
        if (marks.isEmpty()) {
            return;
        }
        try {
            Awake.call(() -> consumer.commitSync(offsets(marks), FLUSH_LIMIT));
            marks.forEach(Mark::reached);
        } catch (KafkaException e) {
            LOG.warn(
                    "{}: what was done last could not be committed and will be done again: {}",
                    wiring.name(),
                    e.toString());
        }
    }

    @Override
    public void close() {
        // The consumer is not its own.
    }
}
