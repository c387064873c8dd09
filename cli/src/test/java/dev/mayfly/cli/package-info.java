/** Tests of the mayfly command. */
@NullMarked
package dev.mayfly.cli;

import org.jspecify.annotations.NullMarked;
