/**
 * Layers and losses: what a model is made of.
 *
 * <p>A {@link dev.lanewise.nn.Layer} is a function of an array with {@link dev.lanewise.nn.Parameter}s, which have
 * dotted names through the tree of layers ({@code features.0.weight}). Freezing a parameter takes its leaf out of
 * differentiation: no closure is recorded for it, and none for what only it and other frozen ones enter, so frozen first
 * layers cost nothing in a backward pass. No layer has code for that.
 *
 * <p>This package does not know the optimizers, which see a parameter as a {@link dev.lanewise.autodiff.Trainable}.
 *
 * <p>Layers are in train mode or in eval mode, which matters to {@link dev.lanewise.nn.Dropout} alone; a
 * {@link dev.lanewise.nn.Serving} hands consistent states of a model to other threads while it is trained.
 *
 * <p><b>Adding a layer:</b> one class that implements {@code Layer}, with {@code forward} and the maps of its parameters
 * or children, and its test.
 */
@NullMarked
package dev.lanewise.nn;

import org.jspecify.annotations.NullMarked;
