package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The globs of a build's sources. {@code **} stands for any folders, none among them; a glob
 * without a wildcard that names a folder means all that is in it.
 *
 * <p>Folders in which tools keep what they made or fetched are passed over, unless a glob begins
 * with them: looking at those takes seconds, and what a build writes would set off the next.
 */
final class WatchGlobs {
    private static final String ANY_FOLDERS = "**/";
    private static final Set<String> PASSED_OVER = Set.of(".git", ".mayfly", "node_modules");

    /** What cargo and others put into such folders; see bford.info/cachedir. */
    private static final String CACHE_TAG = "CACHEDIR.TAG";

    private final Path folder;
    private final Map<String, List<PathMatcher>> matchers = new LinkedHashMap<>();

    /**
     * Where matches can be, and how many folders below: a glob's part before its first wildcard.
     */
    private final Map<Path, Integer> roots = new LinkedHashMap<>();

    private WatchGlobs(Path folder) {
        this.folder = folder;
    }

    /**
     * @param folder what they are relative to, absolute
     * @throws java.util.regex.PatternSyntaxException when one is no glob
     */
    static WatchGlobs of(Path folder, List<String> globs) {
        WatchGlobs made = new WatchGlobs(folder);
        globs.forEach(made::add);
        return made;
    }

    /** Adds a file of which no more is known than a word of a command; it need not be there. */
    void addFile(String word) {
        if (!word.isEmpty()
                && firstWildcard(word) < 0
                && Files.isRegularFile(folder.resolve(word))) {
            add(word);
        }
    }

    private void add(String written) {
        String glob = written.startsWith("./") ? written.substring(2) : written;
        int wild = firstWildcard(glob);
        int end = wild < 0 ? glob.length() : glob.lastIndexOf('/', wild) + 1;
        Path root = folder.resolve(glob.substring(0, end)).normalize();
        roots.merge(root, depth(glob.substring(end), wild < 0), Math::max);
        if (wild < 0) {
            matchers.put(
                    written, List.of(path -> folder.resolve(path).normalize().startsWith(root)));
        } else {
            matchers.put(written, variants(glob).stream().map(WatchGlobs::matcher).toList());
        }
    }

    /** One level for each name that must match; a whole folder, and {@code **}, have no end. */
    private static int depth(String rest, boolean whole) {
        return whole || rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(each -> each == '/').count() + 1;
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    private static int firstWildcard(String glob) {
        for (int i = 0; i < glob.length(); i++) {
            if ("*?[{\\".indexOf(glob.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** To Java a {@code **}{@code /} has at least one folder; so each is left out once. */
    private static List<String> variants(String glob) {
        List<String> all = new ArrayList<>(List.of(""));
        int from = 0;
        for (int at = glob.indexOf(ANY_FOLDERS);
                at >= 0 && all.size() < 64;
                at = glob.indexOf(ANY_FOLDERS, from)) {
            String before = glob.substring(from, at);
            List<String> longer = new ArrayList<>();
            for (String each : all) {
                longer.add(each + before);
                longer.add(each + before + ANY_FOLDERS);
            }
            all = longer;
            from = at + ANY_FOLDERS.length();
        }
        String rest = glob.substring(from);
        return all.stream().map(each -> each + rest).toList();
    }

    /**
     * {@return the files or folders, there or not, below which a file may match, with the depth}
     */
    Map<Path, Integer> roots() {
        return roots;
    }

    /** {@return the files that match, relative to the folder} */
    SortedSet<Path> files() throws IOException {
        SortedSet<Path> found = new TreeSet<>();
        for (Map.Entry<Path, Integer> root : roots.entrySet()) {
            if (Files.exists(root.getKey())) {
                walk(
                        root.getKey(),
                        root.getValue(),
                        file -> {
                            if (matches(file)) {
                                found.add(file);
                            }
                        });
            }
        }
        return found;
    }

    /** {@return the globs that match none of {@code files}} */
    List<String> idle(Set<Path> files) {
        return matchers.entrySet().stream()
                .filter(glob -> files.stream().noneMatch(file -> anyMatches(glob.getValue(), file)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean matches(Path relative) {
        return matchers.values().stream().anyMatch(glob -> anyMatches(glob, relative));
    }

    private static boolean anyMatches(List<PathMatcher> glob, Path file) {
        return glob.stream().anyMatch(matcher -> matcher.matches(file));
    }

    private void walk(Path root, int depth, Consumer<Path> seen) throws IOException {
        Files.walkFileTree(
                root,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                depth,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path path, BasicFileAttributes attributes) {
                        return path.equals(root) || !isPassedOver(path)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                        if (!attributes.isDirectory()) {
                            seen.accept(folder.relativize(path));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException gone) {
                        return FileVisitResult.CONTINUE; // deleted meanwhile, or a link in a circle
                    }
                });
    }

    /** {@return whether {@code path} is a folder of which nothing counts} */
    static boolean isPassedOver(Path path) {
        return PASSED_OVER.contains(String.valueOf(path.getFileName()))
                || Files.exists(path.resolve(CACHE_TAG));
    }
}
