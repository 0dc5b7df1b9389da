/**
 * The kernels on {@code jdk.incubator.vector}: the only package that names that module.
 *
 * <p>The rules of every file here, learned from what C1 and C2 do with vectors: species stand in static finals only;
 * every hot loop is written out in a small static method of its own; no vector crosses a lambda, a field or a collection;
 * masked loads serve tails, never loops. A kernel and its twin in {@code dev.lanewise.kernel.scalar} perform the same
 * rounded operations in the same order, so their results have the same bits.
 */
@NullMarked
package dev.lanewise.kernel.vector;

import org.jspecify.annotations.NullMarked;
