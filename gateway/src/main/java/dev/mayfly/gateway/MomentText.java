package dev.mayfly.gateway;

import java.time.Instant;

/**
 * Writes moments as {@link Instant#toString()} does, which takes longer than all the rest of a log
 * line: what is the same within a second is made once. One thread's.
 */
final class MomentText {
    private static final int MICRO = 1000;
    private static final int MILLI = 1_000_000;

    private long second = Long.MIN_VALUE;
    private String upToSecond = "";

    void append(Instant moment, StringBuilder into) {
        if (moment.getEpochSecond() != second) {
            second = moment.getEpochSecond();
            String whole = Instant.ofEpochSecond(second).toString();
            upToSecond = whole.substring(0, whole.length() - 1); // its Z
        }
        into.append(upToSecond);
        int nanos = moment.getNano();
        if (nanos % MILLI == 0) {
            fraction(nanos / MILLI, 3, into);
        } else if (nanos % MICRO == 0) {
            fraction(nanos / MICRO, 6, into);
        } else {
            fraction(nanos, 9, into);
        }
        into.append('Z');
    }

    private static void fraction(int value, int digits, StringBuilder into) {
        if (value == 0) {
            return;
        }
        int at = into.append('.').length();
        into.repeat('0', digits);
        for (int i = at + digits - 1, rest = value; rest > 0; i--, rest /= 10) {
            into.setCharAt(i, (char) ('0' + rest % 10));
        }
    }
}
