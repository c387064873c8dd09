package dev.mayfly.server;

import java.time.Duration;

/**
 * A gradual rollout that somebody asks for.
 *
 * @param percent the first part of the traffic, 1 to 99
 * @param step how long each part lasts
 * @param abortOn when it is taken back: {@code 5xx>1%}; empty for never
 */
record CanaryWish(int percent, Duration step, String abortOn) {}
