package dev.mayfly.gateway;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections and requests. Any thread. */
final class Traffic {
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder begun = new LongAdder();

    private final Counts<StatusClass> ended = new Counts<>(StatusClass.class);
    private final Counts<Rejection> rejected = new Counts<>(Rejection.class);

    /** {@return whether the new connection is one of the {@code most} that may be} */
    boolean connected(int most) {
        boolean fits = connections.incrementAndGet() <= most;
        (fits ? accepted : turnedAway).increment();
        return fits;
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void begin() {
        begun.increment();
    }

    /** A request is over; {@code status} is what was sent, 0 for nothing. */
    void end(int status) {
        ended.add(StatusClass.of(status));
    }

    void rejected(Rejection cause) {
        rejected.add(cause);
    }

    int connections() {
        return connections.get();
    }

    /** {@return connections that were one too many} */
    long turnedAway() {
        return turnedAway.sum();
    }

    long accepted() {
        return accepted.sum();
    }

    Map<StatusClass, Long> answered() {
        return ended.sums();
    }

    Map<Rejection, Long> rejected() {
        return rejected.sums();
    }

    int running() {
        // The ended first: a request between the two sums must not count below zero.
        long done = ended.sum();
        return (int) (begun.sum() - done);
    }
}
