package dev.mayfly.kafka;

import java.util.List;
import java.util.Optional;

/**
 * A record to try a function with, that no broker has.
 *
 * @param topic where it lies
 * @param partition from 0
 * @param offset from 0
 * @param timestamp when it was written, milliseconds since 1970
 * @param key its key; none when empty
 * @param value its value; a tombstone when empty
 * @param headers in order
 * @param attempt which attempt at it this is, from 1
 */
public record TrialRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        Optional<byte[]> key,
        Optional<byte[]> value,
        List<Header> headers,
        int attempt) {
    /** Copies the list in. */
    public TrialRecord {
        headers = List.copyOf(headers);
    }

    /**
     * A header.
     *
     * @param key its key
     * @param value its value
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Header(String key, byte[] value) {}
}
