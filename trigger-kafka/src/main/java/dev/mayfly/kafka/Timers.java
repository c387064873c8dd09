package dev.mayfly.kafka;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Records that go on at some time, by {@link System#nanoTime}. Belongs to the loop. */
final class Timers {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>((left, right) -> Long.signum(left.nanos() - right.nanos()));

    /** The slot may have gone another way meanwhile, or be set anew: then the entry is nothing. */
    private record Entry(Slot slot, long nanos) {}

    void set(Slot slot, long nanos) {
        slot.dueNanos = nanos;
        entries.add(new Entry(slot, nanos));
    }

    /** Hands those that are due to {@code next}. */
    void fire(long now, Consumer<Slot> next) {
        for (Entry first = entries.peek(); first != null && first.nanos() - now <= 0; ) {
            entries.remove();
            Slot slot = first.slot();
            if (waits(slot) && slot.dueNanos == first.nanos()) {
                next.accept(slot);
            }
            first = entries.peek();
        }
    }

    private static boolean waits(Slot slot) {
        return slot.step == Slot.Step.WAITING || slot.step == Slot.Step.STUCK;
    }

    /** Nanoseconds from {@code now} to the next one, {@code otherwise} at most. */
    long pause(long now, long otherwise) {
        Entry first = entries.peek();
        return first == null ? otherwise : Math.min(otherwise, first.nanos() - now);
    }
}
