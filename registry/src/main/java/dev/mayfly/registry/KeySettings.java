package dev.mayfly.registry;

import java.nio.file.Path;
import java.util.List;

/** Where the keys are that secrets are sealed with: each 32 bytes, as Base64. */
public sealed interface KeySettings {
    /**
     * In a file that only its owner can read, one key a line, the newest first. It is made, with
     * one key, if it is missing: without it a backup's secrets cannot be read.
     *
     * @param file the file
     */
    record InFile(Path file) implements KeySettings {}

    /**
     * From the configuration, as several gateways of one database need it.
     *
     * @param keys the first seals, the others only open what they sealed
     */
    record Given(List<String> keys) implements KeySettings {
        /** Copies the list in; refuses an empty one. */
        public Given {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key given (expected: at least one)");
            }
        }

        /** {@return how many keys there are} */
        @Override
        public String toString() {
            return "Given[" + keys.size() + " keys]";
        }
    }
}
