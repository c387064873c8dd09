package dev.mayfly.kafka;

import dev.mayfly.kafka.Slot.Step;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Records of a partition in the order of offsets, and what they weigh. Belongs to the loop. */
final class HeldRecords implements Iterable<Slot> {
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private long bytes;

    void add(Slot slot) {
        slots.addLast(slot);
        bytes += slot.bytes;
    }

    @Nullable Slot first() {
        return slots.peekFirst();
    }

    void removeFirst() {
        slots.removeFirst();
    }

    /** Its record is needed no more; of those that are not among these any more, too. */
    void letGo(Slot slot) {
        bytes -= slot.bytes;
        slot.letGo();
    }

    int size() {
        return slots.size();
    }

    /** Of all records that were added and not let go. */
    long bytes() {
        return bytes;
    }

    boolean hasStuck() {
        for (Slot slot : slots) {
            if (slot.step == Step.STUCK) {
                return true;
            }
        }
        return false;
    }

    boolean hasRunning() {
        for (Slot slot : slots) {
            if (slot.run != null) {
                return true;
            }
        }
        return false;
    }

    void cancel() {
        for (Slot slot : slots) {
            if (slot.run != null) {
                slot.run.cancel();
            }
        }
    }

    @Override
    public Iterator<Slot> iterator() {
        return slots.iterator();
    }
}
