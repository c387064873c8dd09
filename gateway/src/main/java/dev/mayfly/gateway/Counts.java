package dev.mayfly.gateway;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A count for each constant of an enum. Any thread; threads that count at once do not wait for each
 * other.
 */
final class Counts<E extends Enum<E>> {
    /** Every key is there; never changed. */
    private final Map<E, LongAdder> adders;

    private final Class<E> kind;

    Counts(Class<E> kind) {
        this.kind = kind;
        adders = new EnumMap<>(kind);
        for (E each : kind.getEnumConstants()) {
            adders.put(each, new LongAdder());
        }
    }

    void add(E key) {
        LongAdder adder = adders.get(key);
        if (adder == null) {
            throw new IllegalStateException(key + " is not counted");
        }
        adder.increment();
    }

    /** Every key is there. */
    Map<E, Long> sums() {
        Map<E, Long> sums = new EnumMap<>(kind);
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return Collections.unmodifiableMap(sums);
    }

    long sum() {
        return adders.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
