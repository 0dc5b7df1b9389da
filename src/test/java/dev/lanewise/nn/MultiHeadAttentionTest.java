package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.GradientCheck;
import dev.lanewise.autodiff.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MultiHeadAttentionTest {

    private static final int BATCH = 2;
    private static final int LENGTH = 3;
    private static final int WIDTH = 4;
    private static final int HEADS = 2;
    private static final List<String> PARTS = List.of("query", "key", "value", "out");

    private static final FloatArray X = FloatArray.randn(new Random(2), BATCH, LENGTH, WIDTH);
    private static final FloatArray WORDS = FloatArray.of(new float[] {1, 1, 1, 1, 1, 0}, BATCH, LENGTH);
    private static final FloatArray EARLIER = FloatArray.ones(1, LENGTH, LENGTH).tril();

    private static final FloatArray KEY_BIAS = layer().parameter("key.bias").value();

    private final MultiHeadAttention layer = layer();

    private static MultiHeadAttention layer() {
        Random random = new Random(3);
        return MultiHeadAttention.of(HEADS, linear(random), linear(random), linear(random), linear(random));
    }

    private static Linear linear(Random random) {
        return Linear.of(FloatArray.randn(random, WIDTH, WIDTH).mul(0.5f), FloatArray.randn(random, WIDTH));
    }

    /**
     * The layer without views and batches: every head cuts its own columns out of the weights. The operands are the input,
     * then weight and bias of query, key, value and out.
     */
    private static <A extends ArrayOps<A>> A headByHead(List<A> x, @Nullable FloatArray mask) {
        int columns = WIDTH / HEADS;
        List<A> heads = new ArrayList<>();
        for (int head = 0; head < HEADS; head++) {
            Index own = Index.range(head * columns, (head + 1) * columns);
            List<A> parts = new ArrayList<>();
            for (int part = 0; part < 3; part++) {
                A weight = x.get(1 + 2 * part).slice(Index.all(), own);
                parts.add(x.getFirst().matmul(weight).add(x.get(2 + 2 * part).slice(own)));
            }
            heads.add(Attention.attend(parts.get(0), parts.get(1), parts.get(2), mask));
        }
        return ArrayOps.concat(-1, heads).matmul(x.get(7)).add(x.get(8));
    }

    private static <A extends ArrayOps<A>> A open(List<A> x) {
        return headByHead(withBiasOfKeys(x, KEY_BIAS), null);
    }

    private static <A extends ArrayOps<A>> A masked(List<A> x) {
        return headByHead(withBiasOfKeys(x, KEY_BIAS), WORDS.unsqueeze(1));
    }

    /**
     * The operands again from those without the bias of the keys. It moves all scores of a query alike, which softmax does
     * not see, so its derivative is 0 by terms that cancel, and no check can say how small is small enough.
     */
    static <A extends ArrayOps<A>> List<A> withBiasOfKeys(List<A> x, FloatArray bias) {
        List<A> all = new ArrayList<>(x);
        all.add(4, x.getFirst().lift(bias));
        return all;
    }

    static FloatArray[] withoutBiasOfKeys(List<FloatArray> operands) {
        List<FloatArray> others = new ArrayList<>(operands);
        others.remove(4);
        return others.toArray(FloatArray[]::new);
    }

    private static List<FloatArray> operands(Layer layer) {
        List<FloatArray> operands = new ArrayList<>(List.of(X));
        operands.addAll(layer.snapshot().values());
        return operands;
    }

    @Test
    void itsHeadsAreThoseOfTheDefinition() {
        List<FloatArray> operands = operands(layer);
        assertTrue(headByHead(operands, null).closeTo(layer.infer(X), 1e-5, 1e-5));
        assertTrue(headByHead(operands, WORDS.unsqueeze(1)).closeTo(layer.infer(X, WORDS), 1e-5, 1e-5));
        assertTrue(headByHead(operands, EARLIER).closeTo(layer.infer(X, EARLIER), 1e-5, 1e-5));
        assertNotEquals(layer.infer(X), layer.infer(X, EARLIER));
    }

    @Test
    void itsGradientsAreThoseOfTheDefinitionWhichAreRightInEveryMode() {
        // Five products deep, so four times what one operation may lose.
        GradientCheck.of("attention", MultiHeadAttentionTest::open)
                .tolerance(64, 0)
                .check(withoutBiasOfKeys(operands(layer)));
        GradientCheck.of("masked attention", MultiHeadAttentionTest::masked)
                .tolerance(64, 0)
                .check(withoutBiasOfKeys(operands(layer)));
        for (FloatArray mask : new @Nullable FloatArray[] {null, WORDS}) {
            List<AdjointArray> leaves = new ArrayList<>();
            for (FloatArray operand : operands(layer)) {
                leaves.add(AdjointArray.variable(operand));
            }
            FloatArray g = FloatArray.randn(new Random(5), BATCH, LENGTH, WIDTH);
            headByHead(leaves, mask == null ? null : mask.unsqueeze(1)).backward(g);
            layer.zeroGrad();
            AdjointArray x = AdjointArray.variable(X);
            layer.forward(x, mask).backward(g);
            assertNear(leaves.getFirst(), x, "x");
            int i = 1;
            for (Map.Entry<String, Parameter> parameter :
                    layer.namedParameters().entrySet()) {
                assertNear(leaves.get(i++), parameter.getValue().leaf(), parameter.getKey());
            }
        }
    }

    private static void assertNear(AdjointArray wanted, AdjointArray got, String what) {
        FloatArray expected = requireNonNull(wanted.grad());
        FloatArray gradient = requireNonNull(got.grad());
        assertTrue(expected.closeTo(gradient, 1e-4, 1e-5), () -> what + ": " + gradient + " is not " + expected);
    }

    @Test
    void paddingHasNoInfluence() {
        FloatArray seen = WORDS.unsqueeze(2);
        FloatArray other = X.where(seen, FloatArray.scalar(37));
        FloatArray zero = FloatArray.scalar(0);
        FloatArray wanted = layer.infer(X, WORDS).where(seen, zero);
        assertEquals(wanted, layer.infer(other, WORDS).where(seen, zero));
        assertNotEquals(layer.infer(X).where(seen, zero), layer.infer(other).where(seen, zero));
    }

    @Test
    void whoSeesNothingBecomesTheBiasOfOut() {
        FloatArray nothing = FloatArray.zeros(BATCH, LENGTH);
        FloatArray bias = layer.parameter("out.bias").value();
        assertEquals(bias.expand(BATCH, LENGTH, WIDTH), layer.infer(X, nothing));
        AdjointArray x = AdjointArray.variable(X);
        layer.forward(x, nothing).sum().backward();
        assertEquals(0, requireNonNull(x.grad()).abs().max().item());
    }

    @Test
    void namesItsParametersByPath() {
        List<String> paths = PARTS.stream()
                .flatMap(part -> List.of(part + ".weight", part + ".bias").stream())
                .toList();
        assertEquals(paths, List.copyOf(layer.namedParameters().keySet()));
        assertEquals("key.bias", layer.parameter("key.bias").name());
    }

    @Test
    void trainedItKeepsOneArrayOfWeights() {
        int rows = BATCH * LENGTH * WIDTH;
        // The input (for three weights), the scaled queries and the keys (for each other), the values, what goes into
        // out, the weights of the mixture, and the weight of out; of a mask, who sees anything at all.
        int kept = 5 * rows + BATCH * HEADS * LENGTH * LENGTH + WIDTH * WIDTH;
        for (FloatArray mask : new @Nullable FloatArray[] {null, WORDS, EARLIER}) {
            AdjointArray y = layer.forward(AdjointArray.constant(X), mask);
            int seeing = mask == null ? 0 : mask.size() / LENGTH;
            assertEquals((long) Float.BYTES * (kept + seeing), Graph.report(y).bytes());
        }
    }

    @Test
    void frozenItRecordsAndKeepsNothing() {
        layer.freeze();
        Graph.Report report = Graph.report(layer.forward(AdjointArray.constant(X), WORDS));
        assertEquals(0, report.operations());
        assertEquals(0, report.bytes());
        layer.unfreeze(path -> path.startsWith("out."));
        Graph.Report out = Graph.report(layer.forward(AdjointArray.constant(X), WORDS));
        assertEquals(Map.of("linear", 2), new TreeMap<>(out.closuresByOperation()));
        assertEquals((long) Float.BYTES * BATCH * LENGTH * WIDTH, out.bytes()); // what goes into out, nothing n x n
    }

    @Test
    void dropsWeightsOfTheMixtureInTrainModeOnly() {
        MultiHeadAttention noisy = layer.withDropout(0.5f, 1);
        assertSame(layer.parameter("key.weight"), noisy.parameter("key.weight"));
        FloatArray quiet = layer.infer(X);
        assertEquals(quiet, noisy.infer(X));
        assertNotEquals(quiet, noisy.forward(AdjointArray.constant(X)).value());
        noisy.eval();
        assertEquals(quiet, noisy.forward(AdjointArray.constant(X)).value());
    }

    @Test
    void takesEmptyBatches() {
        assertEquals(
                Shape.of(0, 3, WIDTH),
                layer.infer(FloatArray.zeros(0, 3, WIDTH)).shape());
        assertEquals(
                Shape.of(2, 0, WIDTH),
                layer.infer(FloatArray.zeros(2, 0, WIDTH), FloatArray.zeros(2, 0))
                        .shape());
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertMessage(
                "attention 4 in 2 heads: the input has shape 3x4, not batch x length x 4",
                () -> layer.infer(FloatArray.zeros(3, 4)));
        assertMessage(
                "attention 4 in 2 heads: the mask has shape 2x4 for an input of shape 2x3x4, not batch x length or "
                        + "batch x length x length",
                () -> layer.infer(X, FloatArray.ones(2, 4)));
        for (Shape shape : List.of(Shape.of(3), Shape.of(3, 3), Shape.of(2, 2, 3), Shape.of(3, 3, 3))) {
            assertThrows(IllegalArgumentException.class, () -> layer.infer(X, FloatArray.ones(shape)), shape::toString);
        }
        assertMessage(
                "attention: 3 heads do not divide the 4 columns of linear 4 to 4",
                () -> MultiHeadAttention.xavier(4, 3, new Random(1)));
        Linear narrow = Linear.xavier(4, 2, new Random(1));
        Linear square = Linear.xavier(4, 4, new Random(1));
        assertMessage(
                "attention: query is linear 4 to 4, key linear 4 to 2 and value linear 4 to 4, which are not of one "
                        + "shape",
                () -> MultiHeadAttention.of(2, square, narrow, square, square));
        assertMessage(
                "attention: out is linear 4 to 4, where query is linear 4 to 2: it leads back to the width",
                () -> MultiHeadAttention.of(2, narrow, narrow, narrow, square));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
