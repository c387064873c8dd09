/** Tests of the registry, on real servers. */
@NullMarked
package dev.mayfly.registry;

import org.jspecify.annotations.NullMarked;
