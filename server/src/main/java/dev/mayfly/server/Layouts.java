package dev.mayfly.server;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Revisions as folders, the way their authors have them: {@code apps/<app>/<number>-<content>/}. A
 * folder is made beside and moved into place whole, and never changed; its name tells its content,
 * so that a number which a refused deploy had in mind and another one got cannot mix them up. A
 * folder of an earlier start is checked before it is used again.
 */
final class Layouts {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final int CONTENT_DIGITS = 16;

    private final Path root;
    private final ArtifactCache artifacts;

    /** Checked by this process, and when each was asked for last. */
    private final Map<Path, Instant> checked = new ConcurrentHashMap<>();

    private final Instant start = Instant.now();

    Layouts(Path root, ArtifactCache artifacts) {
        this.root = root;
        this.artifacts = artifacts;
    }

    /** {@return the revision's folder} Fetches what is not here; blocks. */
    Path folder(Revision revision, Manifest manifest) throws IOException {
        Path folder = root.resolve(revision.app()).resolve(name(revision));
        if (!checked.containsKey(folder) && !isWhole(folder, revision)) {
            remove(folder);
            make(folder, revision, manifest);
        }
        checked.put(folder, Instant.now());
        return folder;
    }

    private static String name(Revision revision) {
        StringBuilder content = new StringBuilder(revision.manifest());
        new TreeMap<>(revision.artifacts())
                .forEach((path, digest) ->
                        content.append('\0').append(path).append('\0').append(digest.hex()));
        Digest digest = Digest.of(content.toString().getBytes(StandardCharsets.UTF_8));
        return revision.number() + "-" + digest.hex().substring(0, CONTENT_DIGITS);
    }

    private static boolean isWhole(Path folder, Revision revision) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        for (Map.Entry<String, Digest> artifact : revision.artifacts().entrySet()) {
            Path file = ArtifactPaths.inside(folder, artifact.getKey());
            if (!Files.isRegularFile(file)
                    || !Digest.of(Files.readAllBytes(file)).equals(artifact.getValue())) {
                return false;
            }
        }
        return true;
    }

    private void make(Path folder, Revision revision, Manifest manifest) throws IOException {
        Path draft = Files.createDirectories(root.resolve(".new")).resolve(unique(folder));
        try {
            Files.createDirectories(draft);
            for (Map.Entry<String, Digest> artifact : revision.artifacts().entrySet()) {
                link(
                        artifacts.file(artifact.getValue()),
                        ArtifactPaths.inside(draft, artifact.getKey()));
            }
            for (String source : folders(manifest)) {
                Files.createDirectories(ArtifactPaths.inside(draft, source));
            }
            Files.createDirectories(folder.resolveSibling("."));
            put(draft, folder);
        } finally {
            remove(draft);
        }
    }

    private static String unique(Path folder) {
        return folder.getFileName() + "-" + Thread.currentThread().threadId();
    }

    private static void put(Path draft, Path folder) throws IOException {
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Somebody else put the same there meanwhile; only a whole one has this name.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** One copy on the disk for all revisions, where the file system can. */
    private static void link(Path artifact, Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        try {
            Files.createLink(file, artifact);
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException _) {
            Files.copy(artifact, file);
        }
    }

    /** Folders that functions and routes name; one without files is there all the same. */
    private static Set<String> folders(Manifest manifest) {
        Set<String> folders = new LinkedHashSet<>();
        for (FunctionSpec function : manifest.functions().values()) {
            function.mounts().forEach(mount -> folders.add(mount.source()));
        }
        for (HttpRoute route : manifest.http()) {
            if (route.target() instanceof HttpRoute.Target.Files files) {
                folders.add(files.source());
            }
        }
        return folders;
    }

    /** Removes folders that are not in use, unless they were just asked for. */
    void tidy(Set<Path> inUse) throws IOException {
        Instant before = Instant.now().minus(GRACE);
        for (Path folder : folders()) {
            if (!inUse.contains(folder) && checked.getOrDefault(folder, start).isBefore(before)) {
                checked.remove(folder);
                remove(folder);
            }
        }
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.walk(root, 2)) {
            return folders.filter(folder -> folder.getNameCount() == root.getNameCount() + 2)
                    .toList();
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
