/**
 * Examples on their way into training: a {@link dev.lanewise.data.Dataset} and its {@link dev.lanewise.data.Split}, in
 * {@link dev.lanewise.data.Batches} of a seeded order, {@link dev.lanewise.data.Padded} to one length, prepared ahead by
 * {@link dev.lanewise.data.Prefetch}.
 *
 * <p>What is random here is a function of a seed and of numbers such as the epoch's: the same on every machine, and it needs
 * no state to be saved for training to go on where it stopped.
 */
@NullMarked
package dev.lanewise.data;

import org.jspecify.annotations.NullMarked;
