package dev.mayfly.cli;

import dev.mayfly.gateway.AppSource;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.Inspection;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks into a module without serving it. */
@Command(
        name = "inspect",
        description = {
            "Tell what a module is made of and how it would run.",
            "Form, imports, memory, entry points, the size of each part, what a sample run uses, what is",
            "interpreted and why. Of a module that cannot be loaded: why, and what could be seen of it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly inspect hello.wasm", "  mayfly inspect hello.wasm --output json"})
final class InspectCommand implements Callable<Integer> {
    /** Of an app that is never served; functions and apps need one. */
    private static final String NAME = "inspected";

    private final Surroundings surroundings;

    @Parameters(paramLabel = "module.wasm", description = "The module.")
    private Path module = Path.of("");

    @Mixin private OutputOption output = new OutputOption();

    InspectCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path file = surroundings.resolve(module);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(surroundings.shown(file));
        }
        Map<String, String> flags = Map.of("access_log", "false");
        return switch (ServerSettings.read(
                Optional.empty(), surroundings.serverEnvironment(), flags)) {
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> {
                new ProblemReport(surroundings).print("settings", problems);
                yield Exit.USAGE.code();
            }
            case Parsed.Valid<ServerSettings>(ServerSettings settings) ->
                    tell(file, Gateway.inspect(alone(file), NAME, settings)).code();
        };
    }

    private static AppSource alone(Path file) {
        return new AppSource(
                Objects.requireNonNull(file.getParent()),
                Manifests.bareModule(NAME, String.valueOf(file.getFileName())));
    }

    private Exit tell(Path file, Inspection inspection) {
        InspectionReport report = new InspectionReport(inspection);
        surroundings.out().print(output.isJson() ? report.json() : report.text());
        surroundings.out().flush();
        String shown = surroundings.shown(file);
        inspection
                .problems()
                .forEach(problem -> surroundings.err().println(shown + ": " + problem));
        return inspection.problems().isEmpty() ? Exit.OK : Exit.INVALID;
    }
}
