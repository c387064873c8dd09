package dev.mayfly.kafka;

/**
 * What a record is called in logs and traces: the same in each of its attempts.
 *
 * @param requestId 32 hexadecimal digits
 * @param traceParent valid, of version 00: the record's, else a new one
 * @param traceState ASCII; empty without one
 */
record EventIdentity(String requestId, String traceParent, String traceState) {}
