package dev.mayfly.kafka;

/**
 * What a record is called in logs and traces: the same in each of its attempts.
 *
 * @param requestId 32 hexadecimal digits
 * @param trace the record's if it is valid, else a new one
 * @param traceState ASCII; empty without one
 */
record EventIdentity(String requestId, EventTrace trace, String traceState) {
    /** {@return what its log lines are found by} */
    RecordName name() {
        return new RecordName(requestId, trace.traceId());
    }
}
