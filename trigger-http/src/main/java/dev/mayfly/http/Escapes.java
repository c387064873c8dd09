package dev.mayfly.http;

import java.nio.charset.StandardCharsets;

/** Percent-escapes in text whose chars are bytes. */
final class Escapes {
    private Escapes() {}

    /** {@return the byte that the escape at {@code at} stands for, -1 if it is none} */
    static int valueAt(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = Octets.hexValue(text.charAt(at + 1));
        int low = Octets.hexValue(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Decodes a range that is known to be well formed; {@return the bytes written} */
    static int decode(String text, int from, int to, byte[] into, int at) {
        int written = at;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                into[written++] = (byte) valueAt(text, i);
                i += 2;
            } else {
                into[written++] = (byte) c;
            }
        }
        return written - at;
    }

    /** {@return a well-formed range decoded, a char a byte} */
    static String decode(String text, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = decode(text, from, to, bytes, 0);
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** {@return {@code text} with each of its UTF-8 bytes as a char, as request paths have them} */
    static String asBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
