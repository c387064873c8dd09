package dev.mayfly.load;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param quick only to see whether it runs
 * @param seconds of each long measurement, in place of the scenario's own; 0 for those
 */
record Effort(boolean quick, int seconds) {
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

    /** How long a measurement takes that is to take {@code whole}. */
    Duration span(Duration whole) {
        if (seconds > 0) {
            return Duration.ofSeconds(seconds);
        }
        return quick ? Duration.ofSeconds(2) : whole;
    }

    /** How many to make of what there are to be {@code whole}. */
    int count(int whole, int few) {
        return quick ? few : whole;
    }
}
