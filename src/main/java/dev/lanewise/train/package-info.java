/**
 * Training, evaluation and what is told of them: one loop, the {@link dev.lanewise.train.Trainer}, over the layers, optimizers
 * and batches of the packages below.
 *
 * <p>The loop is small and has nothing that a loop of one's own could not do: a {@link dev.lanewise.train.Task} says what is
 * learned, {@link dev.lanewise.train.Listener}s are told what happens, {@link dev.lanewise.train.Checkpoint} saves and loads.
 */
@NullMarked
package dev.lanewise.train;

import org.jspecify.annotations.NullMarked;
