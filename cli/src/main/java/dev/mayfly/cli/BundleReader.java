package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Source;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;

/**
 * Collects what an app's manifest names: modules, mounted folders, folders of static files. A link
 * is followed, since a server gets files and no links, but only as far as a guest could follow it:
 * a mount's links stay in the mount's folder. One that leaves would bring along what nobody meant
 * to send, and is a problem that names it.
 */
final class BundleReader {
    private final Path folder;
    private final TreeMap<String, Artifact> files = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param folder that of app.toml, which every path starts from
     */
    BundleReader(Path folder) {
        this.folder = folder;
    }

    /** {@return all files, hashed, or every problem with them} */
    Parsed<Bundle> read(Manifest manifest) throws IOException {
        problems.addAll(new FilesOnDisk(folder).missing(manifest));
        for (FunctionSpec function : manifest.functions().values()) {
            String key = "function." + function.name();
            if (function.source() instanceof Source.File(String path)) {
                addModule(path, at(manifest, key + ".source"));
            }
            for (int i = 0; i < function.mounts().size(); i++) {
                String source = function.mounts().get(i).source();
                addFolder(source, at(manifest, key + ".files[" + i + "].source"));
            }
        }
        for (int i = 0; i < manifest.http().size(); i++) {
            if (manifest.http().get(i).target() instanceof Target.Files served) {
                addFolder(served.source(), at(manifest, "trigger.http[" + i + "].files.source"));
            }
        }
        return problems.isEmpty()
                ? new Parsed.Valid<>(new Bundle(files))
                : new Parsed.Invalid<>(problems);
    }

    /** Where a key is written. */
    private record Spot(String key, Place place) {
        Problem problem(String message, String mend) {
            return new Problem(place.line(), place.column(), key, message, mend);
        }
    }

    private static Spot at(Manifest manifest, String key) {
        return new Spot(key, manifest.places().of(key));
    }

    private void addModule(String source, Spot spot) throws IOException {
        Path file = folder.resolve(source).normalize();
        if (Files.isRegularFile(file)) {
            add(file, folder.toRealPath(), spot);
        }
    }

    private void addFolder(String source, Spot spot) throws IOException {
        Path root = folder.resolve(source).normalize();
        if (!Files.isDirectory(root)) {
            return; // told as missing already
        }
        if (!root.toRealPath().startsWith(folder.toRealPath())) {
            problems.add(leaving(root, folder.toRealPath(), spot));
            return;
        }
        Files.walkFileTree(
                root,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new Collecting(root.toRealPath(), spot));
    }

    private final class Collecting extends SimpleFileVisitor<Path> {
        private final Path home;
        private final Spot spot;

        Collecting(Path home, Spot spot) {
            this.home = home;
            this.spot = spot;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
                throws IOException {
            if (each.toRealPath().startsWith(home)) {
                return FileVisitResult.CONTINUE;
            }
            problems.add(leaving(each, home, spot));
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.isRegularFile()) {
                add(each, home, spot);
            } else {
                String what = attributes.isSymbolicLink() ? "a link to nothing" : "no file";
                problems.add(spot.problem(path(each) + " is " + what, "remove it"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path each, IOException failure) {
            String why =
                    failure instanceof FileSystemLoopException
                            ? path(each) + " is a link that leads back to itself"
                            : "cannot be read: " + Complaints.reason(failure);
            problems.add(spot.problem(why, "mend or remove it"));
            return FileVisitResult.CONTINUE;
        }
    }

    private void add(Path file, Path home, Spot spot) throws IOException {
        if (!file.toRealPath().startsWith(home)) {
            problems.add(leaving(file, home, spot));
            return;
        }
        String path = path(file);
        if (files.containsKey(path)) {
            return; // within two folders
        }
        try {
            files.put(path, Artifact.of(path, file));
        } catch (NoSuchFileException | AccessDeniedException e) {
            problems.add(spot.problem("cannot be read: " + Complaints.reason(e), "mend it"));
        }
    }

    private Problem leaving(Path link, Path home, Spot spot) throws IOException {
        return spot.problem(
                path(link) + " is a link to " + link.toRealPath() + ", which is not in " + home,
                "put the file there, or remove the link");
    }

    private String path(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
