package dev.mayfly.server;

import java.time.Duration;
import java.time.Instant;

/**
 * A gradual rollout.
 *
 * @param revision the new one
 * @param percent what it has of the traffic
 * @param step how long each part lasts
 * @param abortOn when it is taken back; empty for never
 * @param nextAt when it gets more, by the database's clock
 * @param state {@code running}, or how it ended
 */
record CanaryState(
        int revision, int percent, Duration step, String abortOn, Instant nextAt, String state) {}
