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
     */
    static <B> Task<B> classification(
            int classes, Function<? super B, AdjointArray> logits, Function<? super B, int[]> labels) {
        return new Task<>() {
            @Override
            public AdjointArray loss(B batch) {
                return Losses.crossEntropy(logits.apply(batch), labels.apply(batch));
            }

            @Override
            public void evaluate(B batch, Score.Sum sum) {
                FloatArray answer = logits.apply(batch).value();
                int[] wanted = labels.apply(batch);
                sum.add(Losses.crossEntropy(answer, wanted).item(), wanted.length);
                sum.add(classes, wanted, answer.argmax(1));
            }
        };
    }
}
