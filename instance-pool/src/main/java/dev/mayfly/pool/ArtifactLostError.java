package dev.mayfly.pool;

/**
 * A class that a guest reached for the first time is damaged on the disk, or cannot be read. The
 * run is lost, and the module must be compiled again.
 */
final class ArtifactLostError extends LinkageError {
    private static final long serialVersionUID = 1L;

    ArtifactLostError(String what, Throwable cause) {
        super(what, cause);
    }
}
