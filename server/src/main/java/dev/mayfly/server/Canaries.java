package dev.mayfly.server;

import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import java.util.Optional;

/** Gradual rollouts. Blocks; throws {@link dev.mayfly.registry.UnavailableException}. */
interface Canaries {
    /** The app's rollout, as long as it has one. */
    Optional<CanaryState> find(String app);

    /** Gives all traffic back to the revision before. */
    ChangeResult end(String app, Intent intent);
}
