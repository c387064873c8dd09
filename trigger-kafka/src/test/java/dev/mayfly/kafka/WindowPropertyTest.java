package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promises of a partition under any order of events. {@code -Dmayfly.fuzz.runs=100000} tries
 * more lives, {@code -Dmayfly.fuzz.seed=…} repeats one.
 */
final class WindowPropertyTest {
    private static final int LIVES = Math.max(200, Integer.getInteger("mayfly.fuzz.runs", 0) / 20);
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    private static void live(WindowProperty.Maker maker) {
        for (int i = 0; i < LIVES; i++) {
            try {
                new WindowProperty(SEED + i, maker).run();
            } catch (AssertionError | IllegalStateException e) {
                throw new AssertionError("-Dmayfly.fuzz.seed=" + (SEED + i), e);
            }
        }
    }

    @Test
    void orderWindowAndCommitsHoldUnderAnyOrderOfEventsAndAllIsDoneInTheEnd() {
        live(PartitionWindow::new);
    }

    /** Mistakes that the property must notice. */
    enum Fault {
        FORGETS_ITS_KEYS_LINE,
        BEGINS_BEYOND_THE_WINDOW,
        COMMITS_PAST_A_GAP,
        NEVER_BEGINS_AGAIN,
        LEAVES_A_GAP
    }

    @ParameterizedTest
    @EnumSource
    void thePropertyTurnsRedForAPlantedFault(Fault fault) {
        assertThatThrownBy(() -> live((id, most) -> new Faulty(id, most, fault)))
                .isInstanceOf(AssertionError.class);
    }

    private static final class Faulty extends PartitionWindow {
        private final Fault fault;
        private final TopicPartition name;
        private long highest = -1;

        Faulty(TopicPartition id, int most, Fault fault) {
            super(id, most);
            name = id;
            this.fault = fault;
        }

        @Override
        boolean within(Slot slot) {
            return fault == Fault.BEGINS_BEYOND_THE_WINDOW || super.within(slot);
        }

        @Override
        void done(Slot slot) {
            highest = Math.max(highest, slot.offset);
            super.done(slot);
        }

        @Override
        void await(Slot slot) {
            super.await(slot);
            Slot follower = slot.follower;
            if (fault == Fault.FORGETS_ITS_KEYS_LINE && follower != null) {
                slot.follower = null;
                super.again(follower);
            }
        }

        @Override
        void again(Slot slot) {
            if (fault != Fault.NEVER_BEGINS_AGAIN || slot.step != Slot.Step.WAITING) {
                super.again(slot);
            }
        }

        @Override
        Mark mark() {
            Mark right = super.mark();
            return fault == Fault.COMMITS_PAST_A_GAP
                    ? new Mark(this, right.count(), highest + 1)
                    : right;
        }

        @Override
        boolean isSettled(long deadline) {
            return fault == Fault.LEAVES_A_GAP || super.isSettled(deadline);
        }

        @Override
        public String toString() {
            return name + " with " + fault;
        }
    }
}
