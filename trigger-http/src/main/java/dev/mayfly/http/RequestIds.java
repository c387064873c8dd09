package dev.mayfly.http;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * New request, trace and span ids: bits from a generator per thread that a secure one seeded once.
 * Two ids collide as good as never, and making one takes no lock; they are names, not secrets.
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

    /** {@return 64 random bits} */
    long bits() {
        return random.get().nextLong();
    }
}
