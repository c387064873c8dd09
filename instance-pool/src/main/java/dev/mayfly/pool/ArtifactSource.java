package dev.mayfly.pool;

import java.io.IOException;

/**
 * Where the bytes of one module come from: asked at the load, and again when a function wakes up
 * and nothing of it is left on this machine's disk. Safe for any thread.
 */
@FunctionalInterface
public interface ArtifactSource {
    /**
     * Reads the module; blocks.
     *
     * @return its bytes; never changed afterwards by either side
     * @throws IOException when they cannot be had; its message is a sentence with the mend
     */
    byte[] bytes() throws IOException;
}
