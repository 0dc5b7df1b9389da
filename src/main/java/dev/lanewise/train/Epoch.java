package dev.lanewise.train;

import org.jspecify.annotations.Nullable;

/**
 * What came of one walk through the training data.
 *
 * @param number counted from 0
 * @param steps how many steps have been made in all, earlier epochs and runs included
 * @param learningRate that of its last step
 * @param trained how many numbers were trained in its last step
 * @param trainingLoss the mean of its steps' losses, each before the step
 * @param validation how well the validation data were done after it; null if there are none
 * @param seconds what it took, without the validation
 */
public record Epoch(
        long number,
        long steps,
        double learningRate,
        long trained,
        double trainingLoss,
        @Nullable Score validation,
        double seconds) {}
