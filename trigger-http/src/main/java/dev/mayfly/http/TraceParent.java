package dev.mayfly.http;

/** The {@code traceparent} field of W3C Trace Context: {@code 00-<32 hex>-<16 hex>-<2 hex>}. */
final class TraceParent {
    static final int LENGTH = 55;

    private TraceParent() {}

    static boolean isValid(CharSequence text) {
        if (text.length() < LENGTH || !isHex(text, 0, 2) || isAll(text, 0, 2, 'f')) {
            return false;
        }
        // Later versions may be longer; version 00 may not.
        boolean first = isAll(text, 0, 2, '0');
        if (text.length() > LENGTH && (first || text.charAt(LENGTH) != '-')) {
            return false;
        }
        return text.charAt(2) == '-'
                && text.charAt(35) == '-'
                && text.charAt(52) == '-'
                && isId(text, 3, 35)
                && isId(text, 36, 52)
                && isHex(text, 53, 55);
    }

    /** {@return the number that up to 16 hexadecimal digits are} */
    static long number(CharSequence text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 4 | Octets.hexValue(text.charAt(i));
        }
        return number;
    }

    private static boolean isId(CharSequence text, int from, int to) {
        return isHex(text, from, to) && !isAll(text, from, to, '0');
    }

    private static boolean isHex(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAll(CharSequence text, int from, int to, char expected) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != expected) {
                return false;
            }
        }
        return true;
    }
}
