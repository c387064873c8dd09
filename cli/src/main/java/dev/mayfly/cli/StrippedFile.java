package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.Optional;

/** Takes names and debug info out of a module's file, which is replaced in one move. */
final class StrippedFile {
    private StrippedFile() {}

    /** Leaves a file alone that has none, or is no module: whoever loads it says what it is. */
    static void strip(Path file) throws IOException {
        Optional<WasmSections> sections = WasmSections.of(Files.readAllBytes(file));
        if (sections.isEmpty() || sections.get().customBytes() == 0) {
            return;
        }
        Path folder = Objects.requireNonNull(file.getParent());
        Path written = Files.createTempFile(folder, ".stripped", ".wasm");
        try {
            Files.write(written, sections.get().withoutCustom());
            var from = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            var to = Files.getFileAttributeView(written, PosixFileAttributeView.class);
            if (from != null && to != null) {
                to.setPermissions(from.readAttributes().permissions());
            }
            Files.move(
                    written,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
