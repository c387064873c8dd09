/** A database to break, made of the registry's own parts. */
@NullMarked
package dev.mayfly.registry;

import org.jspecify.annotations.NullMarked;
