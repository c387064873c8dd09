package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        description =
                "List every problem of an app.toml, and the files it names that are not there.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly validate",
            "  mayfly validate shop/app.toml",
            "  mayfly validate --schema > app.schema.json"
        })
final class ValidateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = "An app.toml or the folder that holds it (default: this folder).")
    private @Nullable Path path;

    @Option(
            names = "--schema",
            description = "Print the JSON Schema of app.toml, for editors, and check nothing.")
    private boolean schema;

    ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (schema) {
            surroundings.out().println(Manifests.jsonSchema());
            return Exit.OK.code();
        }
        return switch (Location.find(Optional.ofNullable(path), surroundings)) {
            case Location.ManifestFile(Path file) -> check(file).code();
            case Location.BareModule(Path file) ->
                    complain(
                                    surroundings.shown(file)
                                            + " is a module: mayfly inspect looks into it")
                            .code();
            case Location.Nowhere(String message) -> complain(message).code();
        };
    }

    private Exit complain(String message) {
        surroundings.err().println("mayfly validate: " + message);
        return Exit.USAGE;
    }

    private Exit check(Path file) throws IOException {
        return switch (AppReader.parse(file)) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> check(file, manifest);
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> refuse(file, problems);
        };
    }

    private Exit check(Path file, Manifest manifest) {
        List<Problem> missing =
                new FilesOnDisk(Objects.requireNonNull(file.getParent())).missing(manifest);
        if (!missing.isEmpty()) {
            return refuse(file, missing);
        }
        surroundings.out().println(surroundings.shown(file) + " is valid: " + contents(manifest));
        for (Problem later : Manifests.notServedYet(manifest)) {
            surroundings.err().println("note: " + later.key() + ": " + later.message());
        }
        return Exit.OK;
    }

    private Exit refuse(Path file, List<Problem> problems) {
        new ProblemReport(surroundings).print(surroundings.shown(file), problems);
        return Exit.INVALID;
    }

    private static String contents(Manifest manifest) {
        return Count.of(manifest.functions().size(), "function")
                + ", "
                + Count.of(manifest.http().size(), "HTTP route")
                + (manifest.kafka().isEmpty()
                        ? ""
                        : ", " + Count.of(manifest.kafka().size(), "Kafka trigger"));
    }
}
