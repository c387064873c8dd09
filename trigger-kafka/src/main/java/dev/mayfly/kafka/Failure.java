package dev.mayfly.kafka;

import dev.mayfly.pool.FunctionId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a record failed for good.
 *
 * @param error why, for the function's owner
 * @param attempts how many there were; 0 for a record that was never tried
 * @param exitCode of the last attempt, if it exited
 * @param stderr its last lines, oldest first
 * @param function that was run, with its revision
 * @param requestId the record's
 * @param at when it was given up
 */
record Failure(
        String error,
        int attempts,
        OptionalInt exitCode,
        List<String> stderr,
        FunctionId function,
        String requestId,
        Instant at) {
    Failure {
        stderr = List.copyOf(stderr);
    }
}
