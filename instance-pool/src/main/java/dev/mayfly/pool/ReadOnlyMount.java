package dev.mayfly.pool;

import java.nio.file.Path;

/**
 * A folder of the host that guests may read.
 *
 * @param source an existing folder
 * @param destination the absolute path the guest sees
 */
record ReadOnlyMount(Path source, String destination) {}
