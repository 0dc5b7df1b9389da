/**
 * Contracts of the numeric loops, and the one place ({@link dev.lanewise.kernel.Kernels}) that chooses who runs them.
 *
 * <p>A kernel is dumb on purpose: it takes {@code float[]}, offsets, lengths and strides, writes into an array it is
 * given, and knows neither shapes nor derivatives. It checks nothing that its caller has already checked. So it can be
 * read, tested and timed alone, and an implementation can be exchanged without anything above noticing.
 *
 * <p>Every contract has two implementations: {@code dev.lanewise.kernel.vector}, the only package that names
 * {@code jdk.incubator.vector}, and {@code dev.lanewise.kernel.scalar}, the plain twin that serves where the module is
 * missing and that is the oracle in tests.
 *
 * <p>This package is not exported.
 */
@NullMarked
package dev.lanewise.kernel;

import org.jspecify.annotations.NullMarked;
