package dev.mayfly.gateway;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Gives spans ids that were made before: a guest and whom it calls were told theirs while the
 * request ran. One thread's.
 */
final class OwnIds implements IdGenerator {
    private String trace = TraceId.getInvalid();
    private long span;

    void next(String traceId, long spanId) {
        trace = traceId;
        span = spanId;
    }

    @Override
    public String generateSpanId() {
        return SpanId.fromLong(span);
    }

    @Override
    public String generateTraceId() {
        return trace;
    }
}
