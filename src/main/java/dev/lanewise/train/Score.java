package dev.lanewise.train;

import org.jspecify.annotations.Nullable;

/**
 * How well a task is solved on some batches.
 *
 * @param examples how many examples there were
 * @param loss the mean loss of an example; NaN of none
 * @param confusion which labels were taken for which; null if the task has no labels
 */
public record Score(long examples, double loss, @Nullable ConfusionMatrix confusion) {

    /** The share of right guesses; NaN if the task has no labels. */
    public double accuracy() {
        return confusion == null ? Double.NaN : confusion.accuracy();
    }

    /** As {@link ConfusionMatrix#f1()}; NaN if the task has no labels. */
    public double f1() {
        return confusion == null ? Double.NaN : confusion.f1();
    }

    /** Adds up what a task says of its batches. */
    public static final class Sum {

        private long examples;
        private double loss;
        private @Nullable ConfusionMatrix confusion;

        /** Of no batches. */
        public Sum() {}

        /** Adds the mean loss of so many examples. */
        public void add(double meanLoss, int count) {
            examples += count;
            loss += meanLoss * count;
        }

        /**
         * Adds labels and what they were taken for.
         *
         * @throws IllegalArgumentException for another number of classes than before, or what does not fit
         *     {@link ConfusionMatrix#add}
         */
        public void add(int classes, int[] labels, int[] guesses) {
            ConfusionMatrix matrix = confusion;
            if (matrix == null) {
                matrix = new ConfusionMatrix(classes);
                confusion = matrix;
            }
            if (matrix.classes() != classes) {
                throw new IllegalArgumentException(
                        "score: a batch of " + classes + " classes after one of " + matrix.classes());
            }
            matrix.add(labels, guesses);
        }

        /** The score so far. Do not add any more then. */
        public Score score() {
            return new Score(examples, loss / examples, confusion);
        }
    }
}
