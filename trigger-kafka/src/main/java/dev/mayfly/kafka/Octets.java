package dev.mayfly.kafka;

import java.nio.charset.StandardCharsets;

/** What bytes and characters of records are, without a copy. */
final class Octets {
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
        for (int c = 0; c < TOKEN.length; c++) {
            TOKEN[c] |= variable((char) c) != '_';
        }
    }

    private Octets() {}

    /** {@return {@code c} as the name of a variable carries it} */
    static byte variable(char c) {
        if (c >= 'a' && c <= 'z') {
            return (byte) (c - 32);
        }
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? (byte) c : (byte) '_';
    }

    /** {@return whether the name of a field may have it (RFC 9110)} */
    static boolean isToken(int c) {
        return c >= 0 && c < TOKEN.length && TOKEN[c];
    }

    /** Writes the 16 hexadecimal digits of {@code value}. */
    static void hex(long value, byte[] into, int at) {
        for (int i = 0; i < 16; i++) {
            into[at + i] = HEX_DIGITS[(int) (value >>> (60 - 4 * i)) & 15];
        }
    }

    /** {@return whether {@code bytes} are UTF-8 without a NUL: a variable can hold them} */
    static boolean isText(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] <= 0) {
                return bytes[i] < 0 && isTextFrom(bytes, i);
            }
        }
        return true;
    }

    private static boolean isTextFrom(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length) {
            int length = sequence(bytes, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** {@return the bytes of the character at {@code at}, 0 for NUL and what is no UTF-8} */
    private static int sequence(byte[] bytes, int at) {
        int first = bytes[at];
        if (first > 0) {
            return 1;
        }
        int lead = first & 0xff;
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length < 3 || isSecond(lead, bytes[at + 1] & 0xff) ? length : 0;
    }

    /** Keeps out overlong forms, surrogates and what is above U+10FFFF. */
    private static boolean isSecond(int lead, int second) {
        return switch (lead) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
    }
}
