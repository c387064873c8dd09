/** The control plane: deploys, the registry followed, canaries, the last known state. */
@NullMarked
package dev.mayfly.server;

import org.jspecify.annotations.NullMarked;
