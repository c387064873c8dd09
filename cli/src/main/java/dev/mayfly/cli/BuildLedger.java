package dev.mayfly.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code .mayfly/build.json}: what each build was made of and what came out. It only saves work: a
 * file that is missing, damaged or of another version means that everything is built again.
 *
 * <p>Its methods lock: builds of one app end on several threads.
 */
final class BuildLedger {
    private static final int VERSION = 1;

    private final Path file;
    private final Map<String, Entry> byCommand;

    /**
     * A build that ended well.
     *
     * @param inputs the digest of its sources
     * @param modules digests by path
     */
    record Entry(String inputs, Map<String, String> modules) {
        Entry {
            modules = Map.copyOf(modules);
        }
    }

    private BuildLedger(Path file, Map<String, Entry> byCommand) {
        this.file = file;
        this.byCommand = byCommand;
    }

    /**
     * @param folder that of app.toml
     */
    static BuildLedger of(Path folder) throws IOException {
        Path file = folder.resolve(".mayfly").resolve("build.json");
        try {
            return new BuildLedger(file, entries(Wire.read(Files.readAllBytes(file))));
        } catch (NoSuchFileException _) { // nothing was built yet
            return new BuildLedger(file, new LinkedHashMap<>());
        } catch (JsonProcessingException _) { // cut off, or merged by git
            return new BuildLedger(file, new LinkedHashMap<>());
        }
    }

    private static Map<String, Entry> entries(JsonNode document) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (document.path("version").asInt() == VERSION) {
            document.path("builds")
                    .forEach(build ->
                            entries.put(
                                    build.path("command").asText(),
                                    new Entry(
                                            build.path("inputs").asText(),
                                            texts(build.path("modules")))));
        }
        return entries;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    /** {@return how {@code command} was run last, if that ended well} */
    synchronized Optional<Entry> last(String command) {
        return Optional.ofNullable(byCommand.get(command));
    }

    /** A build begins: should it not end, it did not end well. */
    synchronized void forget(String command) throws IOException {
        if (byCommand.remove(command) != null) {
            write();
        }
    }

    synchronized void note(String command, Entry entry) throws IOException {
        byCommand.put(command, entry);
        write();
    }

    /** Forgets what app.toml does not name any more. */
    synchronized void keepOnly(List<BuildUnit> units) {
        List<String> commands = units.stream().map(BuildUnit::command).toList();
        byCommand.keySet().retainAll(commands); // on the disk with the next build
    }

    private void write() throws IOException {
        List<Map<String, Object>> builds = new ArrayList<>();
        byCommand.forEach((command, entry) -> {
            Map<String, Object> build = new LinkedHashMap<>();
            build.put("command", command);
            build.put("inputs", entry.inputs());
            build.put("modules", entry.modules());
            builds.add(build);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.put("builds", builds);
        Path folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, "build", ".json");
        try {
            Files.writeString(written, Json.text(document) + "\n");
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
