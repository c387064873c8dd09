package dev.mayfly.server;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where a revision's files may lie: in its folder. The paths come from whoever deploys, so each is
 * read by its own text first, and what it leads to is looked at once more before it is written.
 */
final class ArtifactPaths {
    private static final String KEY = "artifacts";
    static final int LONGEST = 1024;

    /** No empty part, none of one or two dots, no backslash, no control character. */
    private static final Pattern PATH =
            Pattern.compile(
                    "(?!\\.{1,2}(/|$))[^/\\\\\\p{Cntrl}]+(/(?!\\.{1,2}(/|$))[^/\\\\\\p{Cntrl}]+)*");

    private ArtifactPaths() {}

    /** {@return every path that cannot be laid out, and every module that is not there} */
    static List<Problem> problems(Manifest manifest, Set<String> paths) {
        List<Problem> problems = new ArrayList<>();
        NavigableSet<String> sorted = new TreeSet<>(paths);
        for (String path : sorted) {
            if (!isFine(path)) {
                problems.add(problem(path, "a path that stays in the app's folder", "correct it"));
            } else if (sorted.stream().anyMatch(other -> other.startsWith(path + "/"))) {
                problems.add(problem(path, "a file, not a folder of others", "rename one of them"));
            }
        }
        manifest.functions().values().forEach(spec -> check(manifest, spec, paths, problems));
        return problems;
    }

    private static boolean isFine(String path) {
        return path.length() <= LONGEST && !isDrive(path) && PATH.matcher(path).matches();
    }

    private static boolean isDrive(String path) {
        return path.length() > 1 && path.charAt(1) == ':';
    }

    private static Problem problem(String path, String expected, String mend) {
        String shown = path.length() <= 80 ? path : path.substring(0, 80) + "…";
        return new Problem(
                0,
                0,
                KEY,
                "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\" (expected: " + expected + ")",
                mend);
    }

    private static void check(
            Manifest manifest, FunctionSpec spec, Set<String> paths, List<Problem> problems) {
        if (spec.source() instanceof FunctionSpec.Source.File(String path)
                && !paths.contains(normal(path))) {
            String key = "function." + spec.name() + ".source";
            Place place = manifest.places().of(key);
            problems.add(
                    new Problem(
                            place.line(),
                            place.column(),
                            key,
                            "\"" + path + "\" is not among the artifacts (expected: its digest)",
                            "build the module and deploy again"));
        }
    }

    /** As the command writes it: {@code ./a.wasm} is {@code a.wasm}. */
    private static String normal(String path) {
        return Path.of(path).normalize().toString();
    }

    /** {@return the file at {@code path} in {@code folder}; throws when that is not inside it} */
    static Path inside(Path folder, String path) {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException("path: " + path + " (expected: inside the folder)");
        }
        return file;
    }
}
