/**
 * Updates of parameters from their gradients.
 *
 * <p>An optimizer knows nothing of layers: it works on {@link dev.lanewise.autodiff.Trainable}s, reads the gradient
 * that a backward pass left in each, and replaces the value. What is frozen, or has no gradient, is left alone entirely.
 *
 * <p>A {@link dev.lanewise.optim.Schedule} says which learning rate a step has. What an optimizer remembers is written and
 * read as arrays by name, so that training goes on with the same bits.
 *
 * <p><b>Adding an optimizer:</b> one subclass of {@link dev.lanewise.optim.Optimizer}, and a test against its formulas
 * in double.
 */
@NullMarked
package dev.lanewise.optim;

import org.jspecify.annotations.NullMarked;
