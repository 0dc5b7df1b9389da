/**
 * The kernels on {@code jdk.incubator.vector}: the only package that names that module.
 *
 * <p>The rules of every file here, learned from what C1 and C2 do with vectors:
 *
 * <ul>
 *   <li>Species stand in static finals only, and there is one of each element type: receivers of two species teach C2's
 *       profiles of the JDK's methods that receivers vary, and loops elsewhere turn into boxed calls.
 *   <li>Every hot loop is written out in a small static method; no vector crosses a call to a method of ours, a lambda, a
 *       field or a collection. A method that takes vectors is inlined in one run and, compiled by itself first, never in
 *       the next.
 *   <li>Masked loads serve tails, never loops.
 * </ul>
 *
 * <p>A kernel and its twin in {@code dev.lanewise.kernel.scalar} perform the same rounded operations in the same order, so
 * their results have the same bits.
 */
@NullMarked
package dev.lanewise.kernel.vector;

import org.jspecify.annotations.NullMarked;
