package dev.mayfly.http;

import java.nio.charset.StandardCharsets;

/** What each byte is in HTTP, as tables: one load where a chain of comparisons would stand. */
final class Octets {
    private static final byte[] VARIABLE = new byte[256];
    private static final byte[] LOWER = new byte[256];
    private static final byte[] HEX_VALUE = new byte[256];
    private static final boolean[] AUTHORITY = new boolean[256];
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static {
        for (int i = 0; i < 256; i++) {
            LOWER[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
            HEX_VALUE[i] = (byte) Character.digit(i < 128 ? i : 0, 16);
            VARIABLE[i] = isAlphanumeric(i) ? (byte) Character.toUpperCase(i) : 0;
            AUTHORITY[i] = isAlphanumeric(i);
        }
        for (char c : "!#$%&'*+.^`|~".toCharArray()) {
            VARIABLE[c] = (byte) c;
        }
        VARIABLE['-'] = '_';
        for (char c : "-._~!$&'()*+,;=%:[]".toCharArray()) {
            AUTHORITY[c] = true;
        }
    }

    /** Of a number that is not negative. */
    static final int MOST_DIGITS = 10;

    private Octets() {}

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /**
     * {@return {@code c} as an environment name carries it; 0 for what no passed field name has}
     */
    static byte variable(int c) {
        return c < 256 ? VARIABLE[c] : 0;
    }

    static boolean isToken(int c) {
        return variable(c) != 0 || c == '_';
    }

    static int lower(int c) {
        return c < 256 ? LOWER[c] : c;
    }

    static boolean isAuthority(int c) {
        return c < 256 && AUTHORITY[c];
    }

    /** {@return the value of a hexadecimal digit, -1 for anything else} */
    static int hexValue(int c) {
        return c < 256 ? HEX_VALUE[c] : -1;
    }

    /** Writes the 16 hexadecimal digits of {@code value}. */
    static void hex(long value, byte[] into, int at) {
        for (int i = 0; i < 16; i++) {
            into[at + i] = HEX_DIGITS[(int) (value >>> (60 - 4 * i)) & 15];
        }
    }

    /** Writes the digits of {@code value}, not negative; {@return where they end} */
    static int decimal(int value, byte[] into, int at) {
        int end = at + 1;
        for (int rest = value / 10; rest > 0; rest /= 10) {
            end++;
        }
        int left = value;
        for (int i = end - 1; i >= at; i--) {
            into[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return end;
    }

    static boolean isControl(int c) {
        return c < 0x20 || c == 0x7f;
    }

    static boolean sameIgnoringCase(CharSequence a, String lowerCase) {
        if (a.length() != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(a.charAt(i)) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isTokens(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isToken(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
