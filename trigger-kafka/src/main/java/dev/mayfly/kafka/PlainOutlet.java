package dev.mayfly.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Writes at once, with a producer of the subscription's own that is made for the first write.
 *
 * <p>A send waits when its topic is not known yet, for as long as the producer may block. So that a
 * topic which is not there does not cost that for every record, its name is remembered for a while
 * and records for it fail at once.
 *
 * <p>What could not be written is written by itself then, one record after the other: a producer
 * never splits a small record from one that is too large for its topic (seen on 4.3.1), so as long
 * as they are together nobody learns which one is refused.
 */
final class PlainOutlet implements Outlet {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A send that took longer waited for its topic. */
    private static final long WAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Wiring wiring;
    private final Supplier<Producer<byte[], byte[]>> maker;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Has one record at most at any time. */
    private @Nullable Producer<byte[], byte[]> single;

    private final Deque<Sending> singles = new ArrayDeque<>();
    private boolean singleUnderWay;
    private int underWay;
    private String missingTopic = "";
    private @Nullable Exception missing;
    private long missingUntil;

    PlainOutlet(Wiring wiring, Supplier<Producer<byte[], byte[]>> maker) {
        this.wiring = wiring;
        this.maker = maker;
    }

    @Override
    public void write(Slot slot, Endings endings) {
        underWay++;
        Sending sending = new Sending(slot, endings, slot.failedWrites > 0);
        if (sending.alone) {
            singles.addLast(sending);
            sendSingle();
        } else {
            send(sending);
        }
    }

    private void sendSingle() {
        while (!singleUnderWay && !singles.isEmpty()) {
            Sending next = singles.removeFirst();
            if (next.slot.window.isAbandoned()) {
                underWay--;
            } else {
                singleUnderWay = true;
                send(next);
            }
        }
    }

    // The callback is told all that the future would tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(Sending sending) {
        Slot slot = sending.slot;
        Exception known = missing(slot.outgoing().topic());
        if (known != null) {
            sending.onCompletion(null, known);
            return;
        }
        long began = System.nanoTime();
        try {
            Producer<byte[], byte[]> by = sending.alone ? single() : producer();
            sending.by = by;
            by.send(slot.outgoing(), sending);
        } catch (KafkaException | IllegalStateException e) {
            sending.onCompletion(null, e);
        }
        if (sending.failure != null && System.nanoTime() - began > WAITED_NANOS) {
            missingTopic = slot.outgoing().topic();
            missing = sending.failure;
            missingUntil = System.nanoTime() + REMEMBERED_NANOS;
        }
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = maker.get();
        }
        return producer;
    }

    private Producer<byte[], byte[]> single() {
        if (single == null) {
            single = maker.get();
        }
        return single;
    }

    private @Nullable Exception missing(String topic) {
        if (missing != null && System.nanoTime() - missingUntil > 0) {
            missing = null;
        }
        return missing != null && missingTopic.equals(topic) ? missing : null;
    }

    /** One write on its way; the note of what came of it. */
    private final class Sending extends Note implements Callback {
        private final Slot slot;
        private final Endings endings;
        private volatile @Nullable Exception failure;
        private final boolean alone;
        private @Nullable Producer<byte[], byte[]> by;

        Sending(Slot slot, Endings endings, boolean alone) {
            this.slot = slot;
            this.endings = endings;
            this.alone = alone;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            failure = exception;
            wiring.inbox().put(this, false);
        }

        @Override
        void arrived() {
            underWay--;
            if (alone) {
                singleUnderWay = false;
            }
            ended();
            sendSingle();
        }

        private void ended() {
            Exception e = failure;
            if (e == null) {
                slot.outgoing = null;
                endings.written(slot);
            } else if (WriteFailure.refusal(e).isPresent()) {
                endings.refused(slot, WriteFailure.refusal(e).get());
            } else {
                if (WriteFailure.breaksProducer(e)) {
                    replace(by);
                }
                int tries = slot.failedWrites + 1;
                endings.notWritten(slot, wiring.backoff().nanos(FIRST_PAUSE, LONGEST_PAUSE, tries));
            }
        }
    }

    private void replace(@Nullable Producer<byte[], byte[]> broken) {
        if (broken != null && broken.equals(producer)) {
            broken.close(CLOSE_LIMIT);
            producer = null;
        } else if (broken != null && broken.equals(single)) {
            broken.close(CLOSE_LIMIT);
            single = null;
        }
    }

    @Override
    public int underWay() {
        return underWay;
    }

    @Override
    public void close() {
        replace(producer);
        replace(single);
    }
}
