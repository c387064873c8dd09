/** Benchmarks and load scenarios. */
@NullMarked
package dev.mayfly.load;

import org.jspecify.annotations.NullMarked;
