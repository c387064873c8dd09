package dev.mayfly.kafka;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * New request, trace and span ids: 128 bits from a generator that a secure one seeded once. Two ids
 * collide as good as never; they are names, not secrets. Belongs to one thread.
 */
final class EventIds {
    private final SplittableRandom random =
            new SplittableRandom(new SecureRandom().nextLong()).split();

    EventIdentity next(ConsumerRecord<byte[], byte[]> record) {
        String callers = TraceContext.parent(record.headers());
        return callers.isEmpty()
                ? new EventIdentity(requestId(), traceParent(), "")
                : new EventIdentity(requestId(), callers, TraceContext.state(record.headers()));
    }

    private String requestId() {
        byte[] digits = new byte[32];
        Octets.hex(random.nextLong(), digits, 0);
        Octets.hex(random.nextLong(), digits, 16);
        return text(digits);
    }

    /** An id of zeros is invalid, hence the lowest bits. */
    private String traceParent() {
        byte[] digits = new byte[TraceContext.LENGTH];
        digits[0] = '0';
        digits[1] = '0';
        digits[2] = '-';
        Octets.hex(random.nextLong() | 1, digits, 3);
        Octets.hex(random.nextLong(), digits, 19);
        digits[35] = '-';
        Octets.hex(random.nextLong() | 1, digits, 36);
        digits[52] = '-';
        digits[53] = '0';
        digits[54] = '1';
        return text(digits);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.ISO_8859_1);
    }
}
