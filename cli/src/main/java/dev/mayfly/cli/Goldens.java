package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that hold what is expected, and are written anew when that is asked for. Guarded by
 * itself: cases run side by side, and two may name one file.
 */
final class Goldens {
    /** Leaves files as they are. */
    static final Goldens KEPT = new Goldens(false);

    private final boolean updating;
    private final Map<Path, byte[]> written = new HashMap<>();

    Goldens(boolean updating) {
        this.updating = updating;
    }

    boolean updating() {
        return updating;
    }

    /** {@return how many files were written} */
    synchronized int written() {
        return written.size();
    }

    /**
     * {@return false if another case has written something else there} The file is whole at any
     * time, or not there.
     */
    synchronized boolean write(Path file, byte[] content) throws IOException {
        byte[] before = written.putIfAbsent(file, content);
        if (before != null) {
            return Arrays.equals(before, content);
        }
        WholeFile.write(file, content);
        return true;
    }
}
