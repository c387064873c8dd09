package dev.mayfly.cli;

import dev.mayfly.gateway.AppSource;
import dev.mayfly.gateway.DeployResult;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An app on disk and its revision in the gateway. What does not load changes nothing: the revision
 * before it serves on. Used by one thread at a time: first the one that starts, then the watch's.
 */
final class LiveApp {
    private final Gateway gateway;
    private final AppReader reader;
    private final Location.Found source;
    private final Surroundings surroundings;
    private final ProblemReport report;
    private Optional<Manifest> latest = Optional.empty();
    private Optional<String> servedName = Optional.empty();

    /** Its files as they were just before they were read. */
    private Map<Path, FileState> loaded = Map.of();

    LiveApp(Gateway gateway, AppReader reader, Location.Found source, Surroundings surroundings) {
        this.gateway = gateway;
        this.reader = reader;
        this.source = source;
        this.surroundings = surroundings;
        this.report = new ProblemReport(surroundings);
    }

    /** {@return whether what is on disk is served now; if not, every problem was printed} */
    boolean load() throws IOException {
        loaded = Map.of(source.file(), FileState.of(source.file()));
        return switch (reader.read(source)) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> deploy(manifest);
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> refuse(problems);
        };
    }

    /** As {@link #load}, for an app that is served already. */
    void reload() {
        String shown = surroundings.shown(source.file());
        try {
            surroundings
                    .err()
                    .println(
                            load()
                                    ? "reloaded " + shown
                                    : shown + " is not reloaded: the one before serves on");
        } catch (IOException e) {
            surroundings
                    .err()
                    .println(Complaints.reason(e) + ": not reloaded, the one before serves on");
        }
    }

    /** {@return whether a file is not what it was when it was last loaded} */
    boolean changed() {
        return loaded.entrySet().stream()
                .anyMatch(file -> !FileState.of(file.getKey()).equals(file.getValue()));
    }

    /** {@return the files whose change means a reload: app.toml, modules} */
    Set<Path> files() {
        return loaded.keySet();
    }

    /** {@return the folders within which any change means a reload: mounts} */
    Set<Path> folders() {
        return latest.map(disk()::mounts).orElse(Set.of());
    }

    private boolean deploy(Manifest manifest) {
        latest = Optional.of(manifest);
        loaded = withModules(manifest);
        String name = manifest.app().name();
        if (servedName.isPresent() && !servedName.get().equals(name)) {
            return refuse(List.of(renamed(servedName.get(), name)));
        }
        return switch (gateway.deploy(new AppSource(source.folder(), manifest))) {
            case DeployResult.Refused(List<Problem> problems) -> refuse(problems);
            case DeployResult.Deployed(_, List<String> warnings) -> {
                servedName = Optional.of(name);
                warnings.forEach(warning -> surroundings.err().println("warning: " + warning));
                yield true;
            }
        };
    }

    private Map<Path, FileState> withModules(Manifest manifest) {
        Map<Path, FileState> states = new LinkedHashMap<>(loaded);
        disk().modules(manifest).forEach(file -> states.put(file, FileState.of(file)));
        return states;
    }

    private boolean refuse(List<Problem> problems) {
        report.print(surroundings.shown(source.file()), problems);
        return false;
    }

    private static Problem renamed(String served, String name) {
        return new Problem(
                0,
                0,
                "app.name",
                "\"" + name + "\" (expected: \"" + served + "\", as it is served now)",
                "stop mayfly and start it again to serve the app under its new name");
    }

    private FilesOnDisk disk() {
        return new FilesOnDisk(source.folder());
    }
}
