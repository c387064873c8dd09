package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.TestCase;
import dev.mayfly.manifest.TestCase.Body;
import dev.mayfly.manifest.TestFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads all files of tests of an app; used once. */
final class SuiteReader {
    /** Beside app.toml. */
    static final String FOLDER = "tests";

    private final Surroundings surroundings;
    private final Manifest manifest;
    private final List<SuiteCase> cases = new ArrayList<>();
    private final Map<String, List<Problem>> problems = new LinkedHashMap<>();

    /**
     * @param manifest of the app that is tested, its variables not put in
     */
    SuiteReader(Surroundings surroundings, Manifest manifest) {
        this.surroundings = surroundings;
        this.manifest = manifest;
    }

    /** {@return the files of tests of the app in {@code folder}, by name} */
    static List<Path> files(Path folder) throws IOException {
        Path tests = folder.resolve(FOLDER);
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(tests)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(tests, "*.toml")) {
                found.forEach(files::add);
            }
        }
        files.removeIf(file -> !Files.isRegularFile(file));
        files.sort(null);
        return files;
    }

    /** {@return every problem, by file} */
    Map<String, List<Problem>> read(List<Path> files) throws IOException {
        for (Path file : files) {
            String shown = surroundings.shown(file);
            switch (parse(file)) {
                case Parsed.Valid<TestFile>(TestFile tests) ->
                        take(new CaseFile(file, shown, tests));
                case Parsed.Invalid<TestFile>(List<Problem> found) -> problems.put(shown, found);
            }
        }
        return problems;
    }

    /** {@return the cases, in order} */
    List<SuiteCase> cases() {
        return List.copyOf(cases);
    }

    private static Parsed<TestFile> parse(Path file) throws IOException {
        try {
            return Manifests.parseTests(Files.readString(file));
        } catch (CharacterCodingException _) { // as much a problem of the file as any other
            return new Parsed.Invalid<>(
                    List.of(new Problem(0, 0, "", "not UTF-8 text", "save it as UTF-8")));
        }
    }

    private void take(CaseFile file) throws IOException {
        List<Problem> found = new ArrayList<>();
        for (int i = 0; i < file.tests().cases().size(); i++) {
            checkVariables(file, i, found);
            cases.add(new SuiteCase(file, i, input(file, i, found)));
        }
        if (!found.isEmpty()) {
            problems.put(file.shown(), found);
        }
    }

    private void checkVariables(CaseFile file, int index, List<Problem> found) {
        for (String name : file.tests().cases().get(index).variables().keySet()) {
            if (!manifest.variables().containsKey(name)) {
                String mend =
                        Manifests.nearest(name, manifest.variables().keySet())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("add it to [variables] of app.toml, or remove it");
                found.add(
                        problem(
                                file,
                                index,
                                "variables." + name,
                                "is no variable of the app",
                                mend));
            }
        }
    }

    private static byte[] input(CaseFile file, int index, List<Problem> found) throws IOException {
        return switch (body(file.tests().cases().get(index).input())) {
            case Body.None _ -> new byte[0];
            case Body.Text(String text) -> text.getBytes(UTF_8);
            case Body.Json(String json) -> json.getBytes(UTF_8);
            case Body.File(String path) -> {
                Path at = file.resolve(path);
                if (Files.isRegularFile(at)) {
                    yield Files.readAllBytes(at);
                }
                String message = "there is no file " + at;
                found.add(
                        problem(file, index, "body_file", message, "write it or correct the path"));
                yield new byte[0];
            }
        };
    }

    private static Body body(TestCase.Input input) {
        return switch (input) {
            case TestCase.Input.Request request -> request.body();
            case TestCase.Input.Event event -> event.value();
        };
    }

    private static Problem problem(
            CaseFile file, int index, String key, String message, String mend) {
        Place place = file.tests().place(index, key);
        return new Problem(place.line(), place.column(), TestFile.key(index, key), message, mend);
    }
}
