package dev.mayfly.kafka;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * New request, trace and span ids: 128 bits from a generator that a secure one seeded once. Two ids
 * collide as good as never; they are names, not secrets. Belongs to one thread.
 */
final class EventIds {
    private final SplittableRandom random =
            new SplittableRandom(new SecureRandom().nextLong()).split();

    private final LongPredicate sampler;

    /** {@code sampler} decides by the second half of its id whether a new trace is recorded. */
    EventIds(LongPredicate sampler) {
        this.sampler = sampler;
    }

    EventIdentity next(ConsumerRecord<byte[], byte[]> record) {
        byte[] callers = TraceContext.parent(record.headers());
        return callers.length == 0
                ? new EventIdentity(requestId(), begun(), "")
                : new EventIdentity(
                        requestId(),
                        TraceContext.continued(callers, span()),
                        TraceContext.state(record.headers()));
    }

    private String requestId() {
        byte[] digits = new byte[32];
        Octets.hex(random.nextLong(), digits, 0);
        Octets.hex(random.nextLong(), digits, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private EventTrace begun() {
        long low = random.nextLong();
        return new EventTrace(random.nextLong() | 1, low, 0, span(), sampler.test(low) ? 1 : 0);
    }

    /** Of a new span. An id of zeros is invalid, hence the lowest bit. */
    long span() {
        return random.nextLong() | 1;
    }
}
