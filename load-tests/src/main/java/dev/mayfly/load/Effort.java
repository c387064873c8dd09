package dev.mayfly.load;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param quick only to see whether it runs
 */
record Effort(boolean quick) {
    Duration warmUp() {
        return Duration.ofSeconds(quick ? 2 : 15);
    }

    Duration round() {
        return Duration.ofSeconds(quick ? 1 : 10);
    }

    int rounds() {
        return quick ? 1 : 3;
    }

    int starts() {
        return quick ? 1 : 7;
    }
}
