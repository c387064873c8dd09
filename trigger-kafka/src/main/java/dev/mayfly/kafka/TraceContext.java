package dev.mayfly.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers {@code traceparent} ({@code 00-<32 hex>-<16 hex>-<2 hex>}) and {@code tracestate} of
 * W3C Trace Context. Of several the last one counts.
 */
final class TraceContext {
    static final int LENGTH = 55;
    private static final int STATE_LENGTH = 512;

    private TraceContext() {}

    /** {@return the record's own; empty when it has none that is valid} */
    static byte[] parent(Headers headers) {
        byte[] text = value(headers, "traceparent");
        return isParent(text) ? text : new byte[0];
    }

    /** {@return the trace of a valid {@code parent}, with {@code span} below it} */
    static EventTrace continued(byte[] parent, long span) {
        return new EventTrace(
                number(parent, 3, 19),
                number(parent, 19, 35),
                number(parent, 36, 52),
                span,
                (int) number(parent, 53, 55));
    }

    private static long number(byte[] text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 4 | Character.digit(text[i], 16);
        }
        return number;
    }

    /** {@return the record's own if it is printable and no longer than W3C asks for} */
    static String state(Headers headers) {
        byte[] text = value(headers, "tracestate");
        if (text.length > STATE_LENGTH) {
            return "";
        }
        for (byte c : text) {
            if (c < ' ' || c == 0x7f) {
                return "";
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static byte[] value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? new byte[0] : header.value();
    }

    private static boolean isParent(byte[] text) {
        if (text.length < LENGTH || !isHex(text, 0, 2) || isAll(text, 0, 2, 'f')) {
            return false;
        }
        // Later versions may be longer; version 00 may not.
        boolean first = isAll(text, 0, 2, '0');
        if (text.length > LENGTH && (first || text[LENGTH] != '-')) {
            return false;
        }
        return text[2] == '-'
                && text[35] == '-'
                && text[52] == '-'
                && isId(text, 3, 35)
                && isId(text, 36, 52)
                && isHex(text, 53, 55);
    }

    private static boolean isId(byte[] text, int from, int to) {
        return isHex(text, from, to) && !isAll(text, from, to, '0');
    }

    private static boolean isHex(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAll(byte[] text, int from, int to, char expected) {
        for (int i = from; i < to; i++) {
            if (text[i] != expected) {
                return false;
            }
        }
        return true;
    }
}
