package dev.mayfly.http;

import java.util.List;

/**
 * A request that was tried, and all that came of it.
 *
 * @param answer as a client would have it, {@code Date} and {@code Server} left out
 * @param runs of functions, in order; none for what is answered without one
 * @param log lines of standard error, escaped
 * @param failures why it failed, for the functions' owner
 */
public record Trial(Replayed answer, List<Ran> runs, List<String> log, List<String> failures) {
    /** Copies the lists in. */
    public Trial {
        runs = List.copyOf(runs);
        log = List.copyOf(log);
        failures = List.copyOf(failures);
    }
}
