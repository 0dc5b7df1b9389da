package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.DualArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final int[] LABELS = {2, 0, 1, 2, 2};
    private static final FloatArray LOGITS =
            FloatArray.randn(new Random(4), 5, 3).mul(3);

    /** Softmax of one row in double. */
    private static double[] softmax(FloatArray logits, int row) {
        int classes = logits.shape().dim(1);
        double[] p = new double[classes];
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
            largest = Math.max(largest, logits.get(row, j));
        }
        double sum = 0;
        for (int j = 0; j < classes; j++) {
            p[j] = Math.exp(logits.get(row, j) - largest);
            sum += p[j];
        }
        for (int j = 0; j < classes; j++) {
            p[j] /= sum;
        }
        return p;
    }

    private static double crossEntropy(FloatArray logits, int... labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum -= Math.log(softmax(logits, i)[labels[i]]);
        }
        return sum / labels.length;
    }

    @Test
    void crossEntropyIsTheMeanOfMinusLogSoftmax() {
        double wanted = crossEntropy(LOGITS, LABELS);
        assertEquals(wanted, Losses.crossEntropy(LOGITS, LABELS).item(), 1e-6 * wanted);
        assertEquals(
                Math.log(3), Losses.crossEntropy(FloatArray.zeros(5, 3), LABELS).item(), 1e-6);
    }

    @Test
    void itsGradientIsSoftmaxMinusOneHotOverTheNumberOfExamples() {
        AdjointArray logits = AdjointArray.variable(LOGITS);
        Losses.crossEntropy(logits, LABELS).backward();
        for (int i = 0; i < 5; i++) {
            double[] p = softmax(LOGITS, i);
            for (int j = 0; j < 3; j++) {
                double wanted = (p[j] - (j == LABELS[i] ? 1 : 0)) / 5;
                assertEquals(wanted, requireNonNull(logits.grad()).get(i, j), 1e-6, i + "," + j);
            }
        }
    }

    @Test
    void itRunsForwardToo() {
        FloatArray direction = FloatArray.randn(new Random(5), 5, 3);
        DualArray loss = Losses.crossEntropy(DualArray.of(LOGITS, direction), LABELS);
        double wanted = 0;
        for (int i = 0; i < 5; i++) {
            double[] p = softmax(LOGITS, i);
            for (int j = 0; j < 3; j++) {
                wanted += (p[j] - (j == LABELS[i] ? 1 : 0)) / 5 * direction.get(i, j);
            }
        }
        assertEquals(wanted, loss.tangent().item(), 1e-6);
    }

    @Test
    void largeLogitsNeitherOverflowNorLoseTheAnswer() {
        FloatArray logits = FloatArray.of(new float[][] {{1000, 999, -1000}, {-1000, 1000, 998}});
        double wanted = crossEntropy(logits, 1, 2);
        assertEquals(wanted, Losses.crossEntropy(logits, 1, 2).item(), 1e-6 * wanted);
        AdjointArray variable = AdjointArray.variable(logits);
        Losses.crossEntropy(variable, 1, 2).backward();
        assertEquals(
                (softmax(logits, 0)[1] - 1) / 2, requireNonNull(variable.grad()).get(0, 1), 1e-6);
    }

    @Test
    void crossEntropyRefusesWhatDoesNotFit() {
        assertMessage(
                "crossEntropy: label 3 at 1 is not one of the 3 classes of logits 2x3",
                () -> Losses.crossEntropy(FloatArray.zeros(2, 3), 0, 3));
        assertMessage(
                "crossEntropy: label -1 at 0 is not one of the 3 classes of logits 2x3",
                () -> Losses.crossEntropy(FloatArray.zeros(2, 3), -1, 0));
        assertMessage(
                "crossEntropy: logits 2x3 with 1 labels: each row needs one",
                () -> Losses.crossEntropy(FloatArray.zeros(2, 3), 0));
        assertMessage(
                "crossEntropy: logits are examples x classes, and these have shape 6",
                () -> Losses.crossEntropy(FloatArray.zeros(6), 0));
        assertMessage(
                "crossEntropy: logits 0x3 with 0 labels: there is nothing to average",
                () -> Losses.crossEntropy(FloatArray.zeros(0, 3)));
    }

    @Test
    void mseIsTheMeanOfSquaredDifferences() {
        FloatArray prediction = FloatArray.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        FloatArray target = FloatArray.of(new float[][] {{1, 1, 1}, {1, 1, 0}});
        AdjointArray variable = AdjointArray.variable(prediction);
        AdjointArray loss = Losses.mse(variable, AdjointArray.constant(target));
        assertEquals((0 + 1 + 4 + 9 + 16 + 36) / 6.0, loss.item(), 1e-6);
        loss.backward();
        assertTrue(prediction.sub(target).mul(2 / 6f).closeTo(requireNonNull(variable.grad()), 1e-6, 1e-7));
    }

    @Test
    void mseDoesNotBroadcast() {
        assertMessage(
                "mse: a prediction of shape 4x1 and a target of shape 4 differ",
                () -> Losses.mse(FloatArray.zeros(4, 1), FloatArray.zeros(4)));
        assertMessage(
                "mse: 0x2 by 0x2: there is nothing to average",
                () -> Losses.mse(FloatArray.zeros(0, 2), FloatArray.zeros(0, 2)));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
