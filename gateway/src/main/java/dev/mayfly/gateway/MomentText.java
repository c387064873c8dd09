package dev.mayfly.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;

/**
 * Writes moments as {@link Instant#toString()} does, which takes longer than all the rest of a log
 * line: what is the same within a second is made once. One thread's.
 */
final class MomentText {
    private static final int MICRO = 1000;
    private static final int MILLI = 1_000_000;

    private long second = Long.MIN_VALUE;
    private byte[] upToSecond = {};

    void append(Instant moment, LineBytes into) {
        if (moment.getEpochSecond() != second) {
            second = moment.getEpochSecond();
            String whole = Instant.ofEpochSecond(second).toString();
            upToSecond = whole.substring(0, whole.length() - 1).getBytes(ISO_8859_1); // no Z yet
        }
        into.piece(upToSecond);
        int nanos = moment.getNano();
        if (nanos % MILLI == 0) {
            fraction(nanos / MILLI, 3, into);
        } else if (nanos % MICRO == 0) {
            fraction(nanos / MICRO, 6, into);
        } else {
            fraction(nanos, 9, into);
        }
        into.sign('Z');
    }

    private static void fraction(int value, int digits, LineBytes into) {
        if (value != 0) {
            into.sign('.').padded(value, digits);
        }
    }
}
