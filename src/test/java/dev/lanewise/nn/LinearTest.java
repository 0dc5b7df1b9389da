package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearTest {

    private static final Random RANDOM = new Random(7);
    private static final FloatArray WEIGHT = FloatArray.randn(RANDOM, 5, 3);
    private static final FloatArray BIAS = FloatArray.randn(RANDOM, 3);

    /** {@code x·w + b} in double, for an input of any rank. */
    private static FloatArray expected(FloatArray x, FloatArray weight, FloatArray bias) {
        int in = weight.shape().dim(0);
        int out = weight.shape().dim(1);
        float[] numbers = x.toArray();
        float[] result = new float[numbers.length / in * out];
        for (int row = 0; row < numbers.length / in; row++) {
            for (int j = 0; j < out; j++) {
                double sum = bias.get(j);
                for (int i = 0; i < in; i++) {
                    sum += (double) numbers[row * in + i] * weight.get(i, j);
                }
                result[row * out + j] = (float) sum;
            }
        }
        int[] dims = x.shape().dims();
        dims[dims.length - 1] = out;
        return FloatArray.of(result, dims);
    }

    @Test
    void multipliesAndAddsForInputsOfAnyRank() {
        Linear layer = Linear.of(WEIGHT, BIAS);
        for (FloatArray x : List.of(
                FloatArray.randn(RANDOM, 5),
                FloatArray.randn(RANDOM, 4, 5),
                FloatArray.randn(RANDOM, 2, 4, 5),
                FloatArray.zeros(0, 5))) {
            FloatArray y = layer.infer(x);
            FloatArray wanted = expected(x, WEIGHT, BIAS);
            assertEquals(wanted.shape(), y.shape());
            assertTrue(y.closeTo(wanted, 1e-5, 1e-5), () -> "for " + x.shape() + ": " + y + " is not " + wanted);
        }
    }

    @Test
    void withoutABiasItOnlyMultiplies() {
        Linear layer = Linear.withoutBias(WEIGHT);
        FloatArray x = FloatArray.randn(RANDOM, 4, 5);
        assertTrue(layer.infer(x).closeTo(expected(x, WEIGHT, FloatArray.zeros(3)), 1e-5, 1e-5));
        assertEquals(List.of("weight"), List.copyOf(layer.parameters().keySet()));
    }

    @Test
    void itsGradientsAreThoseOfTheFormula() {
        Linear layer = Linear.of(WEIGHT, BIAS);
        FloatArray x = FloatArray.randn(RANDOM, 4, 5);
        FloatArray g = FloatArray.randn(RANDOM, 4, 3);
        AdjointArray input = AdjointArray.variable(x);
        layer.forward(input).backward(g);
        assertTrue(expected(x.t(), g, FloatArray.zeros(3)).closeTo(gradient(layer, "weight"), 1e-5, 1e-5));
        assertTrue(g.sum(0).closeTo(gradient(layer, "bias"), 1e-5, 1e-5));
        assertTrue(expected(g, WEIGHT.t(), FloatArray.zeros(5)).closeTo(requireNonNull(input.grad()), 1e-5, 1e-5));
    }

    private static FloatArray gradient(Linear layer, String name) {
        return requireNonNull(layer.parameter(name).leaf().grad());
    }

    @Test
    void heStartsWithTheDeviationThatRectifiersNeed() {
        Linear layer = Linear.he(200, 300, new Random(1));
        assertEquals(Shape.of(200, 300), layer.parameter("weight").shape());
        FloatArray weight = layer.parameter("weight").value();
        // The deviation of 60,000 normal numbers strays by 1/sqrt(120,000) = 0.3 % itself; 5 of those are allowed.
        assertEquals(1.0, Math.sqrt(weight.square().mean().item()) / Math.sqrt(2.0 / 200), 0.015);
        assertEquals(0, weight.mean().item(), 5 * 0.1 / Math.sqrt(60_000));
        assertEquals(FloatArray.zeros(300), layer.parameter("bias").value());
    }

    @Test
    void xavierStartsWithinItsBound() {
        FloatArray weight =
                Linear.xavier(200, 300, new Random(1)).parameter("weight").value();
        double bound = Math.sqrt(6.0 / 500);
        assertTrue(weight.max().item() <= bound && weight.max().item() > 0.999 * bound);
        assertTrue(weight.min().item() >= -bound * 1.0001 && weight.min().item() < -0.999 * bound);
        // Even numbers over ±b have the variance b²/3.
        assertEquals(1.0, weight.square().mean().item() / (bound * bound / 3), 0.02);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        assertEquals(
                Linear.he(8, 4, new Random(3)).snapshot(),
                Linear.he(8, 4, new Random(3)).snapshot());
        assertEquals(
                Linear.xavier(8, 4, new Random(3)).snapshot(),
                Linear.xavier(8, 4, new Random(3)).snapshot());
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        Linear layer = Linear.of(WEIGHT, BIAS);
        assertEquals("linear 5 to 3", layer.toString());
        assertMessage("linear 5 to 3: the input has shape 4x6, not ... x 5", () -> layer.infer(FloatArray.zeros(4, 6)));
        assertMessage("linear 5 to 3: the input has shape scalar, not ... x 5", () -> layer.infer(FloatArray.zeros()));
        assertMessage("linear: a weight is in x out, not 5", () -> Linear.of(FloatArray.zeros(5), FloatArray.zeros(5)));
        assertMessage(
                "linear: a bias of shape 5 does not fit a weight of shape 5x3",
                () -> Linear.of(WEIGHT, FloatArray.zeros(5)));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
