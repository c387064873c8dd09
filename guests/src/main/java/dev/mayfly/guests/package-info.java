/** Guest programs for tests, compiled by real compilers. */
@NullMarked
package dev.mayfly.guests;

import org.jspecify.annotations.NullMarked;
