package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for the module that a command wrote to another path than app.toml says. */
final class MadeElsewhere {
    /** File systems round times. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private static final int MOST_FILES = 20_000;
    private static final int DEEPEST = 12;

    private final Path folder;
    private final Set<String> known;
    private final Instant begin;

    private MadeElsewhere(Path folder, Set<String> known, Instant begin) {
        this.folder = folder;
        this.known = known;
        this.begin = begin;
    }

    /**
     * A command begins now.
     *
     * @param known modules that app.toml names
     */
    static MadeElsewhere since(Path folder, Set<String> known) {
        return new MadeElsewhere(folder, known, Instant.now().minus(ROUNDING));
    }

    /** {@return what to do about {@code missing} modules} */
    List<String> mends(List<String> missing) throws IOException {
        Optional<String> made = newest(Instant.EPOCH);
        String module = missing.getFirst();
        return List.of(
                made.map(path -> atItsPath(path, module))
                        .orElse(
                                "have it write "
                                        + module
                                        + ", relative to app.toml, or correct source"));
    }

    /**
     * {@return what may be wrong when a command wrote none of {@code modules}}
     *
     * @param otherSources whether its sources are not those of the run before
     */
    List<String> unwritten(Set<String> modules, boolean otherSources) throws IOException {
        String module = modules.iterator().next();
        Optional<String> made = newest(begin);
        if (made.isPresent()) {
            return List.of(
                    "the command did not write "
                            + module
                            + ": it "
                            + atItsPath(made.get(), module).substring("it ".length()));
        }
        return otherSources
                ? List.of(
                        "the command did not write "
                                + module
                                + ", though its sources changed: does it write to another path, or"
                                + " look at other files than build.watch names?")
                : List.of();
    }

    private static String atItsPath(String made, String module) {
        return "it made "
                + made
                + ": write source = \""
                + made
                + "\", or end the command with cp "
                + made
                + " "
                + module;
    }

    private Optional<String> newest(Instant after) throws IOException {
        Found found = new Found(after);
        Files.walkFileTree(folder, Set.of(), DEEPEST, found);
        return found.files.stream()
                .max(Comparator.comparing(Candidate::modified))
                .map(each -> folder.relativize(each.file()).toString());
    }

    private record Candidate(Path file, FileTime modified) {}

    private final class Found extends SimpleFileVisitor<Path> {
        private final List<Candidate> files = new ArrayList<>();
        private final Instant after;
        private int seen;

        Found(Instant after) {
            this.after = after;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            String name = String.valueOf(path.getFileName());
            // deps: cargo's own copies
            return name.equals("node_modules") || name.equals(".git") || name.equals("deps")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            seen++;
            if (file.toString().endsWith(".wasm")
                    && !known.contains(folder.relativize(file).toString())
                    && attributes.lastModifiedTime().toInstant().isAfter(after)) {
                files.add(new Candidate(file, attributes.lastModifiedTime()));
            }
            return seen < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
