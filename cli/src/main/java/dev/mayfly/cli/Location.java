package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** What a person points {@code up} or {@code validate} at. */
sealed interface Location {
    /** The file's name when only a folder is given. */
    String MANIFEST = "app.toml";

    /** Something to serve. */
    sealed interface Found extends Location {
        /** {@return the file, absolute} */
        Path file();

        /** {@return what its relative paths start from} */
        default Path folder() {
            return Objects.requireNonNull(file().getParent());
        }
    }

    /**
     * An app.toml.
     *
     * @param file absolute
     */
    record ManifestFile(Path file) implements Found {}

    /**
     * A module by itself: an app named after the file.
     *
     * @param file absolute
     */
    record BareModule(Path file) implements Found {
        /** {@return its file's name} */
        String fileName() {
            return Objects.requireNonNull(file.getFileName()).toString();
        }
    }

    /**
     * Nothing that could be served.
     *
     * @param message what was tried, why it failed, what to do
     */
    record Nowhere(String message) implements Location {}

    /** {@return what {@code argument} means; without one, the app.toml of the directory} */
    static Location find(Optional<Path> argument, Surroundings surroundings) throws IOException {
        Path path = surroundings.resolve(argument.orElse(Path.of("")));
        if (Files.isDirectory(path)) {
            Path file = path.resolve(MANIFEST);
            return Files.exists(file)
                    ? new ManifestFile(file)
                    : new Nowhere(noManifest(path, argument));
        }
        if (!Files.exists(path)) {
            return new Nowhere(
                    surroundings.shown(path)
                            + ": no such file or folder (expected: a folder with an app.toml, an app.toml or a"
                            + " .wasm file)");
        }
        return isModule(path) ? new BareModule(path) : new ManifestFile(path);
    }

    private static String noManifest(Path folder, Optional<Path> argument) {
        return argument.isPresent()
                ? folder
                        + " holds no app.toml (expected: a folder with one, an app.toml or a .wasm file)"
                : "no app.toml in "
                        + folder
                        + "; name one: a folder with an app.toml, an app.toml or a .wasm file";
    }

    private static boolean isModule(Path file) throws IOException {
        if (file.toString().endsWith(".wasm")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(4), new byte[] {0, 'a', 's', 'm'});
        }
    }
}
