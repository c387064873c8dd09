package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tomlj.Toml;

/**
 * A template's function as a part of another app: its files are in a folder of its name, its routes
 * below a path of its own, and whatever in the template's app.toml names a file or a path says so.
 * Its cases go beside those of the app, since that is where they are run.
 */
final class FunctionGraft {
    private static final Pattern BODY_FILE =
            Pattern.compile("(\\bbody_file\\s*=\\s*[\"'])([^\"'/\\\\]+)(?=[\"'])");
    private static final Pattern REQUEST =
            Pattern.compile("(?m)^(\\s*request\\s*=\\s*[\"'][A-Za-z]+ )/");
    private static final String TESTS = "tests/";

    private final Template template;
    private final String name;
    private final String path;
    private final Map<String, Object> toml;

    /**
     * @param template of one function at most
     * @param name of the function in the app, and of its folder
     * @param path what its routes are below, as in {@code /hello}; empty for none
     */
    @SuppressWarnings("unchecked") // TOML's tables have names for keys
    FunctionGraft(Template template, String name, String path) {
        this.template = template;
        this.name = name;
        this.path = path;
        this.toml = (Map<String, Object>) TomlLines.plain(Toml.parse(template.toml()));
    }

    /** {@return its files, by their paths in the app} */
    NavigableMap<String, TemplateFile> files() {
        NavigableMap<String, TemplateFile> files = new TreeMap<>();
        Set<String> bodies = new TreeSet<>();
        template.files()
                .forEach((file, content) -> {
                    if (isCase(file)) {
                        Matcher body = BODY_FILE.matcher(content.text());
                        while (body.find()) {
                            bodies.add(TESTS + body.group(2));
                        }
                    }
                });
        template.files()
                .forEach((file, content) -> {
                    if (isCase(file)) {
                        files.put(moved(file), new TemplateFile(cases(content), false));
                    } else if (bodies.contains(file)) {
                        files.put(moved(file), content);
                    } else if (!file.equals(Location.MANIFEST)) {
                        files.put(name + "/" + file, content);
                    }
                });
        return files;
    }

    private static boolean isCase(String file) {
        return file.startsWith(TESTS) && file.endsWith(".toml");
    }

    /** In the one folder with the tests of all functions, files need names of their own. */
    private String moved(String file) {
        return TESTS + name + "-" + file.substring(TESTS.length()).replace('/', '-');
    }

    private byte[] cases(TemplateFile file) {
        String own = REQUEST.matcher(file.text()).replaceAll("$1" + quoted(path) + "/");
        String bodies = BODY_FILE.matcher(own).replaceAll("$1" + quoted(name) + "-$2");
        return TemplateFile.text(bodies).bytes();
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    /** {@return the variables that the app has already, and the function takes as they are} */
    List<String> shared(Manifest app) {
        return template.manifest().variables().keySet().stream()
                .filter(app.variables()::containsKey)
                .toList();
    }

    /** {@return what is to be added to the app.toml of {@code app}} */
    String lines(Manifest app) {
        TomlLines lines = new TomlLines();
        table(toml, "variables")
                .forEach((variable, value) -> {
                    if (!app.variables().containsKey(variable) && value instanceof Map<?, ?> keys) {
                        lines.header("[variables." + TomlLines.key(variable) + "]").keys(keys);
                    }
                });
        Map<String, Object> triggers = table(toml, "trigger");
        tables(triggers, "http")
                .forEach(trigger -> lines.header("[[trigger.http]]").keys(route(trigger)));
        tables(triggers, "kafka")
                .forEach(trigger -> lines.header("[[trigger.kafka]]").keys(renamed(trigger)));
        table(toml, "function")
                .values()
                .forEach(function -> {
                    if (function instanceof Map<?, ?> keys) {
                        function(lines, keys);
                    }
                });
        return lines.text();
    }

    private void function(TomlLines lines, Map<?, ?> template) {
        Map<String, Object> function = copy(template);
        Map<String, Object> build = table(function, "build");
        function.remove("build");
        inFolder(function, "source");
        tables(function, "files").forEach(mount -> inFolder(mount, "source"));
        List<Object> warmups = list(table(function, "snapshot"), "warmup");
        warmups.replaceAll(this::below);
        tables(function, "check")
                .forEach(
                        check -> check.computeIfPresent("request", (_, request) -> below(request)));
        String header = "function." + TomlLines.key(name);
        lines.header("[" + header + "]").keys(function);
        if (!build.isEmpty()) {
            lines.header("[" + header + ".build]").keys(built(build));
        }
    }

    /** The command runs in the folder of app.toml; its script counts as a source of it. */
    private Map<String, Object> built(Map<String, Object> build) {
        String command = String.valueOf(build.get("command"));
        List<Object> watch = list(build, "watch");
        watch.replaceAll(glob -> name + "/" + glob);
        if (command.startsWith("./") && !watch.isEmpty()) {
            watch.add(name + "/" + command.substring(2).replaceFirst("\\s.*", ""));
        }
        build.put("command", "cd " + name + " && " + command);
        return build;
    }

    private Map<String, Object> route(Map<String, Object> trigger) {
        Map<String, Object> route = renamed(trigger);
        route.replace("route", path + route.get("route"));
        inFolder(table(route, "files"), "source");
        return route;
    }

    private Map<String, Object> renamed(Map<String, Object> trigger) {
        Map<String, Object> copy = copy(trigger);
        copy.replace("function", name);
        return copy;
    }

    private void inFolder(Map<String, Object> table, String key) {
        if (table.get(key) instanceof String file) {
            table.put(key, Path.of(name, file).normalize().toString());
        }
    }

    /** {@code GET /x} is {@code GET /hello/x}. */
    private Object below(Object request) {
        return request.toString().replaceFirst(" /", " " + quoted(path) + "/");
    }

    private static Map<String, Object> copy(Map<?, ?> table) {
        Map<String, Object> copy = new LinkedHashMap<>();
        table.forEach((key, value) -> copy.put(key.toString(), value));
        return copy;
    }

    @SuppressWarnings("unchecked") // as made by TomlLines
    private static Map<String, Object> table(Map<String, Object> table, String key) {
        return table.get(key) instanceof Map<?, ?> map
                ? (Map<String, Object>) map
                : new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked") // as made by TomlLines
    private static List<Object> list(Map<String, Object> table, String key) {
        return table.get(key) instanceof List<?> list ? (List<Object>) list : new ArrayList<>();
    }

    @SuppressWarnings("unchecked") // as made by TomlLines
    private static List<Map<String, Object>> tables(Map<String, Object> table, String key) {
        return list(table, key).stream()
                .flatMap(each ->
                        each instanceof Map<?, ?> map
                                ? Stream.of((Map<String, Object>) map)
                                : Stream.of())
                .toList();
    }
}
