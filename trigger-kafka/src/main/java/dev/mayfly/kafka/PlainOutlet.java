package dev.mayfly.kafka;

import java.time.Duration;
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
    private int underWay;
    private String missingTopic = "";
    private @Nullable Exception missing;
    private long missingUntil;

    PlainOutlet(Wiring wiring, Supplier<Producer<byte[], byte[]>> maker) {
        this.wiring = wiring;
        this.maker = maker;
    }

    // The callback is told all that the future would tell.
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void write(Slot slot, Endings endings) {
        underWay++;
        Sending sending = new Sending(slot, endings);
        Exception known = missing(slot.outgoing().topic());
        if (known != null) {
            sending.onCompletion(null, known);
            return;
        }
        long began = System.nanoTime();
        try {
            producer().send(slot.outgoing(), sending);
        } catch (KafkaException | IllegalStateException e) {
            sending.onCompletion(null, e);
        }
        if (sending.failure != null && System.nanoTime() - began > WAITED_NANOS) {
            missingTopic = slot.outgoing().topic();
            missing = sending.failure;
            missingUntil = System.nanoTime() + REMEMBERED_NANOS;
        }
    }

    private @Nullable Exception missing(String topic) {
        if (missing != null && System.nanoTime() - missingUntil > 0) {
            missing = null;
        }
        return missing != null && missingTopic.equals(topic) ? missing : null;
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = maker.get();
        }
        return producer;
    }

    /** One write on its way; the note of what came of it. */
    private final class Sending extends Note implements Callback {
        private final Slot slot;
        private final Endings endings;
        private volatile @Nullable Exception failure;

        Sending(Slot slot, Endings endings) {
            this.slot = slot;
            this.endings = endings;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            failure = exception;
            wiring.inbox().put(this, false);
        }

        @Override
        void arrived() {
            underWay--;
            Exception e = failure;
            if (e == null) {
                slot.outgoing = null;
                endings.written(slot);
            } else if (WriteFailure.refusal(e).isPresent()) {
                endings.refused(slot, WriteFailure.refusal(e).get());
            } else {
                if (WriteFailure.breaksProducer(e)) {
                    close();
                }
                int tries = slot.failedWrites + 1;
                endings.notWritten(slot, wiring.backoff().nanos(FIRST_PAUSE, LONGEST_PAUSE, tries));
            }
        }
    }

    @Override
    public int underWay() {
        return underWay;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_LIMIT);
            producer = null;
        }
    }
}
