package dev.mayfly.gateway;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record in a dead-letter topic.
 *
 * @param at where it is
 * @param time when it was written
 * @param key the original key, read-only
 * @param value the original value; empty for a tombstone
 * @param headers the original ones, in order
 * @param evidence why it is here: {@code error}, {@code attempts}, {@code stderr}, {@code
 *     source-topic} …
 */
public record FailedRecord(
        Place at,
        Instant time,
        Optional<ByteBuffer> key,
        Optional<ByteBuffer> value,
        List<Header> headers,
        Map<String, String> evidence) {
    /** Copies the collections in. */
    public FailedRecord {
        headers = List.copyOf(headers);
        evidence = Map.copyOf(evidence);
    }

    /**
     * Where a record is.
     *
     * @param topic the topic
     * @param partition its number
     * @param offset in the partition
     */
    public record Place(String topic, int partition, long offset) {}

    /**
     * A header of a record.
     *
     * @param name the name
     * @param value the bytes, read-only
     */
    public record Header(String name, ByteBuffer value) {}
}
