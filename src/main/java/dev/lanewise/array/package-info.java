/**
 * Arrays of float32 numbers in any number of dimensions, and plain arithmetic on them.
 *
 * <p>{@link dev.lanewise.array.FloatArray} is an immutable value: slices, transposes and broadcasts are views that share
 * storage, safely because nobody can write. {@link dev.lanewise.array.ArrayOps} is the surface of operations that it has
 * in common with the differentiable arrays of {@code dev.lanewise.autodiff}, so that one model function runs plain,
 * forward or in reverse.
 *
 * <p>Inside, each thing has one home: {@code Shapes} the rules of shapes and their errors, {@code Views} storage and copies,
 * {@code Nest} strides made into loops, {@code Walk} broadcasting, {@code Reductions}, {@code Products}, {@code Moves},
 * {@code Sorting}, {@code Windows}, {@code Normalization}, {@code Einsum}, {@code Dropout} and {@code Printer} what their names
 * say, {@code Updates} the steps of optimizers, {@code Workspace} storage that is used again, {@code Plan} and {@code
 * PackedOperands} what is worked out once for many calls. The loops themselves are kernels, but for those that only move elements or choose among them.
 */
@NullMarked
package dev.lanewise.array;

import org.jspecify.annotations.NullMarked;
