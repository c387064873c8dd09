/** Compiles modules, freezes them, keeps sandboxes and runs invocations in them. */
@NullMarked
package dev.mayfly.pool;

import org.jspecify.annotations.NullMarked;
