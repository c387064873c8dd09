package dev.mayfly.cli;

import dev.mayfly.gateway.AppSource;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.Inspection;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads what a build made as the app's function that it is, and tells what it is made of. */
final class ModuleCheck {
    private final AppSource app;
    private final ServerSettings settings;

    private ModuleCheck(AppSource app, ServerSettings settings) {
        this.app = app;
        this.settings = settings;
    }

    /**
     * {@return a check of the functions of the app at {@code source}, or what is wrong with it}
     *
     * <p>A variable that has no value here is empty: values are not known where apps are built.
     */
    static Parsed<ModuleCheck> of(
            Location.ManifestFile source, Manifest manifest, Surroundings surroundings)
            throws IOException {
        Map<String, String> empty = new LinkedHashMap<>();
        manifest.variables()
                .forEach((name, variable) -> {
                    if (variable.fallback().isEmpty() && !AppReader.isSet(surroundings, name)) {
                        empty.put(name, "");
                    }
                });
        Map<String, String> flags = Map.of("access_log", "false");
        Parsed<ServerSettings> settings =
                ServerSettings.read(Optional.empty(), surroundings.serverEnvironment(), flags);
        Parsed<Manifest> resolved = new AppReader(surroundings, empty, Map.of()).read(source);
        return switch (resolved) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> new Parsed.Invalid<>(problems);
            case Parsed.Valid<Manifest>(Manifest valid) ->
                    switch (settings) {
                        case Parsed.Invalid<ServerSettings>(List<Problem> problems) ->
                                new Parsed.Invalid<>(problems);
                        case Parsed.Valid<ServerSettings>(ServerSettings read) ->
                                new Parsed.Valid<>(
                                        new ModuleCheck(
                                                new AppSource(source.folder(), valid), read));
                    };
        };
    }

    /**
     * What a build made for a function.
     *
     * @param function its name
     * @param module as app.toml names it
     * @param bytes of the file
     * @param customBytes of them: names, debug info and what else says nothing to a run
     * @param seen what it is made of, and what keeps it from being loaded
     */
    record Checked(String function, String module, long bytes, int customBytes, Inspection seen) {}

    /** Loads and runs it once; blocks. */
    Checked check(FunctionSpec function) throws IOException {
        Path file = app.folder().resolve(BuildUnit.module(function));
        byte[] bytes = Files.readAllBytes(file);
        int custom = WasmSections.of(bytes).map(WasmSections::customBytes).orElse(0);
        return new Checked(
                function.name(),
                BuildUnit.module(function),
                bytes.length,
                custom,
                Gateway.inspect(app, function.name(), settings));
    }
}
