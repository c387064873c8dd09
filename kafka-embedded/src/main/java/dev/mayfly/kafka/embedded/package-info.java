/** A real broker in this process, for trying things out and for tests. */
@NullMarked
package dev.mayfly.kafka.embedded;

import org.jspecify.annotations.NullMarked;
