package dev.mayfly.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of this machine, as a shell finds them.
 *
 * @param environment whose {@code PATH} counts
 */
record Programs(Map<String, String> environment) {
    /** {@return where {@code name} is} */
    Optional<Path> find(String name) {
        return List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
