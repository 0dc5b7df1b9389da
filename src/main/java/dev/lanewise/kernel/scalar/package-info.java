/**
 * The plain twin of every kernel: what runs where the vector module is missing or would run boxed, and the oracle in
 * tests.
 *
 * <p>Classes and methods are named and ordered as in {@code dev.lanewise.kernel.vector}, so that the two can be read
 * side by side. Each family of elementwise loops has one file; {@code ScalarElementwise} gathers them.
 */
@NullMarked
package dev.lanewise.kernel.scalar;

import org.jspecify.annotations.NullMarked;
