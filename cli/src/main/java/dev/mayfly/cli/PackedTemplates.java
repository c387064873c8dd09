package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The templates within the program. A jar knows neither folders nor who may run a file, so there is
 * a list: a line for each file, {@code x} for one that may be run, else {@code -}, then its path.
 *
 * <pre>
 * - c/app.toml
 * x c/build
 * </pre>
 */
final class PackedTemplates implements Templates {
    private static final String FOLDER = "templates/";
    private static final String LIST = FOLDER + "LIST";

    /** By template, then by path in it: whether it may be run. */
    private final NavigableMap<String, NavigableMap<String, Boolean>> listed = new TreeMap<>();

    PackedTemplates() {
        for (String line : text(LIST).lines().toList()) {
            int name = line.indexOf(' ') + 1;
            int path = line.indexOf('/', name) + 1;
            listed.computeIfAbsent(line.substring(name, path - 1), _ -> new TreeMap<>())
                    .put(line.substring(path), line.startsWith("x"));
        }
    }

    /**
     * Packs the templates of a checkout, as the build of this program does.
     *
     * @param arguments the folder with the templates, and the folder of this package's classes
     */
    public static void main(String[] arguments) throws IOException {
        Path to = Path.of(arguments[1]).resolve(FOLDER);
        if (Files.exists(to)) {
            Folders.delete(to); // a template that is gone must not stay
        }
        StringBuilder list = new StringBuilder();
        Templates templates = new CheckoutTemplates(Path.of(arguments[0]).toRealPath());
        for (String name : templates.names()) {
            for (Map.Entry<String, TemplateFile> each : templates.open(name).files().entrySet()) {
                Path file = to.resolve(name).resolve(each.getKey());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, each.getValue().bytes());
                list.append(each.getValue().executable() ? "x " : "- ")
                        .append(name + "/" + each.getKey() + "\n");
            }
        }
        Files.writeString(to.resolve("LIST"), list);
    }

    @Override
    public List<String> names() {
        return List.copyOf(listed.keySet());
    }

    @Override
    public Template open(String name) throws IOException {
        NavigableMap<String, TemplateFile> files = new TreeMap<>();
        Objects.requireNonNull(listed.get(name))
                .forEach((path, executable) ->
                        files.put(
                                path,
                                new TemplateFile(bytes(FOLDER + name + "/" + path), executable)));
        return Template.of(name, files);
    }

    private static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = PackedTemplates.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException e) { // of the program's own jar
            throw new UncheckedIOException(e);
        }
    }
}
