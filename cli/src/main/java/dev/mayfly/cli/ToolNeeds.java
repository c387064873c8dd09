package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Build;
import dev.mayfly.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tools an app takes, found as its builds would find them: by what their commands and the
 * scripts they call say, and by the project files beside those.
 */
final class ToolNeeds {
    /** A word that stands for a program, not a part of a path or of another word. */
    private static final Pattern WORD =
            Pattern.compile(
                    "(?<![\\w./-])(clang|cargo|rustc|node|npm|npx|asc|javac|mvn|kotlinc|go|python3)(?![\\w./-])");

    private static final Pattern INTO =
            Pattern.compile("\\bcd\\s+['\"]?([\\w./-]+)['\"]?\\s*(?:&&|;)");
    private static final Pattern SCRIPT = Pattern.compile("[\\w./-]+");
    private static final long LONGEST_SCRIPT = 1 << 16;

    private final Path folder;
    private final Map<Tool, Set<String>> needs = new EnumMap<>(Tool.class);

    private ToolNeeds(Path folder) {
        this.folder = folder;
    }

    /**
     * {@return by tool, what takes it}
     *
     * @param folder that of app.toml
     * @param manifest the app
     */
    static Map<Tool, Set<String>> of(Path folder, Manifest manifest) throws IOException {
        ToolNeeds needs = new ToolNeeds(folder);
        for (FunctionSpec function : manifest.functions().values()) {
            if (function.build().isPresent()) {
                needs.add(function.name(), function.build().get());
            }
        }
        if (!manifest.kafka().isEmpty()) {
            needs.add(Tool.KAFKA, "mayfly up --kafka embedded");
        }
        return needs.needs;
    }

    private void add(String function, Build build) throws IOException {
        Matcher into = INTO.matcher(build.command());
        Path place = within(into.find() ? into.group(1) : ".", folder);
        addWords(build.command(), function);
        for (Matcher word = SCRIPT.matcher(build.command()); word.find(); ) {
            Path script = within(word.group(), place);
            if (Files.isRegularFile(script) && Files.size(script) < LONGEST_SCRIPT) {
                String text = new String(Files.readAllBytes(script), StandardCharsets.UTF_8);
                addWords(withoutRemarks(text), function + ": " + shown(script));
            }
        }
        addFiles(place, function);
    }

    /** A path that leaves the app's folder means the folder itself, which is no script. */
    private Path within(String path, Path from) {
        Path place = from.resolve(path).normalize();
        return place.startsWith(folder) ? place : folder;
    }

    /** What a script says to people may name other ways. */
    private static String withoutRemarks(String script) {
        return script.lines()
                .filter(line -> !line.strip().startsWith("#"))
                .filter(line -> !line.contains("echo ") && !line.contains("printf "))
                .collect(Collectors.joining("\n"));
    }

    private void addWords(String text, String why) {
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            switch (word.group(1)) {
                case "clang" -> {
                    add(Tool.CLANG, why);
                    add(Tool.WASI_LIBC, why);
                }
                case "cargo" -> add(Tool.CARGO, why);
                case "rustc" -> {
                    add(Tool.RUSTC, why);
                    add(Tool.RUST_WASI, why);
                }
                case "npm", "npx", "asc" -> add(Tool.NPM, why);
                case "node" -> add(Tool.NODE, why);
                case "javac" -> add(Tool.JDK, why);
                case "mvn" -> add(Tool.MAVEN, why);
                case "kotlinc" -> add(Tool.KOTLINC, why);
                case "go" -> add(Tool.GO, why);
                default -> add(Tool.PYTHON, why);
            }
        }
    }

    private void addFiles(Path place, String function) {
        addIf(place, "Cargo.toml", function, Tool.CARGO, Tool.RUST_WASI);
        addIf(place, "package.json", function, Tool.NODE, Tool.NPM);
        addIf(place, "go.mod", function, Tool.GO);
        addIf(place, "pom.xml", function, Tool.JDK);
        if (!Files.isExecutable(place.resolve("mvnw"))) {
            addIf(place, "pom.xml", function, Tool.MAVEN);
        }
    }

    private void addIf(Path place, String file, String function, Tool... tools) {
        if (Files.isRegularFile(place.resolve(file))) {
            for (Tool tool : tools) {
                add(tool, function + ": " + shown(place.resolve(file)));
            }
        }
    }

    private void add(Tool tool, String why) {
        needs.computeIfAbsent(tool, _ -> new LinkedHashSet<>()).add(why);
    }

    private String shown(Path file) {
        return Shown.plain(folder.relativize(file).toString());
    }
}
