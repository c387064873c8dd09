package dev.mayfly.pool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits what a guest writes to standard error into lines fit for a log: decoded, control
 * characters escaped, at most so many bytes a run.
 */
final class LogLines {
    private static final int FIRST = 512;

    /** A longer line is cut: a log is read line by line. */
    private static final int LONGEST = 16 * 1024;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final long most;
    private byte[] line = new byte[FIRST];
    private int length;
    private long kept;
    private long lost;

    LogLines(long most) {
        this.most = most;
    }

    void write(byte[] from, int offset, int count, Invocation invocation) {
        int taken = (int) Math.min(count, most - kept);
        kept += taken;
        lost += count - taken;
        int end = offset + taken;
        for (int at = offset; at < end; ) {
            int stop = lineEnd(from, at, end);
            append(from, at, stop - at);
            at = stop;
            if (at < end && from[at] == '\n') {
                at++;
                emit(invocation);
            } else if (length == LONGEST) {
                emit(invocation);
            }
        }
    }

    /** Hands over what is unfinished, and says what was not kept. */
    void finish(Invocation invocation) {
        if (length > 0) {
            emit(invocation);
        }
        if (lost > 0) {
            invocation.logLine(lost + " more bytes were not kept: log_bytes is " + most);
        }
        clear();
    }

    private void clear() {
        length = 0;
        kept = 0;
        lost = 0;
        if (line.length > FIRST) {
            line = new byte[FIRST];
        }
    }

    /** The next line feed, or where this piece must end. */
    private int lineEnd(byte[] from, int start, int end) {
        int stop = Math.min(end, start + LONGEST - length);
        for (int i = start; i < stop; i++) {
            if (from[i] == '\n') {
                return i;
            }
        }
        return stop;
    }

    private void append(byte[] from, int offset, int count) {
        if (count > line.length - length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
        }
        System.arraycopy(from, offset, line, length, count);
        length += count;
    }

    private void emit(Invocation invocation) {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        length = 0;
        invocation.logLine(escape(new String(line, 0, end, StandardCharsets.UTF_8)));
    }

    /** Control characters as {@code \xNN}, so that no line can pose as another. */
    static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (needsEscape(text.charAt(i))) {
                return escapeFrom(i, text);
            }
        }
        return text;
    }

    private static String escapeFrom(int first, String text) {
        var escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (needsEscape(c)) {
                appendEscape(c, escaped);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static void appendEscape(char c, StringBuilder to) {
        if (c < 0x100) {
            to.append("\\x");
        } else {
            to.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
        }
        to.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
    }

    /** Control characters but the tab, line separators, and marks that change the direction. */
    private static boolean needsEscape(char c) {
        return (Character.isISOControl(c) && c != '\t')
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
