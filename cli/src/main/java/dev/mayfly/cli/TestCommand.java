package dev.mayfly.cli;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.Trials;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            "  mayfly test --junit report.xml     for CI",
            "  mayfly test --update               expect what came, where that is in files",
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

    @Option(
            names = "--update",
            description = {
                "Write the files that hold what is expected (body_file, value_file) as it came, of cases that",
                "are else as expected; for a text that stands in the case, show what it would be."
            })
    private boolean update;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the results there as JUnit's XML, for CI.")
    private @Nullable Path junit;

    @Mixin private OutputOption output = new OutputOption();

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
                    throw misused(
                            surroundings.shown(file) + " is a module: tests belong to an app.toml");
            case Location.Nowhere(String message) -> throw misused(message);
        };
    }

    private ParameterException misused(String message) {
        return Usage.wrong(command, message);
    }

    private Exit refuse(Map<String, List<Problem>> problems) {
        problems.forEach((shown, each) -> {
            if (output.isJson()) {
                new ProblemLine(surroundings).print(shown, each);
            } else {
                new ProblemReport(surroundings).print(shown, each);
            }
        });
        return Exit.INVALID;
    }

    private Exit test(Location.ManifestFile source) throws IOException {
        String shown = surroundings.shown(source.file());
        return switch (AppReader.parse(source.file())) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                    refuse(Map.of(shown, problems));
            case Parsed.Valid<Manifest>(Manifest manifest) -> test(source, manifest);
        };
    }

    private Exit test(Location.ManifestFile source, Manifest manifest) throws IOException {
        List<Path> files = SuiteReader.files(source.folder());
        if (files.isEmpty()) {
            Path tests = source.folder().resolve(SuiteReader.FOLDER);
            throw misused(
                    "there are no tests, *.toml in "
                            + surroundings.shown(tests)
                            + "; mayfly test --help shows the smallest one");
        }
        SuiteReader reader = new SuiteReader(surroundings, manifest);
        Map<String, List<Problem>> problems = reader.read(files);
        if (!problems.isEmpty()) {
            return refuse(problems);
        }
        List<SuiteCase> wanted = reader.cases().stream().filter(this::wants).toList();
        if (wanted.isEmpty()) {
            throw misused("no case has \"" + filter + "\" in its file or name");
        }
        SuitePlan plan = new SuitePlan(surroundings, source);
        Map<String, List<Problem>> unfit = plan.make(wanted, variables);
        return unfit.isEmpty() ? run(source, manifest.app().name(), plan.groups()) : refuse(unfit);
    }

    private boolean wants(SuiteCase each) {
        return each.file().shown().contains(filter) || each.test().name().contains(filter);
    }

    private Exit run(Location.ManifestFile source, String app, List<SuitePlan.Group> groups)
            throws IOException {
        Map<String, String> flags = Map.of("access_log", "false");
        SuiteProgress progress = new SuiteProgress(surroundings, groups, !output.isJson(), quiet);
        Goldens goldens = new Goldens(update);
        return switch (ServerSettings.read(
                Optional.empty(), surroundings.serverEnvironment(), flags)) {
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> {
                refuse(Map.of("settings", problems));
                yield Exit.USAGE;
            }
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> {
                try (Trials trials = Trials.open(settings, jobs, surroundings.err()::println)) {
                    SuiteRun run =
                            new SuiteRun(trials, source.folder(), jobs, goldens, progress::warn);
                    run.run(groups, progress::take);
                    yield end(progress.end(app, goldens));
                } catch (SuiteRun.Unloadable unloadable) {
                    yield refuse(Map.of(surroundings.shown(source.file()), unloadable.problems()));
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    yield Exit.FAILURE;
                } finally {
                    progress.close();
                }
            }
        };
    }

    private Exit end(SuiteOutcome outcome) throws IOException {
        if (output.isJson()) {
            surroundings.out().println(Json.text(outcome.facts()));
        }
        if (junit != null) {
            outcome.writeJunit(surroundings.resolve(junit));
        }
        return outcome.failed() == 0 ? Exit.OK : Exit.FAILURE;
    }
}
