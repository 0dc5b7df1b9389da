package dev.lanewise.train;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.nn.Losses;
import java.util.function.Function;

/**
 * What a model is trained to do: how a batch becomes a loss, and how well it is done.
 *
 * @param <B> a batch
 */
public interface Task<B> {

    /** The loss of a batch, recorded: a scalar, the mean over its examples. */
    AdjointArray loss(B batch);

    /** Adds to the sum how well the batch is done. The trainer calls it with nothing recorded, and the model in eval mode. */
    void evaluate(B batch, Score.Sum sum);

    /**
     * The task to tell classes apart, by cross-entropy.
     *
     * @param classes how many there are
     * @param logits the model's answer to a batch: {@code examples x classes}
     * @param labels the class of each example of a batch, from 0
     * @throws IllegalArgumentException unless there are at least two classes; from its functions, if the logits have another
     *     number of columns
     */
    static <B> Task<B> classification(
            int classes, Function<? super B, AdjointArray> logits, Function<? super B, int[]> labels) {
        if (classes < 2) {
            throw new IllegalArgumentException("classification: " + classes + " classes; to tell apart takes two");
        }
        return new Task<>() {
            @Override
            public AdjointArray loss(B batch) {
                return Losses.crossEntropy(answer(batch), labels.apply(batch));
            }

            private AdjointArray answer(B batch) {
                AdjointArray answer = logits.apply(batch);
                if (answer.rank() == 2 && answer.shape().dim(1) != classes) {
                    throw new IllegalArgumentException(
                            "classification: logits " + answer.shape() + " for " + classes + " classes");
                }
                return answer;
            }

            @Override
            public void evaluate(B batch, Score.Sum sum) {
                FloatArray scores = answer(batch).value();
                int[] wanted = labels.apply(batch);
                sum.add(Losses.crossEntropy(scores, wanted).item(), wanted.length);
                sum.add(classes, wanted, scores.argmax(1));
            }
        };
    }
}
