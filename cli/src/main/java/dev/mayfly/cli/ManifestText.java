package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * An app.toml, its variables not put in: the server does that.
 *
 * @param text as it is sent
 * @param manifest what it says
 */
record ManifestText(String text, Manifest manifest) {
    /** {@return the app at {@code source}, or every problem} */
    static Parsed<ManifestText> read(Location.Found source) throws IOException {
        return switch (source) {
            case Location.BareModule module -> parse(alone(module));
            case Location.ManifestFile(var file) ->
                    switch (AppReader.parse(file)) {
                        case Parsed.Valid<Manifest>(Manifest manifest) ->
                                new Parsed.Valid<>(
                                        new ManifestText(Files.readString(file), manifest));
                        case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                                new Parsed.Invalid<>(problems);
                    };
        };
    }

    private static Parsed<ManifestText> parse(String text) {
        return switch (Manifests.parse(text)) {
            case Parsed.Valid<Manifest>(Manifest manifest) ->
                    new Parsed.Valid<>(new ManifestText(text, manifest));
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> new Parsed.Invalid<>(problems);
        };
    }

    /** What {@code mayfly up} makes of a module by itself, written down. */
    private static String alone(Location.BareModule module) {
        String name = AppName.from(module.fileName());
        return """
        manifest_version = 1
        app = { name = "%1$s" }

        [[trigger.http]]
        route = "/..."
        function = "%1$s"

        [function.%1$s]
        source = '%2$s'
        """
                .formatted(name, module.fileName());
    }
}
