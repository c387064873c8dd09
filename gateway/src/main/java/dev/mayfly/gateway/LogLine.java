package dev.mayfly.gateway;

import java.time.Instant;

/**
 * A line that a function wrote, or that tells its owner why a request failed.
 *
 * @param number rises by at least one from line to line, also over restarts
 * @param at when
 * @param app the function's app
 * @param revision of the app
 * @param function the function's name within the app
 * @param requestId the request's id; empty for a line of a load
 * @param line escaped
 */
public record LogLine(
        long number,
        Instant at,
        String app,
        long revision,
        String function,
        String requestId,
        String line) {
    /** What a line takes beside its text, in bytes. */
    private static final int FRAME = 160;

    /** {@return about how much memory it takes, in bytes} */
    long weight() {
        return FRAME + line.length() + (long) requestId.length();
    }
}
