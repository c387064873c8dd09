package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is missing on a machine before a compiler does. */
@Command(
        name = "doctor",
        description = {
            "Look for what functions are built with, and say how to install what is missing.",
            "What an app takes is told by the build commands of its app.toml, by the scripts they call and",
            "by project files. The exit code is 1 if something of that is missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly doctor                  the app of this folder, and this machine",
            "  mayfly doctor shop             another folder's",
            "  mayfly doctor --output json    for programs"
        })
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder of an app (default: this one; without an app.toml, no app).")
    private @Nullable Path folder;

    @Mixin private OutputOption output = new OutputOption();

    @Spec private @Nullable CommandSpec command;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> app = app();
        if (app.isEmpty()) {
            return tell(Optional.empty(), surroundings.directory(), Map.of()).code();
        }
        String shown = surroundings.shown(app.get());
        return switch (AppReader.parse(app.get())) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                    throw StoppedException.invalid(
                            "what the app takes cannot be told: its app.toml is not valid",
                            "mend it first; mayfly validate lists the same",
                            shown,
                            problems);
            case Parsed.Valid<Manifest>(Manifest manifest) -> {
                Path place = app.get().resolveSibling("").normalize();
                yield tell(Optional.of(shown), place, ToolNeeds.of(place, manifest)).code();
            }
        };
    }

    private Optional<Path> app() throws IOException {
        Path here = surroundings.directory().resolve(Location.MANIFEST);
        if (folder == null && !Files.exists(here)) {
            return Optional.empty();
        }
        return switch (Location.find(Optional.ofNullable(folder), surroundings)) {
            case Location.ManifestFile(Path file) -> Optional.of(file);
            case Location.BareModule(Path file) ->
                    throw Usage.wrong(
                            command,
                            surroundings.shown(file)
                                    + " is a module, which is built already; mayfly inspect looks into it");
            case Location.Nowhere(String message) -> throw Usage.wrong(command, message);
        };
    }

    private Exit tell(Optional<String> app, Path place, Map<Tool, Set<String>> needs)
            throws IOException {
        Checkup checkup = Checkup.of(place, surroundings.environment());
        DoctorReport report = new DoctorReport(surroundings, checkup, app, copy(needs));
        if (output.isJson()) {
            surroundings.out().println(Json.text(report.facts()));
        } else {
            surroundings.out().print(report.text());
            surroundings.out().flush();
        }
        return report.isWell() ? Exit.OK : Exit.FAILURE;
    }

    private static Map<Tool, Set<String>> copy(Map<Tool, Set<String>> needs) {
        Map<Tool, Set<String>> copy = new EnumMap<>(Tool.class);
        copy.putAll(needs);
        return copy;
    }
}
