/**
 * Arrays of float32 numbers in any number of dimensions, and plain arithmetic on them.
 *
 * <p>{@link dev.lanewise.array.FloatArray} is an immutable value: slices, transposes and broadcasts are views that share
 * storage, safely because nobody can write. {@link dev.lanewise.array.ArrayOps} is the surface of operations that it has
 * in common with the differentiable arrays of {@code dev.lanewise.autodiff}, so that one model function runs plain,
 * forward or in reverse.
 *
 * <p>Inside, broadcasting has one home ({@code Broadcast}), so have shape errors ({@code Shapes}) and the walk over
 * strided operands; the loops themselves are kernels.
 */
@NullMarked
package dev.lanewise.array;

import org.jspecify.annotations.NullMarked;
