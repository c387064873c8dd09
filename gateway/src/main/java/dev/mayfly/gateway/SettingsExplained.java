package dev.mayfly.gateway;

import dev.mayfly.manifest.Problem;
import java.util.List;

/**
 * Every setting with its value, and what is wrong with them.
 *
 * @param settings what was read, with defaults for what could not be
 * @param values of all settings, in the order of docs/configuration.md
 * @param problems what would stop the start
 */
public record SettingsExplained(
        ServerSettings settings, List<SettingValue> values, List<Problem> problems) {
    /** Copies the lists in. */
    public SettingsExplained {
        values = List.copyOf(values);
        problems = List.copyOf(problems);
    }
}
