package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A build command and the functions it is for: several that have the same command are built by one
 * run of it, since two runs would write the same files at once.
 *
 * @param command for the shell
 * @param watch globs of all its functions; empty when one of them has none, so that nothing tells
 *     whether it must run
 * @param functions those that have this command, and those that have none but the same module
 */
record BuildUnit(String command, List<String> watch, List<FunctionSpec> functions) {
    private static final Set<String> INTERPRETERS =
            Set.of("sh", "bash", "python", "python3", "node", "deno", "bun", "perl", "ruby");

    BuildUnit {
        watch = List.copyOf(watch);
        functions = List.copyOf(functions);
    }

    /** {@return its functions' names, as a person reads them} */
    String name() {
        return functions.stream().map(FunctionSpec::name).collect(Collectors.joining("+"));
    }

    /** {@return the modules it makes, relative to app.toml} */
    Set<String> modules() {
        return functions.stream()
                .map(BuildUnit::module)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@return the program it runs, as written: a script in the folder is a source like others} */
    String program() {
        String[] words = command.strip().split("\\s+", 3);
        return words.length > 1 && INTERPRETERS.contains(words[0]) ? words[1] : words[0];
    }

    boolean isFor(String function) {
        return functions.stream().anyMatch(each -> each.name().equals(function));
    }

    /** {@return the module of a function that a {@link BuildPlan} let pass} */
    static String module(FunctionSpec function) {
        return switch (function.source()) {
            case Source.File(String path) -> path;
            case Source.Url(String url, _) -> url;
            case Source.Registry(String registry, _) -> registry;
        };
    }
}
