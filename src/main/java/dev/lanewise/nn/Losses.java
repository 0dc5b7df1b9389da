package dev.lanewise.nn;

import dev.lanewise.array.ArrayOps;

/** What training makes small: functions of a prediction and of what it should have been, with a scalar as result. */
public final class Losses {

    private Losses() {}

    /**
     * The mean over the rows of {@code -ln softmax(logits)[label]}, without overflow: {@link ArrayOps#crossEntropy}.
     *
     * @param logits examples x classes
     * @param labels the class of each example, from 0
     * @throws IllegalArgumentException for logits of another rank, no examples, another number of labels, or a label
     *     that is not one of the classes
     */
    public static <A extends ArrayOps<A>> A crossEntropy(A logits, int... labels) {
        return logits.crossEntropy(labels);
    }

    /**
     * The mean of the squared differences.
     *
     * @throws IllegalArgumentException if the shapes differ (nothing is broadcast) or there are no elements
     */
    public static <A extends ArrayOps<A>> A mse(A prediction, A target) {
        if (!prediction.shape().equals(target.shape())) {
            throw new IllegalArgumentException("mse: a prediction of shape " + prediction.shape()
                    + " and a target of shape " + target.shape() + " differ");
        }
        if (prediction.size() == 0) {
            throw new IllegalArgumentException(
                    "mse: " + prediction.shape() + " by " + target.shape() + ": there is nothing to average");
        }
        return prediction.sub(target).square().mean();
    }
}
