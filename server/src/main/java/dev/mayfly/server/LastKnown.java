package dev.mayfly.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mayfly.registry.AppState;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.LiveApp;
import dev.mayfly.registry.Revision;
import dev.mayfly.registry.Seals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this gateway serves, on its own disk: one sealed file for each app, so that a start without
 * the database serves all that was served before, secrets included. Whoever takes the file has
 * nothing without the key; a file that was changed does not open. Each app's file is written by its
 * track alone.
 */
final class LastKnown implements Truth {
    private static final String SUFFIX = ".sealed";

    private final Path folder;
    private final Seals seals;
    private final ObjectMapper json = new ObjectMapper();

    LastKnown(Path folder, Seals seals) {
        this.folder = folder;
        this.seals = seals;
    }

    /** Remembers it, whole or as it was before. */
    void put(AppNow app) {
        try {
            String text = json.writeValueAsString(Kept.of(app));
            write(file(app.name()), seals.seal(label(app.name()), text));
        } catch (IOException e) {
            throw new UncheckedIOException("what is served cannot be kept in " + folder, e);
        }
    }

    private static void write(Path file, String line) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(String app) {
        try {
            Files.deleteIfExists(file(app));
        } catch (IOException e) {
            throw new UncheckedIOException("what was served stays in " + folder, e);
        }
    }

    /** {@return the names of all that is remembered} */
    List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("what was served cannot be read in " + folder, e);
        }
    }

    @Override
    public Optional<AppNow> now(String app) {
        Path file = file(app);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String text = seals.open(label(app), Files.readString(file));
            return Optional.of(json.readValue(text, Kept.class).app());
        } catch (IOException e) {
            throw new UncheckedIOException("what was served of " + app + " cannot be read", e);
        }
    }

    private Path file(String app) {
        return folder.resolve(app + SUFFIX);
    }

    private static String label(String app) {
        return "last known state of " + app;
    }

    /** As it is written. */
    private record Kept(
            String name,
            long version,
            int live,
            Map<Integer, Integer> traffic,
            List<KeptRevision> revisions,
            Map<String, String> values) {
        static Kept of(AppNow app) {
            AppState state = app.live().state();
            return new Kept(
                    state.name(),
                    state.version(),
                    state.live(),
                    state.traffic(),
                    app.live().revisions().stream().map(KeptRevision::of).toList(),
                    app.values());
        }

        AppNow app() {
            AppState state = new AppState(name, version, live, new TreeMap<>(traffic));
            List<Revision> all = revisions.stream().map(kept -> kept.revision(name)).toList();
            return new AppNow(new LiveApp(state, all), values);
        }
    }

    /** As it is written. */
    private record KeptRevision(
            int number,
            String at,
            String who,
            String message,
            String manifest,
            Map<String, String> artifacts) {
        static KeptRevision of(Revision revision) {
            Revision.Summary summary = revision.summary();
            return new KeptRevision(
                    summary.number(),
                    summary.at().toString(),
                    summary.who(),
                    summary.message(),
                    revision.manifest(),
                    revision.artifacts().entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey, file -> file.getValue().hex())));
        }

        Revision revision(String app) {
            return new Revision(
                    new Revision.Summary(app, number, Instant.parse(at), who, message),
                    manifest,
                    artifacts.entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            file -> new Digest(file.getValue()))));
        }
    }
}
