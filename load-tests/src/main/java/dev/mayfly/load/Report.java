package dev.mayfly.load;

import java.util.List;

/**
 * What came of a drive.
 *
 * @param accepted times of the right answers
 * @param refused 503 with {@code Retry-After}
 * @param other anything else, broken connections too
 * @param seconds from the first request to the last answer
 * @param complaints about the first few of {@code other}
 */
record Report(
        Latencies accepted, long refused, long other, double seconds, List<String> complaints) {
    Report {
        complaints = List.copyOf(complaints);
    }

    double perSecond() {
        return accepted.count() / seconds;
    }

    /**
     * Figures of a server that answered wrongly are worth nothing.
     *
     * @throws IllegalStateException when any answer was not the right one
     */
    Report flawless() {
        if (refused + other > 0) {
            throw new IllegalStateException(
                    refused + " refused, " + other + " wrong (expected: none): " + complaints);
        }
        return this;
    }

    /**
     * As {@link #flawless()}, for a server that may refuse.
     *
     * @throws IllegalStateException when an answer was neither the right one nor a refusal
     */
    Report honest() {
        if (other > 0) {
            throw new IllegalStateException(other + " wrong (expected: none): " + complaints);
        }
        return this;
    }

    String describe() {
        return Figures.rounded(perSecond(), 0)
                + "/s, p50 "
                + Figures.rounded(accepted.millis(50), 2)
                + " ms, p99 "
                + Figures.rounded(accepted.millis(99), 2)
                + " ms, "
                + refused
                + " refused, "
                + other
                + " other";
    }
}
