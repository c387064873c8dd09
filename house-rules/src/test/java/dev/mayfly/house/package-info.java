/** Tests of the house: arrows between modules, what is public, documents that must be true. */
@NullMarked
package dev.mayfly.house;

import org.jspecify.annotations.NullMarked;
