package dev.mayfly.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Where keys are read from, and whether a new one can be put there. */
sealed interface KeySource {
    /** Every key, the newest first, as Base64. */
    List<String> keys(Supplier<String> make);

    /** The same with a new one first, where that is ours to decide. */
    List<String> rotated(Supplier<String> make);

    static KeySource of(KeySettings settings) {
        return switch (settings) {
            case KeySettings.InFile(Path file) -> new InFile(file);
            case KeySettings.Given(List<String> keys) -> new Given(keys);
        };
    }

    /** The operator puts a new key first and restarts; a rotation then only seals again. */
    record Given(List<String> keys) implements KeySource {
        @Override
        public List<String> keys(Supplier<String> make) {
            return keys;
        }

        @Override
        public List<String> rotated(Supplier<String> make) {
            return keys;
        }

        @Override
        public String toString() {
            return "Given[" + keys.size() + " keys]";
        }
    }

    /** A new key is in the file, and the file on the disk, before anything is sealed with it. */
    record InFile(Path file) implements KeySource {
        @Override
        public List<String> keys(Supplier<String> make) {
            try {
                return Files.exists(file) ? read() : write(List.of(make.get()));
            } catch (IOException e) {
                throw new UncheckedIOException("the key file " + file + " cannot be used", e);
            }
        }

        @Override
        public List<String> rotated(Supplier<String> make) {
            try {
                List<String> keys = new ArrayList<>(List.of(make.get()));
                keys.addAll(read());
                return write(keys);
            } catch (IOException e) {
                throw new UncheckedIOException("the key file " + file + " cannot be written", e);
            }
        }

        private List<String> read() throws IOException {
            return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
        }

        private List<String> write(List<String> keys) throws IOException {
            PrivateFile.write(file, String.join("\n", keys) + "\n");
            return keys;
        }
    }
}
