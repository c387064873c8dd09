package dev.mayfly.gateway;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Registers meters that read their values from one object, and forgets them together.
 *
 * @param <S> that object; whoever has the binder keeps it alive
 */
final class Binder<S> {
    private final MeterRegistry registry;
    private final S state;
    private final List<Meter> bound = new ArrayList<>();

    Binder(MeterRegistry registry, S state) {
        this.registry = registry;
        this.state = state;
    }

    S state() {
        return state;
    }

    /** {@code unit} is a base unit, or empty. */
    void gauge(String name, String unit, String help, ToDoubleFunction<S> value, String... tags) {
        @Nullable String base = unit.isEmpty() ? null : unit;
        bound.add(
                Gauge.builder(name, state, value)
                        .baseUnit(base)
                        .description(help)
                        .tags(tags)
                        .register(registry));
    }

    void count(String name, String help, ToDoubleFunction<S> value, String... tags) {
        bound.add(
                FunctionCounter.builder(name, state, value)
                        .description(help)
                        .tags(tags)
                        .register(registry));
    }

    void forget() {
        bound.forEach(registry::remove);
    }
}
