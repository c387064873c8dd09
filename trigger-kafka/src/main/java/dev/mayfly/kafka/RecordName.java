package dev.mayfly.kafka;

/**
 * What a record's log lines are found by, the same in each of its attempts.
 *
 * @param id the record's id, 32 hexadecimal digits
 * @param traceId of its trace, 32 hexadecimal digits
 */
public record RecordName(String id, String traceId) {}
