package dev.mayfly.kafka;

import dev.mayfly.kafka.PartitionWindow.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is finished without a gap, with all that it has to write, in one transaction: both
 * come to be or neither. On the loop's thread, which waits for it.
 *
 * <p>What became of a transaction whose commit was not answered is not guessed. Another producer of
 * the same id brings it to its end, one or the other, and then the group's offsets say which. A
 * member that lost its partitions cannot commit: the brokers compare its generation.
 */
final class Transactions implements Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Before a transaction that holds a record which the brokers refuse is tried again. */
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);

    private static final int FLUSH_TRIES = 3;

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Producer<byte[], byte[]>> maker;
    private final Wiring wiring;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Of transactions of which nobody knows whether they are committed. */
    private final List<Mark> doubtful = new ArrayList<>();

    /** Written on the producer's thread; the loop reads it when the transaction has failed. */
    private volatile @Nullable Refusal refusal;

    private boolean waits;
    private long dueNanos;
    private int failures;

    /**
     * @param maker makes producers of one transactional id
     */
    Transactions(
            Consumer<byte[], byte[]> consumer,
            Supplier<Producer<byte[], byte[]>> maker,
            Wiring wiring) {
        this.consumer = consumer;
        this.maker = maker;
        this.wiring = wiring;
    }

    @Override
    public void look(List<PartitionWindow> windows, long now) {
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
            commit(windows);
        }
    }

    /** Whether all that is finished is committed now. */
    private boolean commit(List<PartitionWindow> windows) {
        waits = false;
        List<Mark> marks = new ArrayList<>();
        try {
            Producer<byte[], byte[]> present = producer();
            resolveDoubts(windows);
            for (PartitionWindow window : windows) {
                if (window.uncommitted() > 0) {
                    marks.add(window.mark());
                }
            }
            if (!marks.isEmpty()) {
                transact(present, marks);
            }
        } catch (KafkaException | IllegalStateException e) {
            failed(e, marks);
            return false;
        }
        windows.forEach(window -> window.unwritable(""));
        failures = 0;
        return true;
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> present = producer;
        if (present == null) {
            present = maker.get();
            producer = present;
            present.initTransactions();
        }
        return present;
    }

    /** Asks the group how far it is where that is in doubt; nothing is under way any more. */
    private void resolveDoubts(List<PartitionWindow> windows) {
        doubtful.removeIf(mark -> !windows.contains(mark.window()));
        if (doubtful.isEmpty()) {
            return;
        }
        Set<TopicPartition> ids = new LinkedHashSet<>();
        doubtful.forEach(mark -> ids.add(mark.window().id()));
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        Awake.call(() -> committed.putAll(consumer.committed(ids, ASK_LIMIT)));
        for (Mark mark : doubtful) {
            OffsetAndMetadata there = committed.get(mark.window().id());
            if (there != null && there.offset() >= mark.offset()) {
                mark.reached();
            }
        }
        doubtful.clear();
    }

    // What a future would tell, the end of the transaction tells too.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void transact(Producer<byte[], byte[]> present, List<Mark> marks) {
        present.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Mark mark : marks) {
            for (Slot slot : mark.window().unwritten()) {
                present.send(slot.outgoing(), (_, failure) -> refused(mark.window(), failure));
            }
            offsets.put(mark.window().id(), new OffsetAndMetadata(mark.offset()));
        }
        present.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        doubtful.addAll(marks);
        present.commitTransaction();
        doubtful.removeAll(marks);
        marks.forEach(Mark::reached);
    }

    private record Refusal(PartitionWindow window, String reason) {}

    private void refused(PartitionWindow window, @Nullable Exception failure) {
        if (failure != null) {
            WriteFailure.refusal(failure)
                    .ifPresent(reason -> refusal = new Refusal(window, reason));
        }
    }

    private void failed(RuntimeException failure, List<Mark> marks) {
        failures++;
        long pause = wiring.backoff().nanos(FIRST_PAUSE, LONGEST_PAUSE, failures);
        Refusal refused = refusal;
        refusal = null;
        if (refused != null) {
            stop(refused);
            pause = REFUSED_PAUSE.toNanos();
        } else {
            LOG.warn("{}: a transaction failed: {}", wiring.name(), failure.toString());
        }
        waits = true;
        dueNanos = System.nanoTime() + pause;
        abort(marks);
    }

    private void stop(Refusal refused) {
        String reason = "what its records produce is refused: " + refused.reason();
        if (refused.window().stuck().isEmpty()) {
            LOG.error("{}: {} stops: {}", wiring.name(), refused.window().id(), reason);
        }
        refused.window().unwritable(reason);
    }

    /** A transaction in doubt is brought to its end by the next producer. */
    private void abort(List<Mark> marks) {
        Producer<byte[], byte[]> present = producer;
        boolean inDoubt = marks.stream().anyMatch(doubtful::contains);
        if (present == null || inDoubt) {
            close();
            return;
        }
        try {
            present.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("{}: a new producer takes over", wiring.name(), e);
            close();
        }
    }

    @Override
    public long pause(long now, long otherwise) {
        return waits ? Math.min(otherwise, dueNanos - now) : otherwise;
    }

    @Override
    public void flush(List<PartitionWindow> windows) {
        boolean some = windows.stream().anyMatch(window -> window.uncommitted() > 0);
        for (int tries = 0; some && tries < FLUSH_TRIES; tries++) {
            if (commit(windows)) {
                return;
            }
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_LIMIT);
            producer = null;
        }
    }
}
