package dev.mayfly.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections and requests. Any thread. */
final class Traffic {
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    /** {@return whether the new connection is one of the {@code most} that may be} */
    boolean connected(int most) {
        boolean fits = connections.incrementAndGet() <= most;
        if (!fits) {
            turnedAway.increment();
        }
        return fits;
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void begin() {
        begun.increment();
    }

    void end() {
        ended.increment();
    }

    int connections() {
        return connections.get();
    }

    /** {@return connections that were one too many} */
    long turnedAway() {
        return turnedAway.sum();
    }

    long requests() {
        return ended.sum();
    }

    int running() {
        long done = ended.sum(); // first: a request between the two sums must not count below zero
        return (int) (begun.sum() - done);
    }
}
