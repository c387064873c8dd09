package dev.mayfly.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which log lines are wanted.
 *
 * @param app of this app
 * @param function only of this function
 * @param requestId only of this request
 * @param since only from then on
 * @param after only those with a larger number
 * @param limit at most so many, the oldest first; with {@code after} 0, the newest of them
 * @param patience how long to wait for the first one, if there is none
 */
public record LogQuery(
        String app,
        Optional<String> function,
        Optional<String> requestId,
        Optional<Instant> since,
        long after,
        int limit,
        Duration patience) {
    /** Refuses to look for nothing. */
    public LogQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }

    boolean wants(LogLine line) {
        return line.app().equals(app)
                && function.map(line.function()::equals).orElse(true)
                && requestId.map(line.requestId()::equals).orElse(true)
                && since.map(time -> !line.at().isBefore(time)).orElse(true);
    }

    LogQuery from(long number) {
        return new LogQuery(app, function, requestId, since, number, limit, patience);
    }
}
