package dev.mayfly.pool;

/** Descriptors from 3 on. */
final class MountedFiles {
    private final Host host;

    MountedFiles(Host host) {
        this.host = host;
    }

    /** Closes what the run left open. */
    void end() {}

    boolean isOpen(int fd) {
        return false;
    }
}
