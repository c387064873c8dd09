package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts files into a folder, all or none. They are written beside their places first and then moved
 * there; whatever fails, the folder is afterwards as it was. No link in the folder is written
 * through.
 */
final class Placement {
    private static final int NAMED_AT_MOST = 5;

    private final Path target;
    private final Predicate<String> replaceable;
    private final Surroundings surroundings;

    /** What undoes the moves so far, the last one first. */
    private final Deque<Undo> undos = new ArrayDeque<>();

    private interface Undo {
        void run() throws IOException;
    }

    /**
     * @param target the folder, there or not
     * @param replaceable whether a file that is there, by its path, may be replaced
     */
    Placement(Path target, Predicate<String> replaceable, Surroundings surroundings) {
        this.target = target;
        this.replaceable = replaceable;
        this.surroundings = surroundings;
    }

    /**
     * Writes all of them.
     *
     * @throws StoppedException if one cannot be where it belongs; then nothing was written
     */
    void write(NavigableMap<String, TemplateFile> files) throws IOException {
        checkTarget();
        if (Files.isDirectory(target)) {
            check(files.navigableKeySet());
        }
        try {
            place(files);
        } catch (
                AccessDeniedException _) { // the paths in it are of the staging, which nobody knows
            throw new StoppedException(
                    Exit.FAILURE,
                    "there is no permission to write into "
                            + surroundings.shown(target)
                            + "; nothing was written",
                    "--into DIR writes elsewhere");
        }
    }

    private void place(NavigableMap<String, TemplateFile> files) throws IOException {
        Path staging = Files.createTempDirectory(nearestFolder(), ".mayfly-new-");
        try {
            Path content = Files.createDirectory(staging.resolve("content"));
            for (Map.Entry<String, TemplateFile> each : files.entrySet()) {
                stage(content.resolve(each.getKey()), each.getValue());
            }
            move(content, staging, files);
        } finally {
            if (undos.isEmpty()) {
                Folders.delete(staging);
            }
        }
    }

    /** What cannot be put back stays where it was moved to, and that is told. */
    private void undo(Exception failure, Path staging) throws IOException {
        while (!undos.isEmpty()) {
            try {
                undos.peek().run();
                undos.pop();
            } catch (IOException e) {
                throw new StoppedException(
                        Exit.FAILURE,
                        "writing failed ("
                                + failure.getMessage()
                                + "), and not all could be put back: "
                                + Complaints.reason(e),
                        "what was there is in " + staging.resolve("replaced"));
            }
        }
    }

    private void move(Path content, Path staging, NavigableMap<String, TemplateFile> files)
            throws IOException {
        try {
            if (Files.isDirectory(target)) {
                Path replaced = Files.createDirectory(staging.resolve("replaced"));
                for (String path : files.keySet()) {
                    moveInto(content, replaced, path);
                }
            } else {
                createFolders(Objects.requireNonNull(target.getParent()));
                Files.move(content, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | RuntimeException e) {
            undo(e, staging);
            throw e;
        }
        undos.clear();
    }

    private void moveInto(Path content, Path replaced, String path) throws IOException {
        Path place = target.resolve(path);
        createFolders(Objects.requireNonNull(place.getParent()));
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Path kept = replaced.resolve(path);
            Files.createDirectories(Objects.requireNonNull(kept.getParent()));
            Files.move(place, kept);
            undos.push(() -> Files.move(kept, place));
        }
        Files.move(content.resolve(path), place);
        undos.push(() -> Files.delete(place));
    }

    private void createFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (@Nullable Path each = folder;
                each != null && !Files.exists(each);
                each = each.getParent()) {
            missing.push(each);
        }
        for (Path each : missing) {
            Files.createDirectory(each);
            undos.push(() -> Files.delete(each));
        }
    }

    private static void stage(Path place, TemplateFile file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        Files.write(place, file.bytes());
        PosixFileAttributeView view =
                Files.getFileAttributeView(place, PosixFileAttributeView.class);
        if (file.executable() && view != null) {
            view.setPermissions(runnable(view.readAttributes().permissions()));
        }
    }

    /** Whoever may read it may run it: what the umask keeps from others stays so. */
    private static Set<PosixFilePermission> runnable(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> runnable = EnumSet.copyOf(permissions);
        for (PosixFilePermission each : permissions) {
            switch (each) {
                case OWNER_READ -> runnable.add(PosixFilePermission.OWNER_EXECUTE);
                case GROUP_READ -> runnable.add(PosixFilePermission.GROUP_EXECUTE);
                case OTHERS_READ -> runnable.add(PosixFilePermission.OTHERS_EXECUTE);
                default -> {}
            }
        }
        return runnable;
    }

    private Path nearestFolder() {
        Path folder = target;
        while (folder.getParent() != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }

    private void checkTarget() throws StoppedException {
        for (@Nullable Path each = target; each != null; each = each.getParent()) {
            if (Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(each)) {
                throw new StoppedException(
                        Exit.FAILURE,
                        surroundings.shown(each) + " is no folder; nothing was written",
                        "--into DIR writes elsewhere");
            }
        }
    }

    private void check(Set<String> paths) throws StoppedException {
        List<String> taken = new ArrayList<>();
        for (String path : paths) {
            checkFolders(path);
            Path place = target.resolve(path);
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw blocked(place, "a folder where the template has a file");
            }
            if (Files.isSymbolicLink(place)) {
                throw blocked(place, "a link, through which nothing is written");
            }
            if (Files.exists(place) && !replaceable.test(path)) {
                taken.add(surroundings.shown(place));
            }
        }
        if (!taken.isEmpty()) {
            throw new StoppedException(
                    Exit.FAILURE,
                    (taken.size() <= NAMED_AT_MOST
                                    ? String.join(", ", taken)
                                    : String.join(", ", taken.subList(0, NAMED_AT_MOST))
                                            + " and "
                                            + (taken.size() - NAMED_AT_MOST)
                                            + " more")
                            + (taken.size() == 1 ? " is" : " are")
                            + " there already; nothing was written",
                    "--force overwrites, --into DIR writes elsewhere");
        }
    }

    private void checkFolders(String path) throws StoppedException {
        for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            Path folder = target.resolve(path.substring(0, end));
            if (Files.isSymbolicLink(folder)) {
                throw blocked(folder, "a link, through which nothing is written");
            }
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw blocked(folder, "a file where the template has a folder");
            }
        }
    }

    private StoppedException blocked(Path place, String what) {
        return new StoppedException(
                Exit.FAILURE,
                surroundings.shown(place) + " is " + what + "; nothing was written",
                "move it away, or write elsewhere: --into DIR");
    }
}
