package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.GradientCheck;
import dev.lanewise.autodiff.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransformerEncoderLayerTest {

    private static final int BATCH = 2;
    private static final int LENGTH = 3;
    private static final int WIDTH = 4;
    private static final int HIDDEN = 6;
    private static final float EPS = 1e-2f;

    private static final FloatArray X = FloatArray.randn(new Random(2), BATCH, LENGTH, WIDTH);
    private static final FloatArray WORDS = FloatArray.of(new float[] {1, 1, 1, 1, 1, 0}, BATCH, LENGTH);

    private static final FloatArray KEY_BIAS =
            layer().parameter("attention.key.bias").value();

    private final TransformerEncoderLayer normLast = layer();
    private final TransformerEncoderLayer normFirst = layer().normFirst();

    private static TransformerEncoderLayer layer() {
        Random random = new Random(3);
        MultiHeadAttention attention = MultiHeadAttention.of(
                2,
                linear(WIDTH, WIDTH, random),
                linear(WIDTH, WIDTH, random),
                linear(WIDTH, WIDTH, random),
                linear(WIDTH, WIDTH, random));
        return TransformerEncoderLayer.of(
                attention, norm(random), linear(WIDTH, HIDDEN, random), linear(HIDDEN, WIDTH, random), norm(random));
    }

    private static Linear linear(int in, int out, Random random) {
        return Linear.of(FloatArray.randn(random, in, out).mul(0.5f), FloatArray.randn(random, out));
    }

    private static LayerNorm norm(Random random) {
        return LayerNorm.of(FloatArray.rand(random, WIDTH).add(0.5f), FloatArray.randn(random, WIDTH), EPS);
    }

    // ---- the definition, on the input and the parameters in the order of the layer

    private static <A extends ArrayOps<A>> A attention(A x, List<A> p) {
        List<A> split = new ArrayList<>();
        for (int i = 1; i < 7; i += 2) {
            split.add(x.matmul(p.get(i))
                    .add(p.get(i + 1))
                    .reshape(BATCH, LENGTH, 2, 2)
                    .transpose(0, 2, 1, 3));
        }
        A mixed = Attention.attend(split.get(0), split.get(1), split.get(2), WORDS.reshape(BATCH, 1, 1, LENGTH));
        return mixed.transpose(0, 2, 1, 3)
                .reshape(BATCH, LENGTH, WIDTH)
                .matmul(p.get(7))
                .add(p.get(8));
    }

    private static <A extends ArrayOps<A>> A feedForward(A y, List<A> p) {
        return y.matmul(p.get(11)).add(p.get(12)).gelu().matmul(p.get(13)).add(p.get(14));
    }

    private static <A extends ArrayOps<A>> A last(List<A> p) {
        A x = p.getFirst();
        A y = x.add(attention(x, p)).layerNorm(p.get(9), p.get(10), EPS, -1);
        return y.add(feedForward(y, p)).layerNorm(p.get(15), p.get(16), EPS, -1);
    }

    private static <A extends ArrayOps<A>> A first(List<A> p) {
        A x = p.getFirst();
        A y = x.add(attention(x.layerNorm(p.get(9), p.get(10), EPS, -1), p));
        return y.add(feedForward(y.layerNorm(p.get(15), p.get(16), EPS, -1), p));
    }

    private static <A extends ArrayOps<A>> A checkedLast(List<A> p) {
        return last(MultiHeadAttentionTest.withBiasOfKeys(p, KEY_BIAS));
    }

    private static <A extends ArrayOps<A>> A checkedFirst(List<A> p) {
        return first(MultiHeadAttentionTest.withBiasOfKeys(p, KEY_BIAS));
    }

    private static List<FloatArray> operands(Layer layer) {
        List<FloatArray> operands = new ArrayList<>(List.of(X));
        operands.addAll(layer.snapshot().values());
        return operands;
    }

    @Test
    void itIsTheDefinition() {
        assertTrue(last(operands(normLast)).closeTo(normLast.infer(X, WORDS), 1e-5, 1e-5));
        assertTrue(first(operands(normFirst)).closeTo(normFirst.infer(X, WORDS), 1e-5, 1e-5));
        assertNotEquals(normLast.infer(X), normFirst.infer(X));
        assertNotEquals(normLast.infer(X), normLast.infer(X, WORDS));
        assertEquals(normLast.infer(X), normLast.infer(X, FloatArray.ones(BATCH, LENGTH)));
    }

    @Test
    void theDefinitionsDerivativesAreRightInEveryMode() {
        // A dozen operations deep, so sixteen times what one may lose.
        GradientCheck.of("encoder layer", TransformerEncoderLayerTest::checkedLast)
                .tolerance(256, 0)
                .check(MultiHeadAttentionTest.withoutBiasOfKeys(operands(normLast)));
        GradientCheck.of("encoder layer, norm first", TransformerEncoderLayerTest::checkedFirst)
                .tolerance(256, 0)
                .check(MultiHeadAttentionTest.withoutBiasOfKeys(operands(normFirst)));
    }

    @Test
    void itsGradientsAreThoseOfTheDefinition() {
        for (TransformerEncoderLayer layer : List.of(normLast, normFirst)) {
            List<AdjointArray> leaves =
                    operands(layer).stream().map(AdjointArray::variable).toList();
            FloatArray g = FloatArray.randn(new Random(5), BATCH, LENGTH, WIDTH);
            (layer == normLast ? last(leaves) : first(leaves)).backward(g);
            AdjointArray x = AdjointArray.variable(X);
            layer.forward(x, WORDS).backward(g);
            assertNear(leaves.getFirst(), x, "x");
            int i = 1;
            for (Map.Entry<String, Parameter> parameter :
                    layer.namedParameters().entrySet()) {
                assertNear(leaves.get(i++), parameter.getValue().leaf(), layer + ": " + parameter.getKey());
            }
        }
    }

    private static void assertNear(AdjointArray wanted, AdjointArray got, String what) {
        FloatArray expected = requireNonNull(wanted.grad());
        FloatArray gradient = requireNonNull(got.grad());
        assertTrue(expected.closeTo(gradient, 1e-4, 1e-5), () -> what + ": " + gradient + " is not " + expected);
    }

    @Test
    void namesItsParametersByPath() {
        assertEquals(
                List.of(
                        "attention.query.weight",
                        "attention.query.bias",
                        "attention.key.weight",
                        "attention.key.bias",
                        "attention.value.weight",
                        "attention.value.bias",
                        "attention.out.weight",
                        "attention.out.bias",
                        "attentionNorm.gain",
                        "attentionNorm.bias",
                        "widen.weight",
                        "widen.bias",
                        "narrow.weight",
                        "narrow.bias",
                        "outputNorm.gain",
                        "outputNorm.bias"),
                List.copyOf(normLast.namedParameters().keySet()));
        assertEquals(
                "attention.key.bias", normLast.parameter("attention.key.bias").name());
    }

    @Test
    void aFrozenLayerBelowATrainedOneKeepsNothing() {
        int length = 40; // so that length x length is the largest array by far
        FloatArray x = FloatArray.randn(new Random(2), 1, length, WIDTH);
        Sequential two = Sequential.of(layer(), layer());
        long both = Graph.report(two.forward(AdjointArray.constant(x))).bytes();
        two.freeze(path -> path.startsWith("0."));
        Graph.Report upper = Graph.report(two.forward(AdjointArray.constant(x)));
        AdjointArray input = AdjointArray.constant(x);
        assertEquals(Graph.report(layer().forward(input)).bytes(), upper.bytes());
        assertEquals(Graph.report(layer().forward(input)).closures(), upper.closures());
        int weights = Float.BYTES * 2 * length * length;
        assertTrue(both - upper.bytes() > weights, () -> both + " and " + upper.bytes());
        two.freeze();
        assertEquals(0, Graph.report(two.forward(AdjointArray.constant(x))).bytes());
    }

    @Test
    void dropsInThreePlacesInTrainModeOnly() {
        TransformerEncoderLayer noisy = normLast.withDropout(0.5f, 1);
        AdjointArray x = AdjointArray.variable(X);
        assertEquals(
                3, Graph.report(noisy.forward(x)).byOperation().get("dropout").operations());
        FloatArray first = noisy.forward(x).value();
        assertNotEquals(first, noisy.forward(x).value());
        noisy.atStep(4);
        FloatArray wanted = noisy.forward(x).value();
        noisy.atStep(4);
        assertEquals(wanted, noisy.forward(x).value());
        noisy.eval();
        assertEquals(normLast.infer(X), noisy.forward(x).value());
        noisy.train();
        assertEquals(normLast.infer(X), noisy.infer(X));
    }

    @Test
    void dropoutAndTheOrderOfTheNormalizationGoTogether() {
        AdjointArray x = AdjointArray.variable(X);
        for (TransformerEncoderLayer layer : List.of(
                layer().normFirst().withDropout(0.5f, 1),
                layer().withDropout(0.5f, 1).normFirst())) {
            assertEquals(
                    3,
                    Graph.report(layer.forward(x)).byOperation().get("dropout").operations());
            assertEquals(normFirst.infer(X), layer.infer(X));
            layer.eval();
            assertEquals(normFirst.infer(X), layer.forward(x).value());
        }
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertEquals("encoder layer 4 by 6 in 2 heads, norm first", normFirst.toString());
        assertMessage(
                "encoder layer 4 by 6 in 2 heads: the input has shape 2x3x5, not batch x length x 4",
                () -> normLast.infer(FloatArray.zeros(2, 3, 5)));
        assertMessage(
                "attention 4 in 2 heads: the mask has shape 3x3 for an input of shape 2x3x4, not batch x length or "
                        + "batch x length x length",
                () -> normLast.infer(X, FloatArray.ones(3, 3)));
        Random random = new Random(1);
        MultiHeadAttention attention = MultiHeadAttention.xavier(4, 2, random);
        LayerNorm norm = LayerNorm.of(4, EPS);
        assertMessage(
                "encoder layer: attention 4 in 2 heads with layer norm 4 and layer norm 5, which are not of one width",
                () -> TransformerEncoderLayer.of(
                        attention,
                        norm,
                        Linear.xavier(4, 6, random),
                        Linear.xavier(6, 4, random),
                        LayerNorm.of(5, EPS)));
        assertMessage(
                "encoder layer: linear 4 to 6 and linear 5 to 4 do not lead from the width 4 and back to it",
                () -> TransformerEncoderLayer.of(
                        attention, norm, Linear.xavier(4, 6, random), Linear.xavier(5, 4, random), norm));
        assertEquals(
                Shape.of(0, 3, 4), normLast.infer(FloatArray.zeros(0, 3, 4)).shape());
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
