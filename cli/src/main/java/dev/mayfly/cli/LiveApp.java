package dev.mayfly.cli;

import dev.mayfly.gateway.AppSource;
import dev.mayfly.gateway.DeployResult;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An app on disk and its revision in the gateway. What does not load changes nothing: the revision
 * before it serves on. Used by one thread at a time: first the one that starts, then the watch's.
 */
final class LiveApp {
    /** Is told what is about to be read, before it is read. */
    interface Named {
        /**
         * Takes the paths, absolute, there or not.
         *
         * @param files app.toml and modules
         * @param folders mounts
         */
        void named(Set<Path> files, Set<Path> folders);
    }

    private final Gateway gateway;
    private final AppReader reader;
    private final Location.Found source;
    private final Surroundings surroundings;
    private final Named named;
    private final ProblemReport report;
    private Optional<String> servedName = Optional.empty();

    /** Its files as they were just before they were read. */
    private Map<Path, FileState> loaded = Map.of();

    LiveApp(
            Gateway gateway,
            AppReader reader,
            Location.Found source,
            Surroundings surroundings,
            Named named) {
        this.gateway = gateway;
        this.reader = reader;
        this.source = source;
        this.surroundings = surroundings;
        this.named = named;
        this.report = new ProblemReport(surroundings);
    }

    /** {@return whether what is on disk is served now; if not, every problem was printed} */
    boolean load() throws IOException {
        named.named(Set.of(source.file()), Set.of());
        loaded = Map.of(source.file(), FileState.of(source.file()));
        return switch (reader.read(source)) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> deploy(manifest);
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> refuse(problems);
        };
    }

    /**
     * As {@link #load}, for an app that is served already.
     *
     * @param account of how long it took, asked for once it is served
     */
    void reload(Supplier<String> account) {
        String shown = surroundings.shown(source.file());
        try {
            say(
                    load()
                            ? "reloaded " + shown + account.get()
                            : shown + " is not reloaded: the one before serves on");
        } catch (IOException e) {
            say(Complaints.reason(e) + ": it is not reloaded: the one before serves on");
        }
    }

    /** {@return whether a file is not what it was when it was last loaded} */
    boolean changed() {
        return loaded.entrySet().stream()
                .anyMatch(file -> !FileState.of(file.getKey()).equals(file.getValue()));
    }

    /**
     * {@return whether what changed looks as if its writer were done with it} A module tells by
     * itself where it ends; of app.toml the first half may be a valid one.
     */
    boolean looksWhole() {
        return loaded.entrySet().stream()
                .filter(file -> !FileState.of(file.getKey()).equals(file.getValue()))
                .allMatch(file -> !file.getKey().equals(source.file()) && isWhole(file.getKey()));
    }

    private static boolean isWhole(Path module) {
        try {
            return WasmSections.of(Files.readAllBytes(module)).isPresent();
        } catch (IOException _) { // it may be about to come back
            return false;
        }
    }

    /** What is on disk now is not to be loaded: whoever wrote it did not get to its end. */
    void passOver() {
        Map<Path, FileState> states = new LinkedHashMap<>();
        loaded.forEach((file, state) ->
                states.put(file, file.equals(source.file()) ? state : FileState.of(file)));
        loaded = states;
    }

    private boolean deploy(Manifest manifest) {
        name(manifest);
        String name = manifest.app().name();
        if (servedName.isPresent() && !servedName.get().equals(name)) {
            return refuse(List.of(renamed(servedName.get(), manifest)));
        }
        return switch (gateway.deploy(new AppSource(source.folder(), manifest))) {
            case DeployResult.Refused(List<Problem> problems) -> refuse(problems);
            case DeployResult.Deployed(_, List<String> warnings) -> {
                servedName = Optional.of(name);
                warnings.forEach(warning -> say("warning: " + warning));
                yield true;
            }
        };
    }

    private void name(Manifest manifest) {
        FilesOnDisk disk = new FilesOnDisk(source.folder());
        Set<Path> files = new LinkedHashSet<>(disk.modules(manifest));
        files.add(source.file());
        named.named(files, disk.mounts(manifest));
        Map<Path, FileState> states = new LinkedHashMap<>();
        files.forEach(file -> states.put(file, FileState.of(file)));
        states.putAll(loaded); // app.toml as it was before it was read
        loaded = states;
    }

    private boolean refuse(List<Problem> problems) {
        report.print(surroundings.shown(source.file()), problems);
        return false;
    }

    private static Problem renamed(String served, Manifest manifest) {
        Place place = manifest.places().of("app.name");
        return new Problem(
                place.line(),
                place.column(),
                "app.name",
                "\"" + manifest.app().name() + "\" (expected: \"" + served + "\", as it is served)",
                "stop mayfly and start it again to serve the app under its new name");
    }

    private void say(String line) {
        surroundings.err().println(line);
    }
}
