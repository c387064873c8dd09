package dev.mayfly.gateway;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections and requests. Any thread. */
final class Traffic {
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder begun = new LongAdder();

    /** Every key is there, as in all maps here; they are never changed. */
    private final Map<StatusClass, LongAdder> ended = adders(StatusClass.class);

    private final Map<Rejection, LongAdder> rejected = adders(Rejection.class);

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kind) {
        Map<E, LongAdder> adders = new EnumMap<>(kind);
        for (E each : kind.getEnumConstants()) {
            adders.put(each, new LongAdder());
        }
        return Collections.unmodifiableMap(adders);
    }

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
        add(ended, StatusClass.of(status));
    }

    void rejected(Rejection cause) {
        add(rejected, cause);
    }

    private static <E> void add(Map<E, LongAdder> counts, E key) {
        LongAdder count = counts.get(key);
        if (count == null) {
            throw new IllegalStateException(key + " is not counted");
        }
        count.increment();
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
        return sums(StatusClass.class, ended);
    }

    Map<Rejection, Long> rejected() {
        return sums(Rejection.class, rejected);
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Class<E> kind, Map<E, LongAdder> counts) {
        Map<E, Long> sums = new EnumMap<>(kind);
        counts.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }

    int running() {
        // The ended first: a request between the two sums must not count below zero.
        long done = ended.values().stream().mapToLong(LongAdder::sum).sum();
        return (int) (begun.sum() - done);
    }
}
