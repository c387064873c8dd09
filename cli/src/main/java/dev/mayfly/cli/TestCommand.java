package dev.mayfly.cli;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.Trials;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the cases of an app's tests, without a server. */
@Command(
        name = "test",
        description = {
            "Run the cases of tests/*.toml, each on its own fresh copy of the function.",
            "No port is taken and no server is needed: a request goes the way it goes on a server, in this",
            "process. Ends with 1 if a case failed, and with 3 if the app or a file of tests has problems."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly test                        the app of this folder",
            "  mayfly test shop --filter cart     only cases with cart in their name or file",
            "",
            "docs/testing.md says how cases are written. The smallest one, in tests/hello.toml:",
            "",
            "  [[case]]",
            "  name = \"greets\"",
            "  request = \"GET /\"",
            "  expect.status = 200"
        })
final class TestCommand implements Callable<Integer> {
    private static final int MOST_JOBS = 256;

    private final Surroundings surroundings;

    @Spec private @Nullable CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|app.toml",
            description = "The app (default: this folder).")
    private @Nullable Path path;

    @Option(
            names = "--filter",
            paramLabel = "TEXT",
            description = "Only cases whose file or name has this text in it.")
    private String filter = "";

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "NUMBER",
            description = "Cases at once, up to 256 (default: one for each core).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            description = "Set a variable the app.toml declares; a case may set another value.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell only of what failed, and how many there were.")
    private boolean quiet;

    private int passed;
    private int failed;

    TestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (jobs < 1 || jobs > MOST_JOBS) {
            throw Usage.wrong(command, "--jobs " + jobs + " (expected: 1 to " + MOST_JOBS + ")");
        }
        return switch (Location.find(Optional.ofNullable(path), surroundings)) {
            case Location.ManifestFile found -> test(found).code();
            case Location.BareModule(Path file) ->
                    complain(surroundings.shown(file) + " is a module: tests belong to an app.toml")
                            .code();
            case Location.Nowhere(String message) -> complain(message).code();
        };
    }

    private Exit complain(String message) {
        surroundings.err().println("mayfly test: " + message);
        return Exit.USAGE;
    }

    private Exit test(Location.ManifestFile source) throws IOException {
        return switch (AppReader.parse(source.file())) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> refuse(source, problems);
            case Parsed.Valid<Manifest>(Manifest manifest) -> test(source, manifest);
        };
    }

    private Exit refuse(Location.ManifestFile source, List<Problem> problems) {
        new ProblemReport(surroundings).print(surroundings.shown(source.file()), problems);
        return Exit.INVALID;
    }

    private Exit test(Location.ManifestFile source, Manifest manifest) throws IOException {
        List<Path> files = SuiteReader.files(source.folder());
        if (files.isEmpty()) {
            Path first = source.folder().resolve(SuiteReader.FOLDER).resolve("hello.toml");
            surroundings
                    .err()
                    .println("mayfly test: there are no tests in " + surroundings.shown(first));
            surroundings.err().println("  mayfly test --help shows the smallest one.");
            return Exit.USAGE;
        }
        SuiteReader reader = new SuiteReader(surroundings, manifest);
        Map<String, List<Problem>> problems = reader.read(files);
        if (!problems.isEmpty()) {
            problems.forEach(new ProblemReport(surroundings)::print);
            return Exit.INVALID;
        }
        List<SuiteCase> wanted = reader.cases().stream().filter(this::wants).toList();
        return wanted.isEmpty()
                ? complain("no case has \"" + filter + "\" in its file or name")
                : run(source, wanted);
    }

    private boolean wants(SuiteCase each) {
        return each.file().shown().contains(filter) || each.test().name().contains(filter);
    }

    private Exit run(Location.ManifestFile source, List<SuiteCase> cases) throws IOException {
        Map<Map<String, String>, List<SuiteCase>> byVariables = new LinkedHashMap<>();
        cases.forEach(each ->
                byVariables
                        .computeIfAbsent(each.test().variables(), _ -> new ArrayList<>())
                        .add(each));
        List<SuiteRun.Group> groups = new ArrayList<>();
        for (var group : byVariables.entrySet()) {
            Map<String, String> values = new LinkedHashMap<>(variables);
            values.putAll(group.getKey());
            switch (new AppReader(surroundings, values, Map.of()).read(source)) {
                case Parsed.Valid<Manifest>(Manifest manifest) ->
                        groups.add(new SuiteRun.Group(manifest, group.getValue()));
                case Parsed.Invalid<Manifest>(List<Problem> problems) -> {
                    return refuse(source, problems);
                }
            }
        }
        Map<String, String> flags = Map.of("access_log", "false");
        return switch (ServerSettings.read(
                Optional.empty(), surroundings.serverEnvironment(), flags)) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) ->
                    run(source, groups, settings);
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> {
                new ProblemReport(surroundings).print("settings", problems);
                yield Exit.USAGE;
            }
        };
    }

    private Exit run(
            Location.ManifestFile source, List<SuiteRun.Group> groups, ServerSettings settings)
            throws IOException {
        SuiteReport report = new SuiteReport(surroundings, quiet);
        long begun = System.nanoTime();
        try (Trials trials = Trials.open(settings, jobs, surroundings.err()::println)) {
            new SuiteRun(trials, source.folder(), jobs, this::warn)
                    .run(groups, result -> take(result, report));
        } catch (SuiteRun.Unloadable unloadable) {
            return refuse(source, unloadable.problems());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.FAILURE;
        }
        report.end(passed, failed, Duration.ofNanos(System.nanoTime() - begun));
        return failed == 0 ? Exit.OK : Exit.FAILURE;
    }

    private void warn(String warning) {
        surroundings.err().println("warning: " + warning);
    }

    private void take(CaseResult result, SuiteReport report) {
        if (result.passed()) {
            passed++;
        } else {
            failed++;
        }
        report.tell(result);
    }
}
