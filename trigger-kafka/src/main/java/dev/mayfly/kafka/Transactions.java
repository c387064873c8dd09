package dev.mayfly.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
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

    /** In one transaction that writes each record by itself, which takes milliseconds for each. */
    private static final int MOST_ALONE = 512;

    private static final Duration ALONE_LIMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Producer<byte[], byte[]>> maker;
    private final Wiring wiring;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Of transactions of which nobody knows whether they are committed. */
    private final List<Mark> doubtful = new ArrayList<>();

    /** The first one; told by the producer, and read when its transaction is aborted. */
    private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();

    /** Until then partitions whose records the brokers refuse are left out. */
    private long refusedUntil = System.nanoTime();

    private boolean waits;
    private long dueNanos;
    private int failures;

    /**
     * Whether each record is written by itself. A producer splits a batch that is too large for its
     * topic, but never a small record from the large one it is with (seen on 4.3.1): it tries again
     * and again, and nobody learns which record is refused.
     */
    private boolean alone;

    /** Which partition is the first of a transaction. */
    private int turn;

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
    public void look(List<PartitionWindow> windows, Endings endings, long now) {
        boolean some = false;
        boolean much = false;
        for (PartitionWindow window : windows) {
            boolean tried = window.uncommitted() > 0 && mayBeTried(window);
            some |= tried;
            much |= tried && Commits.isMuch(window);
        }
        if (!some) {
            waits = false;
        } else if (!waits) {
            waits = true;
            dueNanos = now + LONGEST_WAIT_NANOS;
        }
        if (some && ((much && failures == 0) || dueNanos - now <= 0)) {
            commit(windows, endings);
        }
    }

    /** Whether all that is finished, and may be tried, is committed now. */
    private boolean commit(List<PartitionWindow> windows, Endings endings) {
        waits = false;
        List<Mark> marks = new ArrayList<>();
        try {
            Producer<byte[], byte[]> present = producer();
            resolveDoubts(windows, endings);
            choose(windows, marks);
            if (!marks.isEmpty()) {
                transact(present, marks, endings);
            }
        } catch (KafkaException | IllegalStateException e) {
            failed(e, marks, endings);
            return false;
        }
        marks.forEach(mark -> mark.window().unwritable(""));
        failures = 0;
        alone = false;
        return true;
    }

    private void choose(List<PartitionWindow> windows, List<Mark> marks) {
        turn++;
        long records = 0;
        for (int i = 0; i < windows.size() && (!alone || records < MOST_ALONE); i++) {
            PartitionWindow window = windows.get((turn + i) % windows.size());
            if (window.uncommitted() > 0 && mayBeTried(window)) {
                marks.add(window.mark());
                records += window.uncommitted();
            }
        }
    }

    private boolean mayBeTried(PartitionWindow window) {
        return !window.isUnwritable() || System.nanoTime() - refusedUntil >= 0;
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
    private void resolveDoubts(List<PartitionWindow> windows, Endings endings) {
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
                reached(mark, endings);
            }
        }
        doubtful.clear();
    }

    private void transact(Producer<byte[], byte[]> present, List<Mark> marks, Endings endings) {
        present.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Mark mark : marks) {
            for (Slot slot : mark.window().unwritten()) {
                if (slot.outgoing != null) {
                    var sent = present.send(slot.outgoing, (_, failure) -> told(slot, failure));
                    if (alone) {
                        await(sent);
                    }
                }
            }
            offsets.put(mark.window().id(), new OffsetAndMetadata(mark.offset()));
        }
        present.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        doubtful.addAll(marks);
        present.commitTransaction();
        doubtful.removeAll(marks);
        marks.forEach(mark -> reached(mark, endings));
    }

    /** Otherwise what it would tell, the end of the transaction tells too. */
    private static void await(Future<?> sent) {
        try {
            sent.get(ALONE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("a record was not written within " + ALONE_LIMIT, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void reached(Mark mark, Endings endings) {
        for (Slot slot : mark.window().unwritten()) {
            if (slot.count < mark.count()) {
                endings.committed(slot);
            }
        }
        mark.reached();
    }

    /** A record that the brokers do not take, which fails the transaction it is in. */
    private record Refusal(Slot slot, String reason) {}

    /** On the producer's thread, or on the loop's. */
    private void told(Slot slot, @Nullable Exception failure) {
        if (failure != null) {
            WriteFailure.refusal(failure)
                    .ifPresent(reason -> refusal.compareAndSet(null, new Refusal(slot, reason)));
        }
    }

    /** What was refused is known for certain only when all that was sent is over. */
    private void failed(RuntimeException failure, List<Mark> marks, Endings endings) {
        abort(marks);
        waits = true;
        Refusal refused = refusal.getAndSet(null);
        if (refused != null) {
            endings.refusedInTransaction(refused.slot(), refused.reason());
            dueNanos = System.nanoTime();
            if (refused.slot().window.isUnwritable()) {
                refusedUntil = dueNanos + REFUSED_PAUSE.toNanos();
            }
        } else {
            LOG.warn("{}: a transaction failed: {}", wiring.name(), failure.toString());
            failures++;
            alone = true;
            long pause = wiring.backoff().nanos(FIRST_PAUSE, LONGEST_PAUSE, failures);
            dueNanos = System.nanoTime() + pause;
        }
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
    public void flush(List<PartitionWindow> windows, Endings endings) {
        boolean some = windows.stream().anyMatch(window -> window.uncommitted() > 0);
        for (int tries = 0; some && tries < FLUSH_TRIES; tries++) {
            if (commit(windows, endings)) {
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
