package dev.mayfly.server;

import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.Rollout;
import dev.mayfly.registry.Rollouts;
import java.util.Locale;
import java.util.Optional;

/** Rollouts as the registry has them. */
final class StoredCanaries implements Canaries {
    private final Rollouts rollouts;

    StoredCanaries(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public Optional<CanaryState> find(String app) {
        return rollouts.find(app).map(StoredCanaries::state);
    }

    private static CanaryState state(Rollout rollout) {
        return new CanaryState(
                rollout.revision(),
                rollout.percent(),
                rollout.plan().step(),
                rollout.plan().abortOn(),
                rollout.timing().nextAt(),
                rollout.state().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public ChangeResult end(String app, Intent intent) {
        return rollouts.takeBack(app, Rollout.State.CANCELLED, "cancelled", intent);
    }
}
