package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the modules of an app by the commands its app.toml has for them. */
@Command(
        name = "build",
        description = {
            "Build the functions of an app whose sources changed.",
            "Runs the command of each [function.NAME.build], looks into the module that came out, and tells",
            "its size, its memory and what its snapshot holds. docs/building.md has the rest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly build                     what changed in the app of this folder",
            "  mayfly build shop hello          one function of another folder's",
            "  mayfly build --force --jobs 1    everything, one after the other",
            "  mayfly build --strip             without names and debug info"
        })
final class BuildCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "[DIR] [FUNCTION]",
            description = {
                "The app, a folder or an app.toml (default: that of this folder), and which of its functions",
                "(default: all)."
            })
    private List<String> words = List.of();

    @Option(
            names = {"-f", "--force"},
            description = "Also what has not changed.")
    private boolean force;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "NUMBER",
            description = "Commands at once at most (default: one for each processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--strip",
            description = "Take names, debug info and other custom sections out of the modules.")
    private boolean strip;

    @Mixin private OutputOption output = new OutputOption();

    BuildCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (jobs < 1) {
            throw misused("--jobs " + jobs + " (expected: 1 or more)");
        }
        List<String> functions = new ArrayList<>(words);
        Location.ManifestFile app = app(functions);
        return switch (AppReader.parse(app.file())) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                    refuse(surroundings.shown(app.file()), problems).code();
            case Parsed.Valid<Manifest>(Manifest manifest) ->
                    build(app, manifest, functions).code();
        };
    }

    /** The app; takes the word that names it out of {@code names}. */
    private Location.ManifestFile app(List<String> names) throws IOException {
        if (!names.isEmpty() && locate(names.getFirst()) instanceof Location.ManifestFile first) {
            names.removeFirst();
            return first;
        }
        Location here = Location.find(Optional.empty(), surroundings);
        if (here instanceof Location.ManifestFile found) {
            return found;
        }
        Location tried = names.isEmpty() ? here : locate(names.getFirst());
        throw misused(
                tried instanceof Location.Nowhere(String message)
                        ? message
                        : names.getFirst() + " is a module by itself, which has no build");
    }

    private Location locate(String word) throws IOException {
        try {
            return Location.find(Optional.of(Path.of(word)), surroundings);
        } catch (InvalidPathException e) {
            return new Location.Nowhere(word + ": " + e.getReason());
        }
    }

    private Exit build(Location.ManifestFile app, Manifest manifest, List<String> functions)
            throws IOException {
        String shown = surroundings.shown(app.file());
        return switch (BuildPlan.of(manifest, app.folder())) {
            case Parsed.Invalid<List<BuildUnit>>(List<Problem> problems) -> refuse(shown, problems);
            case Parsed.Valid<List<BuildUnit>>(List<BuildUnit> units) -> {
                List<BuildUnit> wanted = wanted(units, manifest, functions);
                if (wanted.isEmpty()) {
                    say("nothing to build: no function of " + shown + " has a build");
                }
                yield build(app, manifest, new Plan(units, wanted));
            }
        };
    }

    /** All builds of an app, and those that are asked for. */
    private record Plan(List<BuildUnit> all, List<BuildUnit> wanted) {}

    private Exit build(Location.ManifestFile app, Manifest manifest, Plan plan) throws IOException {
        return switch (ModuleCheck.of(app, manifest, surroundings)) {
            case Parsed.Invalid<ModuleCheck>(List<Problem> problems) ->
                    refuse(surroundings.shown(app.file()), problems);
            case Parsed.Valid<ModuleCheck>(ModuleCheck check) -> {
                BuildLedger ledger = BuildLedger.of(app.folder());
                ledger.keepOnly(plan.all());
                List<BuildRun> runs =
                        plan.wanted().stream()
                                .map(unit -> new BuildRun(app.folder(), manifest, unit, ledger))
                                .toList();
                BuildCrew.Extent extent = new BuildCrew.Extent(force, strip);
                yield report(
                        new BuildCrew(surroundings, jobs).build(app.folder(), runs, extent, check));
            }
        };
    }

    private List<BuildUnit> wanted(
            List<BuildUnit> units, Manifest manifest, List<String> functions) {
        for (String function : functions) {
            if (!manifest.functions().containsKey(function)) {
                throw misused(unknown(function, manifest));
            }
            if (units.stream().noneMatch(unit -> unit.isFor(function))) {
                throw misused(
                        function
                                + " has no build; write [function."
                                + function
                                + ".build] with command = \"…\" and watch = [\"src/**\"]");
            }
        }
        return functions.isEmpty()
                ? units
                : units.stream().filter(unit -> functions.stream().anyMatch(unit::isFor)).toList();
    }

    private static String unknown(String word, Manifest manifest) {
        String known =
                Manifests.nearest(word, manifest.functions().keySet())
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElseGet(() ->
                                "its functions: "
                                        + String.join(", ", manifest.functions().keySet()));
        return word + ": neither a folder with an app.toml nor a function of the app; " + known;
    }

    private Exit report(List<BuildReport.Row> rows) {
        BuildReport report = new BuildReport(surroundings, rows);
        if (output.isJson()) {
            surroundings.out().print(report.json());
        } else if (!rows.isEmpty()) {
            surroundings.out().print(report.table());
        }
        surroundings.out().flush();
        report.remarks().forEach(this::say);
        Exit exit = report.exit();
        if (output.isJson() && exit != Exit.OK) {
            String kind = exit == Exit.INVALID ? "invalid" : "failed";
            String failed =
                    String.join(
                            ", ",
                            rows.stream()
                                    .filter(row -> row.failed() || row.refused())
                                    .map(row -> row.unit().name())
                                    .toList());
            new ProblemLine(surroundings).print(kind, "not built: " + failed, "");
        }
        return exit;
    }

    private Exit refuse(String shown, List<Problem> problems) {
        if (output.isJson()) {
            new ProblemLine(surroundings).print(shown, problems);
        } else {
            new ProblemReport(surroundings).print(shown, problems);
        }
        return Exit.INVALID;
    }

    private void say(String line) {
        surroundings.err().println(line);
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
