package dev.mayfly.kafka;

import java.nio.charset.StandardCharsets;

/**
 * Where a record stands in a trace, by W3C Trace Context: its writer's trace goes on, or a new one
 * begins.
 *
 * @param high the first half of the trace id
 * @param low the second half
 * @param parent the writer's span; 0 when the trace begins here
 * @param span the span of the record itself, its attempts' parent
 * @param flags as {@code traceparent} carries them
 */
public record EventTrace(long high, long low, long parent, long span, int flags) {
    private static final int SAMPLED = 1;

    /** {@return whether spans of this trace are recorded} */
    public boolean sampled() {
        return (flags & SAMPLED) != 0;
    }

    /** {@return the trace's id, 32 hexadecimal digits} */
    public String traceId() {
        byte[] digits = new byte[32];
        Octets.hex(high, digits, 0);
        Octets.hex(low, digits, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** A {@code traceparent} of version 00, whose span is {@code below} this one. */
    String traceParent(long below) {
        byte[] digits = new byte[TraceContext.LENGTH];
        digits[0] = '0';
        digits[1] = '0';
        digits[2] = '-';
        Octets.hex(high, digits, 3);
        Octets.hex(low, digits, 19);
        digits[35] = '-';
        Octets.hex(below, digits, 36);
        digits[52] = '-';
        digits[53] = (byte) Character.forDigit(flags >> 4 & 0xf, 16);
        digits[54] = (byte) Character.forDigit(flags & 0xf, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }
}
