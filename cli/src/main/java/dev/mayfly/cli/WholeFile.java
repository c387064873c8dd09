package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Files that are whole at any time, or not there. */
final class WholeFile {
    private WholeFile() {}

    /** Replaces {@code file} in one move; makes its folder if need be. One writer at a time. */
    static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(target.getParent());
        Files.createDirectories(folder);
        // Not a temporary file of the library's: those are their owner's alone.
        Path fresh = folder.resolve("." + target.getFileName() + ".new");
        try {
            Files.write(fresh, content);
            Files.move(
                    fresh,
                    target,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
