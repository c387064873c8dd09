package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Build;
import dev.mayfly.manifest.FunctionSpec.Source;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** What an app's builds are. */
final class BuildPlan {
    private final Manifest manifest;
    private final List<Problem> problems = new ArrayList<>();

    private BuildPlan(Manifest manifest) {
        this.manifest = manifest;
    }

    /** {@return the builds in the order of app.toml, no two of which make the same module} */
    static Parsed<List<BuildUnit>> of(Manifest manifest, Path folder) {
        BuildPlan plan = new BuildPlan(manifest);
        List<BuildUnit> units = plan.units();
        plan.checkModules(units);
        plan.checkGlobs(folder);
        return plan.problems.isEmpty()
                ? new Parsed.Valid<>(units)
                : new Parsed.Invalid<>(plan.problems);
    }

    private List<BuildUnit> units() {
        Map<String, List<FunctionSpec>> byCommand = new LinkedHashMap<>();
        for (FunctionSpec function : manifest.functions().values()) {
            function.build()
                    .ifPresent(build ->
                            byCommand
                                    .computeIfAbsent(build.command(), _ -> new ArrayList<>())
                                    .add(function));
        }
        return byCommand.entrySet().stream()
                .map(each -> unit(each.getKey(), each.getValue()))
                .toList();
    }

    private BuildUnit unit(String command, List<FunctionSpec> functions) {
        List<FunctionSpec> all = new ArrayList<>(functions);
        for (FunctionSpec other : manifest.functions().values()) {
            boolean same =
                    functions.stream().anyMatch(each -> each.source().equals(other.source()));
            if (other.build().isEmpty() && same) {
                all.add(other);
            }
        }
        return new BuildUnit(command, watch(functions), all);
    }

    private static List<String> watch(List<FunctionSpec> functions) {
        Set<String> globs = new LinkedHashSet<>();
        for (FunctionSpec function : functions) {
            List<String> own = function.build().map(Build::watch).orElse(List.of());
            if (own.isEmpty()) {
                return List.of();
            }
            globs.addAll(own);
        }
        return List.copyOf(globs);
    }

    private void checkModules(List<BuildUnit> units) {
        Map<String, BuildUnit> makers = new LinkedHashMap<>();
        for (BuildUnit unit : units) {
            for (FunctionSpec function : unit.functions()) {
                if (function.source() instanceof Source.File(String path)) {
                    BuildUnit maker = makers.computeIfAbsent(path, _ -> unit);
                    if (!maker.equals(unit) && function.build().isPresent()) {
                        madeTwice(function, maker);
                    }
                } else {
                    notMade(function);
                }
            }
        }
    }

    private void madeTwice(FunctionSpec function, BuildUnit maker) {
        problem(
                "function." + function.name() + ".build.command",
                "it makes "
                        + BuildUnit.module(function)
                        + ", which the command of "
                        + maker.name()
                        + " makes, too",
                "give both the same command, which then runs once, or let them make two modules");
    }

    private void notMade(FunctionSpec function) {
        problem(
                "function." + function.name() + ".source",
                BuildUnit.module(function) + " is fetched (expected: a file, as it has a build)",
                "write the path of the module that the build makes, or take the build out");
    }

    private void checkGlobs(Path folder) {
        for (FunctionSpec function : manifest.functions().values()) {
            List<String> globs = function.build().map(Build::watch).orElse(List.of());
            for (int i = 0; i < globs.size(); i++) {
                try {
                    WatchGlobs.of(folder, List.of(globs.get(i)));
                } catch (PatternSyntaxException e) {
                    problem(
                            "function." + function.name() + ".build.watch[" + i + "]",
                            "\"" + globs.get(i) + "\" is no glob: " + e.getDescription(),
                            "write one such as \"src/**/*.c\"");
                }
            }
        }
    }

    private void problem(String key, String message, String mend) {
        Place place = manifest.places().of(key);
        problems.add(new Problem(place.line(), place.column(), key, message, mend));
    }
}
