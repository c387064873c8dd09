package dev.mayfly.kafka;

import dev.mayfly.pool.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A record that a partition holds, from its poll until it is done. Belongs to the loop. */
final class Slot {
    /** Where a record is on its way. */
    enum Step {
        /** Another one of its key is before it. */
        BEHIND,
        /** May begin when the window has come so far. */
        READY,
        /** Runs, or its output is on its way. */
        BEGUN,
        /** Waits for another attempt. */
        WAITING,
        /** Failed for good; its partition stands still. */
        STUCK,
        /** Over. */
        DONE
    }

    final PartitionWindow window;

    /** The how-manyth record of its partition since that came here. */
    final long count;

    final long offset;
    final RecordKey key;
    final int bytes;

    Step step = Step.BEHIND;
    boolean everBegun;

    /** Attempts so far, with the one that runs. */
    int attempts;

    /** The next one of this key; the {@link PartitionWindow}'s. */
    @Nullable Slot follower;

    /** When it goes on, of {@link System#nanoTime}; while it is among the {@link Timers}. */
    long dueNanos;

    /** While it runs. */
    @Nullable Run run;

    /** What is to be written before it is done. */
    @Nullable ProducerRecord<byte[], byte[]> outgoing;

    /** The run that {@link #outgoing} comes from, for when that is refused. */
    @Nullable EventRun ranOn;

    /** Whether {@link #outgoing} is a dead letter. */
    boolean failedForGood;

    /** How often {@link #outgoing} could not be written. */
    int failedWrites;

    /** When its first attempt was submitted; 0 before. */
    long begunNanos;

    /** Its attempts, if its trace is recorded. */
    final List<EventAttempt> history = new ArrayList<>(0);

    private @Nullable EventIdentity identity;
    private @Nullable ConsumerRecord<byte[], byte[]> record;

    Slot(PartitionWindow window, long count, ConsumerRecord<byte[], byte[]> record) {
        this.window = window;
        this.count = count;
        this.record = record;
        offset = record.offset();
        key = RecordKey.of(record.key());
        bytes = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    /** The record; until it is done, or committed if something is written with that. */
    ConsumerRecord<byte[], byte[]> record() {
        return Objects.requireNonNull(record, "the record is held until it is done");
    }

    /** It has the name that log lines and traces know it by, the same for all attempts. */
    void name(EventIdentity named) {
        identity = named;
    }

    boolean isNamed() {
        return identity != null;
    }

    EventIdentity identity() {
        return Objects.requireNonNull(identity, "a record is named before its first attempt");
    }

    /** The record as it is told of. */
    EventRecord told(String group) {
        ConsumerRecord<byte[], byte[]> its = record();
        return new EventRecord(
                identity().requestId(),
                identity().trace(),
                group,
                its.topic(),
                its.partition(),
                offset,
                Math.max(0, its.serializedValueSize()));
    }

    ProducerRecord<byte[], byte[]> outgoing() {
        return Objects.requireNonNull(outgoing, "there is something to write");
    }

    EventRun ranOn() {
        return Objects.requireNonNull(ranOn, "an output comes from a run");
    }

    /** What it was made of is needed no more. */
    void letGo() {
        record = null;
        ranOn = null;
    }

    /** Begins from the first attempt, as if it had never run. */
    void forgetAttempts() {
        attempts = 0;
        outgoing = null;
        failedWrites = 0;
        failedForGood = false;
    }
}
