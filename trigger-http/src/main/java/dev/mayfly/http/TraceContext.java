package dev.mayfly.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a trace, by W3C Trace Context: its caller's trace goes on, or a new one
 * begins. Immutable.
 *
 * @param high the first half of the trace id
 * @param low the second half
 * @param parent the caller's span; 0 when the trace begins here
 * @param span the span of the request itself
 * @param flags as {@code traceparent} carries them
 * @param state {@code tracestate} as the caller sent it, empty without one
 */
public record TraceContext(long high, long low, long parent, long span, int flags, String state) {
    private static final int SAMPLED = 1;
    private static final RequestIds IDS = new RequestIds();

    /** Decides about traces that begin here. Any thread, never blocks. */
    @FunctionalInterface
    public interface Sampler {
        /**
         * Marks every trace as sampled and leaves it to others: what a gateway without traces does.
         */
        Sampler OTHERS = _ -> true;

        /**
         * {@return whether a new trace is recorded}
         *
         * @param low the second half of its id, random
         */
        boolean samples(long low);
    }

    /**
     * {@return where a request stands}
     *
     * @param fields the request's
     * @param sampler asked when no caller has decided
     */
    public static TraceContext of(HeaderFields fields, Sampler sampler) {
        CharSequence parent = fields.first("traceparent");
        return parent != null && TraceParent.isValid(parent)
                ? continued(parent, fields.first("tracestate"))
                : begun(sampler);
    }

    private static TraceContext continued(CharSequence parent, @Nullable CharSequence state) {
        return new TraceContext(
                TraceParent.number(parent, 3, 19),
                TraceParent.number(parent, 19, 35),
                TraceParent.number(parent, 36, 52),
                newSpan(),
                (int) TraceParent.number(parent, 53, 55),
                state == null ? "" : state.toString());
    }

    private static TraceContext begun(Sampler sampler) {
        long low = IDS.bits();
        return new TraceContext(
                IDS.bits() | 1, low, 0, newSpan(), sampler.samples(low) ? SAMPLED : 0, "");
    }

    /** {@return the id of a new span; never 0} */
    public static long newSpan() {
        return IDS.bits() | 1;
    }

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

    /** Writes a {@code traceparent} whose span is {@code below} this one. */
    void write(long below, byte[] into, int at) {
        into[at] = '0';
        into[at + 1] = '0';
        into[at + 2] = '-';
        Octets.hex(high, into, at + 3);
        Octets.hex(low, into, at + 19);
        into[at + 35] = '-';
        Octets.hex(below, into, at + 36);
        into[at + 52] = '-';
        into[at + 53] = (byte) Character.forDigit(flags >> 4 & 0xf, 16);
        into[at + 54] = (byte) Character.forDigit(flags & 0xf, 16);
    }
}
