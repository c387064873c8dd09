package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A rollout; due by the database's clock. */
@MappedEntity("rollouts")
record RolloutRow(
        @Id String app,
        int revision,
        int base,
        int percent,
        long stepSeconds,
        String abortOn,
        Instant nextAt,
        String state,
        boolean due) {
    Rollout rollout() {
        return new Rollout(
                app,
                revision,
                base,
                percent,
                new Rollout.Plan(Duration.ofSeconds(stepSeconds), abortOn),
                new Rollout.Timing(nextAt, due),
                Rollout.State.valueOf(state.toUpperCase(Locale.ROOT)));
    }
}
