package dev.mayfly.gateway;

/** Keeps a line one line, and a terminal's state its own. */
final class Escapes {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Escapes() {}

    /** Appends {@code text} with control characters as {@code \\u001b}. */
    static void appendPlain(String text, StringBuilder line) {
        if (isOrdinary(text)) {
            line.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                appendUnicode(c, line);
            } else {
                line.append(c);
            }
        }
    }

    /** Appends {@code text} as the inside of a JSON string. */
    static void appendJson(String text, StringBuilder line) {
        if (isOrdinary(text)) {
            line.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (Character.isISOControl(c) || (Character.isSurrogate(c) && lone(text, i))) {
                appendUnicode(c, line);
            } else {
                line.append(c);
            }
        }
    }

    /** Whether all of it may stand as it is, which is most often so and quickly seen. */
    private static boolean isOrdinary(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isOrdinary(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether it is printable ASCII and means nothing in a JSON string} */
    static boolean isOrdinary(char c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }

    private static boolean lone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static void appendUnicode(char c, StringBuilder line) {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            line.append(DIGITS[c >> shift & 0xf]);
        }
    }
}
