package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Source;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a template's folder into memory. It may be a stranger's: no link is followed out of it,
 * nothing but files is read, and there is an end to how much. What its {@code .gitignore} names is
 * left out, but never the modules that its app.toml names.
 */
final class TemplateReader {
    private static final int MOST_FILES = 2_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final int DEEPEST = 32;

    private static final String SMALLER =
            "a template is an app to begin with: name in its .gitignore what is no source";

    private final Path root;
    private final String shown;
    private final NavigableMap<String, TemplateFile> files = new TreeMap<>();
    private long bytes;

    private TemplateReader(Path root, String shown) {
        this.root = root;
        this.shown = shown;
    }

    /**
     * {@return the template in {@code folder}}
     *
     * @param folder its own place, no link
     * @param shown where it is from, as a person would write it
     * @throws StoppedException if it is none
     */
    static Template read(Path folder, String shown) throws IOException {
        return Template.of(shown, new TemplateReader(folder, shown).files());
    }

    private NavigableMap<String, TemplateFile> files() throws IOException {
        IgnoreRules rules = IgnoreRules.of(textOf(".gitignore"));
        Set<String> modules = modules(textOf(Location.MANIFEST));
        Files.walkFileTree(root, new Reading(rules, modules));
        return files;
    }

    /** Empty for a file that is not there, or is no file of the folder: the walk says so. */
    private String textOf(String name) throws IOException {
        Path file = root.resolve(name);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < MOST_BYTES
                ? new TemplateFile(Files.readAllBytes(file), false).text()
                : "";
    }

    private static Set<String> modules(String toml) {
        Set<String> modules = new HashSet<>();
        if (Manifests.parse(toml) instanceof Parsed.Valid<Manifest>(Manifest manifest)) {
            for (FunctionSpec function : manifest.functions().values()) {
                if (function.source() instanceof Source.File(String path)) {
                    modules.add(Path.of(path).normalize().toString().replace('\\', '/'));
                }
            }
        }
        return modules;
    }

    private final class Reading extends SimpleFileVisitor<Path> {
        private final IgnoreRules rules;
        private final Set<String> modules;

        Reading(IgnoreRules rules, Set<String> modules) {
            this.rules = rules;
            this.modules = modules;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws StoppedException {
            String path = path(folder);
            if (path.isEmpty() || modules.stream().anyMatch(each -> each.startsWith(path + "/"))) {
                return FileVisitResult.CONTINUE;
            }
            if (rules.leavesOut(path, true)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (root.relativize(folder).getNameCount() > DEEPEST) {
                throw refused(path + " is more than " + DEEPEST + " folders deep", SMALLER);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String path = path(file);
            if (modules.contains(path) || !isLeftOut(path)) {
                add(path, attributes.isSymbolicLink() ? linked(file, path) : file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A folder that is left out may be walked for the module in it. */
        private boolean isLeftOut(String path) {
            for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
                if (rules.leavesOut(path.substring(0, end), true)) {
                    return true;
                }
            }
            return rules.leavesOut(path, false);
        }

        private Path linked(Path link, String path) throws IOException {
            if (!Files.exists(link)) {
                throw refused(path + " is a link to nothing", "remove it there");
            }
            Path real = link.toRealPath();
            if (!real.startsWith(root)) {
                throw refused(
                        path + " is a link to " + Files.readSymbolicLink(link) + ", outside of it",
                        "put the file itself there; what a template needs is in its folder");
            }
            if (isLeftOut(path(real))) {
                throw refused(
                        path + " is a link to " + path(real) + ", which is no part of it",
                        "put the file itself there");
            }
            return real;
        }
    }

    private void add(String path, Path file) throws IOException {
        if (!path.equals(Shown.plain(path))) {
            throw refused(
                    "\"" + Shown.plain(path) + "\" has a control character in its name",
                    "rename it there");
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw refused(path + " is no file", "a template holds files and folders only");
        }
        bytes += attributes.size();
        if (bytes > MOST_BYTES || files.size() == MOST_FILES) {
            throw refused(
                    "it holds more than "
                            + (bytes > MOST_BYTES
                                    ? (MOST_BYTES >> 20) + " MiB"
                                    : MOST_FILES + " files"),
                    SMALLER);
        }
        files.put(path, new TemplateFile(Files.readAllBytes(file), isExecutable(file)));
    }

    private static boolean isExecutable(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null
                && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private StoppedException refused(String why, String mend) {
        return new StoppedException(
                Exit.INVALID, shown + " is no template that can be used: " + why, mend);
    }

    private String path(Path file) {
        return Objects.requireNonNull(root.relativize(file)).toString().replace('\\', '/');
    }
}
