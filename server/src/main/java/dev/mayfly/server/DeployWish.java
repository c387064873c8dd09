package dev.mayfly.server;

import dev.mayfly.registry.Intent;
import dev.mayfly.registry.NewRevision;
import java.time.Duration;
import java.util.Optional;

/**
 * A deploy that somebody asks for.
 *
 * @param app as asked for; the manifest has to name the same
 * @param revision manifest, artifacts, and how much of the traffic
 * @param canary to give it the traffic bit by bit
 * @param dryRun to be told what would change, and change nothing
 * @param patience how long to wait until every gateway serves it; zero for this one only
 * @param intent who, and under which conditions
 */
record DeployWish(
        String app,
        NewRevision revision,
        Optional<CanaryWish> canary,
        boolean dryRun,
        Duration patience,
        Intent intent) {}
