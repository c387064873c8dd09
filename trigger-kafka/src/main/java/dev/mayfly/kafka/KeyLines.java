package dev.mayfly.kafka;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of a partition, who waits behind whom: one line for each key. Belongs to the loop. */
final class KeyLines {
    private final Map<RecordKey, Slot> last = new HashMap<>();

    /** Takes its place; whether nobody is before it. */
    boolean join(Slot slot) {
        Slot before = last.put(slot.key, slot);
        if (before != null) {
            before.follower = slot;
        }
        return before == null;
    }

    /** The first of its line goes; {@return the next one, if there is one} */
    @Nullable Slot leave(Slot first) {
        Slot follower = first.follower;
        first.follower = null;
        if (follower == null) {
            last.remove(first.key);
        }
        return follower;
    }
}
