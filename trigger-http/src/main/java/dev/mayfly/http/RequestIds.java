package dev.mayfly.http;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * New request, trace and span ids: 128 bits from a generator per thread that a secure one seeded
 * once. Two ids collide as good as never, and making one takes no lock; they are names, not
 * secrets.
 */
final class RequestIds {
    private final SecureRandom seeds = new SecureRandom();
    private final ThreadLocal<SplittableRandom> random =
            ThreadLocal.withInitial(() -> new SplittableRandom(seeds.nextLong()).split());

    /** {@return 32 hexadecimal digits} */
    String next() {
        SplittableRandom mine = random.get();
        byte[] digits = new byte[32];
        Octets.hex(mine.nextLong(), digits, 0);
        Octets.hex(mine.nextLong(), digits, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes a valid {@code traceparent}, with the trace id of {@code callers} if that is valid.
     */
    void traceParent(CharSequence callers, byte[] into, int at) {
        SplittableRandom mine = random.get();
        into[at] = '0';
        into[at + 1] = '0';
        into[at + 2] = '-';
        boolean continued = TraceParent.isValid(callers);
        if (continued) {
            copy(callers, 3, 35, into, at + 3);
        } else {
            Octets.hex(mine.nextLong() | 1, into, at + 3);
            Octets.hex(mine.nextLong(), into, at + 19);
        }
        into[at + 35] = '-';
        Octets.hex(mine.nextLong() | 1, into, at + 36);
        into[at + 52] = '-';
        into[at + 53] = continued ? (byte) callers.charAt(53) : (byte) '0';
        into[at + 54] = continued ? (byte) callers.charAt(54) : (byte) '1';
    }

    private static void copy(CharSequence text, int from, int to, byte[] into, int at) {
        for (int i = from; i < to; i++) {
            into[at + i - from] = (byte) text.charAt(i);
        }
    }
}
