package dev.mayfly.cli;

import dev.mayfly.manifest.TestFile;
import java.nio.file.Path;

/**
 * A file of tests.
 *
 * @param path absolute
 * @param shown as a person here would write it
 * @param tests what it says
 */
record CaseFile(Path path, String shown, TestFile tests) {
    /** {@return a path that the file names} */
    Path resolve(String relative) {
        return path.resolveSibling(relative).normalize();
    }
}
