package dev.mayfly.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections and requests. Any thread. */
final class Traffic {
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    void connected() {
        connections.incrementAndGet();
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

    long requests() {
        return ended.sum();
    }

    int running() {
        long done = ended.sum(); // first: a request between the two sums must not count below zero
        return (int) (begun.sum() - done);
    }
}
