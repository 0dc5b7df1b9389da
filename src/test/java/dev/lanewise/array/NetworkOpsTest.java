package dev.lanewise.array;

import static dev.lanewise.array.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** As {@link OperationsTest}, for what layers of networks are made of. */
class NetworkOpsTest {

    private static final FloatArray IMAGE = FloatArray.arange(9).reshape(1, 1, 3, 3);

    private static FloatArray matrix(float[]... rows) {
        return FloatArray.of(rows);
    }

    private static float[] row(float... numbers) {
        return numbers;
    }

    @Test
    void normalizes() {
        FloatArray x = matrix(row(1, 3), row(-2, 2));
        assertEquals(matrix(row(-1, 1), row(-1, 1)), x.layerNorm(0, 1));
        assertEquals(
                matrix(row(-0.5f, 0.5f), row(-0.8f, 0.8f)),
                x.layerNorm(FloatArray.scalar(1), FloatArray.zeros(2), 0, -1).mul(matrix(row(.5f), row(.8f))));
        assertEquals(matrix(row(8, 15), row(8, 15)), x.layerNorm(FloatArray.of(2, 5), FloatArray.of(10, 10), 0, 1));
        assertEquals(FloatArray.zeros(2, 2), FloatArray.full(7, 2, 2).layerNorm(1e-5f, 1)); // eps alone below the root
        for (float eps : new float[] {-1e-5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertRefused(
                    "layerNorm: 2x2 with an eps of " + eps + ": it is finite and not negative",
                    () -> x.layerNorm(eps, 1));
        }
        assertRefused("layerNorm: axis 2 is out of range for 2x2, of rank 2", () -> x.layerNorm(0, 2));
        assertRefused(
                "layerNorm: 3 does not broadcast to 2x2",
                () -> x.layerNorm(FloatArray.ones(3), FloatArray.zeros(2), 0, 1));
        assertRefused(
                "layerNorm: 2x2x2 does not broadcast to 2x2",
                () -> x.layerNorm(FloatArray.ones(2), FloatArray.zeros(2, 2, 2), 0, 1));
    }

    /** Against its definition, over axes that lie together and that do not. */
    @Test
    void normalizesOverAnyAxes() {
        FloatArray x = FloatArray.randn(new Random(4), 3, 5, 2, 7).mul(3).add(1);
        for (int[] axes : new int[][] {{}, {3}, {2, 3}, {0}, {1}, {0, 2}, {1, 3}, {3, 0}}) {
            FloatArray centered = x.sub(x.mean(true, axes));
            FloatArray expected =
                    centered.div(centered.square().mean(true, axes).add(0.3f).sqrt());
            assertTrue(x.layerNorm(0.3f, axes).closeTo(expected, 1e-6, 1e-6), () -> Arrays.toString(axes));
            FloatArray turned = x.transpose(2, 0, 3, 1);
            int[] there = Arrays.stream(axes)
                    .map(axis -> new int[] {1, 3, 0, 2}[axis])
                    .toArray();
            assertTrue(turned.layerNorm(0.3f, there).closeTo(expected.transpose(2, 0, 3, 1), 1e-6, 1e-6));
        }
    }

    @Test
    void normalizesWhatHasNoVarianceInFloats() {
        FloatArray huge = FloatArray.of(1e30f, -1e30f, 0);
        FloatArray small = FloatArray.of(1, -3, 0.5f);
        float root = (float) Math.sqrt(1.5);
        assertTrue(huge.layerNorm(1e-5f, 0).closeTo(FloatArray.of(root, -root, 0), 1e-6, 0));
        assertTrue(huge.layerNorm(0, 0).closeTo(FloatArray.of(root, -root, 0), 1e-6, 0));
        // A row does not depend on what others need, to the bit; along columns either.
        FloatArray both = matrix(huge.toArray(), small.toArray());
        FloatArray normal = both.layerNorm(1e-5f, 1);
        assertEquals(huge.layerNorm(1e-5f, 0), normal.slice(Index.at(0)));
        assertEquals(small.layerNorm(1e-5f, 0), normal.slice(Index.at(1)));
        assertEquals(normal, both.t().layerNorm(1e-5f, 0).t());
        FloatArray infinite = FloatArray.of(1, Float.POSITIVE_INFINITY).layerNorm(1e-5f);
        assertTrue(Float.isNaN(infinite.get(1)), infinite::toString);
    }

    @Test
    void slopesThatAreNotFiniteAreRefused() {
        FloatArray x = FloatArray.of(1, -1);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertRefused("elu: 2 with alpha " + bad + ": it is not finite", () -> x.elu(bad));
            assertRefused("leakyRelu: 2 with slope " + bad + ": it is not finite", () -> x.leakyRelu(bad));
        }
        assertEquals(FloatArray.of(1, 0.5f), x.leakyRelu(-0.5f));
    }

    @Test
    void dropsByTheNumbersOfASplittableRandom() {
        float rate = 0.3f;
        FloatArray x = FloatArray.arange(1, 100_001).reshape(100, 1000);
        SplittableRandom random = new SplittableRandom(-17);
        float[] expected = x.toArray();
        int dropped = 0;
        for (int i = 0; i < expected.length; i++) {
            boolean stays = (random.nextLong() >>> 40) * 0x1p-24 >= rate;
            expected[i] = stays ? expected[i] * (1 / (1 - rate)) : 0;
            dropped += stays ? 0 : 1;
        }
        assertEquals(FloatArray.wrap(expected, 100, 1000), x.dropout(rate, -17));
        assertTrue(Math.abs(dropped - 30_000) < 5 * Math.sqrt(100_000 * .3 * .7), () -> "not three in ten");
        assertEquals(x.dropout(rate, -17).reshape(-1), x.reshape(-1).dropout(rate, -17)); // the position alone counts
        assertEquals(x.t().add(0).dropout(rate, 5), x.t().dropout(rate, 5));
        assertNotEquals(x.dropout(rate, -17), x.dropout(rate, -16));
    }

    @Test
    void aNumberAtTheRateStays() {
        float first = (new SplittableRandom(3).nextLong() >>> 40) * 0x1p-24f;
        assertTrue(first > 0 && first < 1);
        assertNotEquals(FloatArray.zeros(1), FloatArray.ones(1).dropout(first, 3));
        assertEquals(FloatArray.zeros(1), FloatArray.ones(1).dropout(Math.nextUp(first), 3));
    }

    @Test
    void dropsNothingOrAll() {
        FloatArray x = FloatArray.of(1, Float.NaN, Float.POSITIVE_INFINITY);
        assertSame(x, x.dropout(0, 1));
        assertEquals(FloatArray.zeros(3), x.dropout(1, 1));
        assertRefused("dropout: 3 with a rate of 1.5; a rate is from 0 to 1", () -> x.dropout(1.5f, 1));
        assertRefused("dropout: 3 with a rate of NaN; a rate is from 0 to 1", () -> x.dropout(Float.NaN, 1));
    }

    @Test
    void embeds() {
        FloatArray table = matrix(row(0, 1), row(2, 3), row(4, 5));
        assertEquals(
                FloatArray.of(new float[] {4, 5, 0, 1, 2, 3, 2, 3}, 2, 2, 2),
                table.embedding(new int[] {2, 0}, new int[] {1, 1}));
        assertEquals(matrix(row(4, 5), row(0, 1)), table.embedding(new int[] {2, 0})); // one list, one matrix
        assertEquals(FloatArray.zeros(0, 0, 2), table.embedding());
        assertEquals(FloatArray.zeros(2, 0, 2), table.embedding(new int[0], new int[0]));
        assertRefused(
                "embedding: list 1 has 1 numbers and list 0 has 2",
                () -> table.embedding(new int[] {0, 1}, new int[] {0}));
        assertRefused("embedding: row 3 is out of range for 3x2", () -> table.embedding(new int[] {3}));
        assertRefused(
                "embedding: 2 has rank 1, not 2", () -> FloatArray.of(1, 2).embedding(new int[] {0}));
    }

    @Test
    void windows() {
        Window window = Window.of(3, 5).stride(2).padding(1, 2).dilation(2, 1);
        assertEquals("Window 3x5 stride 2x2 padding 1x2 dilation 2x1", window.toString());
        assertEquals("Window 2x2", Window.of(2, 2).toString());
        assertEquals(3, window.rows().places(7));
        assertEquals(1, window.rows().places(3));
        assertEquals(0, window.rows().places(2));
        assertRefused(
                "Window: length 0, stride 1, padding 0, dilation 1: padding is not negative, the others are at least 1",
                () -> Window.of(0, 1));
        assertRefused(
                "Window: length 1, stride 1, padding -1, dilation 1: padding is not negative, the others are at least"
                        + " 1",
                () -> Window.of(1, 1).padding(-1));
    }

    @Test
    void unfoldsAndFolds() {
        FloatArray x = matrix(row(1, 2, 3));
        assertEquals(FloatArray.of(new float[] {1, 2, 2, 3}, 1, 2, 1, 2), x.unfold(Window.of(1, 2)));
        assertSame(x.storage(), x.unfold(Window.of(1, 2)).storage());
        assertEquals(matrix(row(1, 4, 3)), x.unfold(Window.of(1, 2)).fold(1, 3, Window.of(1, 2)));
        assertRefused("unfold: 1x3 has no room for Window 2x2", () -> x.unfold(Window.of(2, 2)));
        assertRefused(
                "unfold: 3 has no last two dimensions",
                () -> FloatArray.of(1, 2, 3).unfold(Window.of(1, 1)));
        assertRefused("fold: 1x3 has no last four dimensions", () -> x.fold(1, 3, Window.of(1, 1)));
        assertRefused(
                "fold: 1x2x1x2 to 1x4 by Window 1x2, which unfolds that to 1x2x1x3",
                () -> x.unfold(Window.of(1, 2)).fold(1, 4, Window.of(1, 2)));
    }

    @Test
    void convolves() {
        FloatArray filter = FloatArray.of(new float[] {1, 0, 0, -1}, 1, 1, 2, 2);
        assertEquals(FloatArray.full(-4, 1, 1, 2, 2), IMAGE.conv2d(filter, Window.of(2, 2)));
        assertEquals(
                FloatArray.of(new float[] {0, -2, -6, -4}, 1, 1, 2, 2),
                IMAGE.conv2d(filter, Window.of(2, 2).stride(2).padding(1)));
        FloatArray twice = FloatArray.concat(1, IMAGE, IMAGE.neg());
        assertEquals(
                FloatArray.concat(1, FloatArray.full(-4, 1, 1, 2, 2), FloatArray.full(4, 1, 1, 2, 2)),
                twice.conv2d(FloatArray.concat(0, filter, filter), Window.of(2, 2), 2));
        assertRefused(
                "conv2d: 3x3 by 1x1x2x2: ranks 2 and 4, not 4 and 4",
                () -> FloatArray.zeros(3, 3).conv2d(filter, Window.of(2, 2)));
        assertRefused(
                "conv2d: 1x1x3x3 by 1x1x2x2: the filters do not have the size of Window 3x3",
                () -> IMAGE.conv2d(filter, Window.of(3, 3)));
        assertRefused(
                "conv2d: 1x2x3x3 by 1x1x2x2: 2 channels and 1 filters of 1 channels cannot be had in 1 group",
                () -> twice.conv2d(filter, Window.of(2, 2)));
        assertRefused(
                "conv2d: 1x1x3x3 by 1x1x2x2: 1 channels and 1 filters of 1 channels cannot be had in 0 groups",
                () -> IMAGE.conv2d(filter, Window.of(2, 2), 0));
        assertRefused(
                "conv2d: 1x1x1x1 has no room for Window 2x2",
                () -> FloatArray.zeros(1, 1, 1, 1).conv2d(filter, Window.of(2, 2)));
    }

    /** More images than are unfolded at a time. */
    @Test
    void convolvesInParts() {
        FloatArray images = FloatArray.arange(40 * 2 * 100 * 100)
                .reshape(40, 2, 100, 100)
                .mul(1e-3f)
                .sin();
        FloatArray filters =
                FloatArray.arange(3 * 2 * 3 * 3).reshape(3, 2, 3, 3).cos();
        Window window = Window.of(3, 3).padding(1);
        FloatArray whole = images.conv2d(filters, window);
        for (int i : new int[] {0, 5, 6, 39}) {
            Index one = Index.range(i, i + 1);
            assertEquals(images.slice(one).conv2d(filters, window), whole.slice(one));
        }
    }

    @Test
    void pools() {
        assertEquals(FloatArray.of(new float[] {4, 5, 7, 8}, 1, 1, 2, 2), IMAGE.maxPool2d(Window.of(2, 2)));
        assertEquals(
                FloatArray.of(new float[] {0, 2, 6, 8}, 1, 1, 2, 2),
                IMAGE.maxPool2d(Window.of(2, 2).stride(2).padding(1)));
        assertEquals(FloatArray.of(new float[] {2, 3, 5, 6}, 1, 1, 2, 2), IMAGE.avgPool2d(Window.of(2, 2)));
        assertEquals(
                FloatArray.of(new float[] {0, .75f, 2.25f, 6}, 1, 1, 2, 2),
                IMAGE.avgPool2d(Window.of(2, 2).stride(2).padding(1)));
        assertEquals(
                matrix(row(-1)), matrix(row(-1, -2)).maxPool2d(Window.of(3, 4).padding(1))); // never the padding
        assertRefused(
                "maxPool2d: 1x1x3x3 by Window 1x1 padding 1x1, which in some places sees only padding",
                () -> IMAGE.maxPool2d(Window.of(1, 1).padding(1)));
        assertRefused("maxPool2d: 1x1x3x3 has no room for Window 4x1", () -> IMAGE.maxPool2d(Window.of(4, 1)));
        assertRefused("avgPool2d: 1x1x3x3 has no room for Window 4x1", () -> IMAGE.avgPool2d(Window.of(4, 1)));
    }
}
