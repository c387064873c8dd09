package dev.mayfly.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a build is made of: the content of its sources, whatever their times say. A checkout of
 * another branch and back is no change.
 *
 * @param digests of the files that its globs match, but for modules; by paths relative to app.toml
 */
record BuildInputs(Map<Path, String> digests) {
    BuildInputs {
        digests = new LinkedHashMap<>(digests); // their order is part of the digest
    }

    /**
     * {@return the sources as they are now}
     *
     * @param folder that of app.toml
     * @param modules what is never a source: relative paths of all modules of the app
     */
    static BuildInputs read(Path folder, WatchGlobs globs, Set<String> modules) throws IOException {
        Map<Path, String> digests = new LinkedHashMap<>();
        for (Path path : globs.files()) {
            Path file = folder.resolve(path);
            if (!modules.contains(path.toString()) && Files.isRegularFile(file)) {
                try {
                    digests.put(path, Artifact.of(path.toString(), file).digest());
                } catch (NoSuchFileException _) { // between two breaths of an editor
                    digests.remove(path);
                }
            }
        }
        return new BuildInputs(digests);
    }

    /** {@return one digest of all} */
    String digest() {
        MessageDigest all = Artifact.sha256();
        digests.forEach((path, digest) -> {
            all.update(path.toString().getBytes(StandardCharsets.UTF_8));
            all.update((byte) 0); // no path holds one
            all.update(digest.getBytes(StandardCharsets.UTF_8));
        });
        return Artifact.written(all);
    }

    /** {@return the files that are not what they are in {@code other}} */
    List<Path> differing(BuildInputs other) {
        Set<Path> all = new TreeSet<>(digests.keySet());
        all.addAll(other.digests.keySet());
        return all.stream()
                .filter(path -> !Objects.equals(digests.get(path), other.digests.get(path)))
                .toList();
    }
}
