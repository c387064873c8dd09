package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads an app from disk. Each variable's value comes from {@code --variable}, else from the
 * environment's {@code MAYFLY_VARIABLE_<NAME>}, else from its default.
 */
final class AppReader {
    private static final String VARIABLE = "MAYFLY_VARIABLE_";

    private final Map<String, String> environment;
    private final Map<String, String> variables;
    private final Map<String, String> functionEnvironment;

    /**
     * @param surroundings where the environment's variables come from
     * @param variables as given by {@code --variable}
     * @param functionEnvironment as given by {@code --env}
     */
    AppReader(
            Surroundings surroundings,
            Map<String, String> variables,
            Map<String, String> functionEnvironment) {
        this.environment = surroundings.environment();
        this.variables = variables;
        this.functionEnvironment = functionEnvironment;
    }

    /** {@return the app, its variables put in, or every problem} */
    Parsed<Manifest> read(Location.Found source) throws IOException {
        Parsed<Manifest> parsed =
                switch (source) {
                    case Location.ManifestFile(Path file) -> parse(file);
                    case Location.BareModule module -> new Parsed.Valid<>(alone(module));
                };
        return switch (parsed) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> complete(manifest);
            case Parsed.Invalid<Manifest> invalid -> invalid;
        };
    }

    private static Manifest alone(Location.BareModule module) {
        return Manifests.bareModule(AppName.from(module.fileName()), module.fileName());
    }

    /** {@return the app.toml as it stands, its variables not put in, or every problem} */
    static Parsed<Manifest> parse(Path file) throws IOException {
        try {
            return Manifests.parse(Files.readString(file));
        } catch (CharacterCodingException _) { // as much a problem of the file as any other
            return new Parsed.Invalid<>(
                    List.of(new Problem(0, 0, "", "not UTF-8 text", "save it as UTF-8")));
        }
    }

    private Parsed<Manifest> complete(Manifest manifest) {
        return switch (Manifests.resolve(manifest, given(manifest))) {
            case Parsed.Valid<Manifest>(Manifest resolved) ->
                    Manifests.withEnvironment(resolved, functionEnvironment);
            case Parsed.Invalid<Manifest> invalid -> invalid;
        };
    }

    private Map<String, String> given(Manifest manifest) {
        Map<String, String> given = new LinkedHashMap<>();
        manifest.variables()
                .keySet()
                .forEach(name -> {
                    String value = environment.get(inEnvironment(name));
                    if (value != null) {
                        given.put(name, value);
                    }
                });
        given.putAll(variables);
        return given;
    }

    /** {@return whether the environment has a value for {@code variable}} */
    static boolean isSet(Surroundings surroundings, String variable) {
        return surroundings.environment().containsKey(inEnvironment(variable));
    }

    private static String inEnvironment(String variable) {
        return VARIABLE + variable.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
