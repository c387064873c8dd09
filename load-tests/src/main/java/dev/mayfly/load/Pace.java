package dev.mayfly.load;

import java.time.Duration;

/**
 * How fast to ask, whatever comes back.
 *
 * @param perSecond requests a second
 * @param time for how long
 * @param connections kept ones; when all are busy, requests wait and their time counts
 */
record Pace(double perSecond, Duration time, int connections) {
    Pace {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: > 0)");
        }
    }

    long requests() {
        return Math.max(1, Math.round(perSecond * time.toNanos() / 1e9));
    }

    /** Nanoseconds after the start at which request {@code n} is meant to go out. */
    long due(long n) {
        return Math.round(n * 1e9 / perSecond);
    }
}
