package dev.mayfly.pool;

import java.util.List;

/**
 * What one sandbox may use; time is the business of whoever calls it.
 *
 * @param memoryPages most linear memory, in 64 KiB pages
 * @param responseBytes most standard output of a run
 * @param logBytes standard error kept of a run
 * @param mounts the folders it sees
 */
record SandboxLimits(
        int memoryPages, long responseBytes, long logBytes, List<ReadOnlyMount> mounts) {
    SandboxLimits {
        mounts = List.copyOf(mounts);
    }
}
