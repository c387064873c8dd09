package dev.mayfly.gateway;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which activations are wanted.
 *
 * @param apps of these apps
 * @param function only of this function
 * @param outcome only with this outcome
 * @param since only from then on
 * @param limit at most so many, the newest
 */
public record ActivationQuery(
        Predicate<String> apps,
        Optional<String> function,
        Optional<String> outcome,
        Optional<Instant> since,
        int limit) {
    boolean wants(Activation activation) {
        return apps.test(activation.place().app())
                && function.map(activation.place().function()::equals).orElse(true)
                && outcome.map(activation.end().outcome()::equals).orElse(true)
                && since.map(time -> !activation.at().isBefore(time)).orElse(true);
    }
}
