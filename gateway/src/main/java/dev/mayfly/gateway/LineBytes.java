package dev.mayfly.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Lines as they are written, in UTF-8: of what a log line is made nearly all is ASCII, which goes
 * from its string to here in one step. One thread's.
 */
final class LineBytes {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);
    private static final int FIRST = 1 << 10;
    private static final int LONG_DIGITS = 20;

    private byte[] bytes = new byte[FIRST];
    private int length;

    int length() {
        return length;
    }

    /** Writes all that is there, and is empty again. */
    void pass(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }

    /** A character of ASCII. */
    LineBytes sign(char sign) {
        room(1);
        bytes[length++] = (byte) sign;
        return this;
    }

    /** What was made before. */
    LineBytes piece(byte[] piece) {
        room(piece.length);
        System.arraycopy(piece, 0, bytes, length, piece.length);
        length += piece.length;
        return this;
    }

    /** As it is. */
    LineBytes text(String text) {
        return piece(text.getBytes(UTF_8));
    }

    /** With control characters as {@code \\u001b}. */
    LineBytes plain(String text) {
        if (!ordinary(text)) {
            StringBuilder escaped = new StringBuilder(text.length() + 16);
            Escapes.appendPlain(text, escaped);
            text(escaped.toString());
        }
        return this;
    }

    /** As the inside of a JSON string. */
    LineBytes json(String text) {
        if (!ordinary(text)) {
            StringBuilder escaped = new StringBuilder(text.length() + 16);
            Escapes.appendJson(text, escaped);
            text(escaped.toString());
        }
        return this;
    }

    /**
     * Appends {@code text} if all of it may stand as it is, which is most often so; else nothing.
     */
    private boolean ordinary(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (!Escapes.isOrdinary(c)) {
                return false;
            }
            bytes[length + i] = (byte) c;
        }
        length += count;
        return true;
    }

    /** In decimal. */
    LineBytes number(long value) {
        if (value < 0) {
            return text(Long.toString(value));
        }
        room(LONG_DIGITS);
        int end = length + digits(value);
        long rest = value;
        for (int at = end - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = end;
        return this;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** The last {@code digits} of {@code value} in decimal, with its zeros. */
    LineBytes padded(int value, int digits) {
        room(digits);
        int rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** All sixteen digits. */
    LineBytes hex(long value) {
        room(Long.BYTES * 2);
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            bytes[length++] = DIGITS[(int) (value >>> shift) & 0xf];
        }
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** {@return what is there, as text} */
    @Override
    public String toString() {
        return new String(bytes, 0, length, UTF_8);
    }
}
