package dev.mayfly.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Meters of things that come and go. They come with the first look that finds a thing and go with
 * the first that does not, so no series outlives what it tells of. At most so many things have
 * meters, those that were first.
 *
 * @param <K> what tells them apart
 * @param <V> what the meters of one read
 */
final class Crowd<K, V> {
    private final MeterRegistry registry;
    private final int most;
    private final BiConsumer<K, Binder<Latest<V>>> bind;
    private final Map<K, Binder<Latest<V>>> bound = new LinkedHashMap<>();

    /** The value as of the last look. */
    static final class Latest<V> {
        private volatile V value;

        private Latest(V value) {
            this.value = value;
        }

        V value() {
            return value;
        }
    }

    /** {@code bind} makes the meters of a thing that is new. */
    Crowd(MeterRegistry registry, int most, BiConsumer<K, Binder<Latest<V>>> bind) {
        this.registry = registry;
        this.most = most;
        this.bind = bind;
    }

    /** Takes what there is now; forgets the rest. */
    void refresh(Map<K, V> present) {
        // First, since one may have gone for another of the same name.
        List<K> gone = new ArrayList<>(bound.keySet());
        gone.removeAll(present.keySet());
        gone.forEach(this::forget);
        present.forEach((key, value) -> {
            Binder<Latest<V>> known = bound.get(key);
            if (known != null) {
                known.state().value = value;
            } else if (bound.size() < most) {
                add(key, value);
            }
        });
    }

    private void forget(K key) {
        Binder<Latest<V>> known = bound.remove(key);
        if (known != null) {
            known.forget();
        }
    }

    private void add(K key, V value) {
        Binder<Latest<V>> made = new Binder<>(registry, new Latest<>(value));
        bind.accept(key, made);
        bound.put(key, made);
    }

    /** Those that have meters. */
    Map<K, V> listed() {
        Map<K, V> listed = new LinkedHashMap<>();
        bound.forEach((key, binder) -> listed.put(key, binder.state().value));
        return listed;
    }
}
