package dev.mayfly.gateway;

import dev.mayfly.manifest.KafkaTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record to try a function with.
 *
 * @param trigger of the app, which takes it
 * @param place where it lies, and when
 * @param key its key; none when empty
 * @param value its value; a tombstone when empty
 * @param headers in order, values a char a byte
 */
public record TrialEvent(
        KafkaTrigger trigger,
        Place place,
        Optional<byte[]> key,
        Optional<byte[]> value,
        List<TrialRequest.Field> headers) {
    /** Copies the list in. */
    public TrialEvent {
        headers = List.copyOf(headers);
    }

    /**
     * Where a record lies.
     *
     * @param topic the topic
     * @param partition from 0
     * @param offset from 0
     * @param timestamp when it was written
     * @param attempt which attempt at it this is, from 1
     */
    public record Place(String topic, int partition, long offset, Instant timestamp, int attempt) {}
}
