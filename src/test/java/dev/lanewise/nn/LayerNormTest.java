package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerNormTest {

    private static final float EPS = 1e-3f;
    private static final Random RANDOM = new Random(4);
    private static final FloatArray GAIN = FloatArray.randn(RANDOM, 5);
    private static final FloatArray BIAS = FloatArray.randn(RANDOM, 5);

    private final LayerNorm layer = LayerNorm.of(GAIN, BIAS, EPS);

    /** What {@code (x - mean) / sqrt(variance + eps)} is, in double. */
    private static double[] normalized(float[] x, int row) {
        double mean = 0;
        for (int i = 0; i < 5; i++) {
            mean += x[row * 5 + i] / 5.0;
        }
        double variance = 0;
        for (int i = 0; i < 5; i++) {
            variance += Math.pow(x[row * 5 + i] - mean, 2) / 5;
        }
        double[] result = new double[5];
        for (int i = 0; i < 5; i++) {
            result[i] = (x[row * 5 + i] - mean) / Math.sqrt(variance + EPS);
        }
        return result;
    }

    @Test
    void normalizesEveryRowOfInputsOfAnyRank() {
        for (FloatArray x : List.of(
                FloatArray.randn(RANDOM, 5),
                FloatArray.randn(RANDOM, 4, 5),
                FloatArray.randn(RANDOM, 2, 3, 5),
                FloatArray.zeros(0, 5))) {
            float[] numbers = x.toArray();
            float[] wanted = new float[numbers.length];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = (float) (normalized(numbers, i / 5)[i % 5] * GAIN.get(i % 5) + BIAS.get(i % 5));
            }
            assertTrue(layer.infer(x).closeTo(FloatArray.wrap(wanted, x.shape()), 1e-5, 1e-5), () -> "for " + x);
        }
    }

    @Test
    void theGradientsOfGainAndBiasAreThoseOfTheFormula() {
        FloatArray x = FloatArray.randn(RANDOM, 3, 5);
        FloatArray g = FloatArray.randn(RANDOM, 3, 5);
        layer.forward(AdjointArray.constant(x)).backward(g);
        float[] gain = new float[5];
        for (int row = 0; row < 3; row++) {
            double[] normalized = normalized(x.toArray(), row);
            for (int i = 0; i < 5; i++) {
                gain[i] += (float) (g.get(row, i) * normalized[i]);
            }
        }
        assertTrue(FloatArray.of(gain).closeTo(gradient("gain"), 1e-5, 1e-5));
        assertTrue(g.sum(0).closeTo(gradient("bias"), 1e-5, 1e-5));
    }

    private FloatArray gradient(String name) {
        return requireNonNull(layer.parameter(name).leaf().grad());
    }

    @Test
    void whatHasLearnedNothingOnlyNormalizes() {
        FloatArray x = FloatArray.randn(RANDOM, 2, 7);
        assertEquals(x.layerNorm(EPS, -1), LayerNorm.of(7, EPS).infer(x));
    }

    @Test
    void frozenItRecordsNothing() {
        // mul pulls to the gain, add to the product and to the bias.
        assertEquals(
                3,
                Graph.report(layer.forward(AdjointArray.constant(FloatArray.ones(2, 5))))
                        .closures());
        layer.freeze();
        assertEquals(
                0,
                Graph.report(layer.forward(AdjointArray.constant(FloatArray.ones(2, 5))))
                        .closures());
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertMessage("layer norm 5: the input has shape 4x6, not ... x 5", () -> layer.infer(FloatArray.zeros(4, 6)));
        assertMessage("layer norm 5: the input has shape scalar, not ... x 5", () -> layer.infer(FloatArray.zeros()));
        assertMessage(
                "layer norm: a gain of shape 5 and a bias of shape 4 are not two vectors of one length",
                () -> LayerNorm.of(GAIN, FloatArray.zeros(4), EPS));
        assertMessage("layer norm 5: an eps of -1.0 is not finite, or negative", () -> LayerNorm.of(GAIN, BIAS, -1));
        assertMessage("layer norm 5: an eps of NaN is not finite, or negative", () -> LayerNorm.of(5, Float.NaN));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
