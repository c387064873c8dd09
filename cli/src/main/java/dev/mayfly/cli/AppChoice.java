package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which app a command is about: the one named, else this folder's, else the only one there is. */
final class AppChoice {
    @Option(
            names = {"-a", "--app"},
            paramLabel = "APP",
            description = "The app (default: that of the app.toml here, else the only one.)")
    private @Nullable String app;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    String name(Session session) throws IOException {
        if (app != null) {
            return app;
        }
        Path manifest = session.surroundings().resolve(Path.of(Location.MANIFEST));
        return Files.isRegularFile(manifest) ? named(manifest) : only(session);
    }

    private String named(Path file) throws IOException {
        if (AppReader.parse(file) instanceof Parsed.Valid<Manifest>(Manifest manifest)) {
            return manifest.app().name();
        }
        throw Usage.wrong(
                command, file + " has problems, so which app? mend it, or say --app NAME");
    }

    private String only(Session session) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode each : session.get(ApiPath.of("apps")).path("apps")) {
            names.add(each.path("name").asText());
        }
        if (names.size() == 1) {
            return names.getFirst();
        }
        throw Usage.wrong(
                command,
                names.isEmpty()
                        ? "the server has no app yet; mayfly deploy DIR brings one"
                        : "which app? --app with one of " + String.join(", ", names));
    }
}
