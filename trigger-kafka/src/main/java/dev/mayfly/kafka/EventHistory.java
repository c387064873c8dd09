package dev.mayfly.kafka;

import java.util.List;

/**
 * A record that is over, and its attempts here: one at least.
 *
 * @param record the record
 * @param end what became of it
 * @param begunNanos when its first attempt was submitted, as {@link System#nanoTime()}
 * @param endNanos when it was over, likewise
 * @param attempts in their order
 */
public record EventHistory(
        EventRecord record,
        RecordEnd end,
        long begunNanos,
        long endNanos,
        List<EventAttempt> attempts) {
    /** Copies the list in. */
    public EventHistory {
        attempts = List.copyOf(attempts);
    }
}
