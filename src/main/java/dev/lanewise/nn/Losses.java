package dev.lanewise.nn;

import dev.lanewise.array.ArrayOps;

/** What training makes small: functions of a prediction and of what it should have been, with a scalar as result. */
public final class Losses {

    private Losses() {}

    /**
     * The mean over the rows of {@code -ln softmax(logits)[label]}, without overflow.
     *
     * @param logits examples x classes
     * @param labels the class of each example, from 0
     * @throws IllegalArgumentException for logits of another rank, no examples, another number of labels, or a label
     *     that is not one of the classes
     */
    public static <A extends ArrayOps<A>> A crossEntropy(A logits, int... labels) {
        if (logits.rank() != 2) {
            throw new IllegalArgumentException(
                    "crossEntropy: logits are examples x classes, and these have shape " + logits.shape());
        }
        int examples = logits.shape().dim(0);
        int classes = logits.shape().dim(1);
        if (labels.length != examples || examples == 0) {
            throw new IllegalArgumentException("crossEntropy: logits " + logits.shape() + " with " + labels.length
                    + (examples == 0 ? " labels: there is nothing to average" : " labels: each row needs one"));
        }
        int[] chosen = new int[examples];
        for (int i = 0; i < examples; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("crossEntropy: label " + labels[i] + " at " + i
                        + " is not one of the " + classes + " classes of logits " + logits.shape());
            }
            chosen[i] = i * classes + labels[i];
        }
        // Gathering from the flat logarithms costs one number a row, where a one-hot matrix costs a row a row.
        return logits.logSoftmax(1).reshape(-1).gather(chosen).sum().div(-examples);
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
