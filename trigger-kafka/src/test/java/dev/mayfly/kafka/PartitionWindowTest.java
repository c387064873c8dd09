package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which records of a partition may begin, and how far it may be committed. */
final class PartitionWindowTest {
    private final PartitionWindow window = new PartitionWindow(new TopicPartition("t", 0), 3);

    private Slot add(long offset, @Nullable String key) {
        byte[] bytes = key == null ? null : TestRecord.bytes(key);
        return window.add(new ConsumerRecord<>("t", 0, offset, bytes, TestRecord.bytes("v")));
    }

    private void commit() {
        window.mark().reached();
    }

    @Test
    void keysRunBesideEachOtherAndAKeysRecordsOneAfterTheOther() {
        Slot first = add(10, "a");
        Slot behind = add(11, "a");
        Slot other = add(12, "b");
        assertThat(window.next()).isSameAs(first);
        assertThat(window.next()).isSameAs(other);
        assertThat(window.next()).isNull();
        window.done(first);
        assertThat(window.next()).isSameAs(behind);
    }

    @Test
    void recordsWithoutAKeyAreInOneLine() {
        Slot first = add(10, null);
        Slot second = add(11, null);
        assertThat(window.next()).isSameAs(first);
        assertThat(window.next()).isNull();
        window.done(first);
        assertThat(window.next()).isSameAs(second);
    }

    @Test
    void whatIsFinishedBehindAGapIsNotToBeCommitted() {
        add(10, "a");
        Slot second = add(17, "b");
        Slot first = window.next();
        window.done(Objects.requireNonNull(window.next()));
        assertThat(window.uncommitted()).isZero();
        window.done(Objects.requireNonNull(first));
        assertThat(window.mark()).isEqualTo(new Mark(window, 2, 18));
        assertThat(second.step).isEqualTo(Slot.Step.DONE);
    }

    @Test
    void nothingBeginsSoFarBeyondWhatIsCommittedHoweverMuchIsFinished() {
        for (int i = 0; i < 9; i++) {
            add(i, "k" + i);
        }
        for (int i = 0; i < 3; i++) {
            window.done(Objects.requireNonNull(window.next()));
        }
        assertThat(window.next()).isNull();
        assertThat(window.inFlight()).isEqualTo(3);
        commit();
        assertThat(window.next()).extracting(slot -> slot.offset).isEqualTo(3L);
        assertThat(window.inFlight()).isEqualTo(1);
    }

    @Test
    void aRecordThatWaitsHoldsItsKeyAndGoesOnBeforeLaterOnes() {
        Slot first = add(10, "a");
        add(11, "a");
        Slot other = add(12, "b");
        window.await(Objects.requireNonNull(window.next()));
        assertThat(window.next()).isSameAs(other);
        assertThat(window.waiting()).isEqualTo(1);
        window.again(first);
        assertThat(window.next()).isSameAs(first);
    }

    @Test
    void aStuckRecordStopsAllUntilItIsFreedAndBeginsAnew() {
        Slot first = add(10, "a");
        add(11, "b");
        Slot begun = Objects.requireNonNull(window.next());
        begun.attempts = 5;
        window.stick(begun, "failed");
        assertThat(window.next()).isNull();
        assertThat(window.stuck()).isEqualTo("failed");
        window.free();
        assertThat(window.next()).isSameAs(first);
        assertThat(first.attempts).isZero();
    }

    @Test
    void nothingBeginsBeforeTheGroupHasAnOffset() {
        window.unmarked();
        Slot first = add(10, "a");
        assertThat(window.next()).isNull();
        window.marked(10);
        assertThat(window.next()).isSameAs(first);
        assertThat(window.committedOffset()).isEqualTo(10);
    }

    @Test
    void whatLeavesBeginsNothing() {
        add(10, "a");
        window.leave();
        assertThat(window.next()).isNull();
    }
}
