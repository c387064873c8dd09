package dev.mayfly.gateway;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What came of a request.
 *
 * @param status of the answer; what is counted for one that broke off
 * @param fields of its head, {@code Date} and {@code Server} left out
 * @param body all of it
 * @param runs of functions, in order; none for what is answered without one
 * @param log lines of standard error, escaped
 * @param failures why it failed, for the functions' owner
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Tried(
        int status,
        List<TrialRequest.Field> fields,
        byte[] body,
        List<Run> runs,
        List<String> log,
        List<String> failures) {
    /** Copies the lists in. */
    public Tried {
        fields = List.copyOf(fields);
        runs = List.copyOf(runs);
        log = List.copyOf(log);
        failures = List.copyOf(failures);
    }

    /**
     * A run of a function.
     *
     * @param function its name
     * @param ending how it ended, as a sentence goes on after the name
     * @param exitCode its exit code, if it came to one
     * @param dirtyPages 4 KiB pages it wrote to
     * @param time from its start to its end
     */
    public record Run(
            String function, String ending, OptionalInt exitCode, int dirtyPages, Duration time) {}
}
