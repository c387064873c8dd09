package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import java.util.List;

/**
 * What a start would meet.
 *
 * @param problems what would stop it, by the key of the setting
 * @param warnings what it would start with all the same
 */
public record ServerCheck(List<Problem> problems, List<Problem> warnings) {
    /** Copies the lists in. */
    public ServerCheck {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
