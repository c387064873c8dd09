package dev.mayfly.pool;

import java.util.List;
import java.util.Optional;

/**
 * What can be said of a module, loadable or not.
 *
 * @param report what it is made of; empty when it is no valid module. Its image has no pages when
 *     the module could not be frozen
 * @param problems why it cannot be loaded; empty when it can
 * @param warnings for its owner
 */
public record ModuleInspection(
        Optional<ModuleReport> report, List<String> problems, List<String> warnings) {
    /** Copies the lists in. */
    public ModuleInspection {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
