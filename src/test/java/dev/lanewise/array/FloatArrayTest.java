package dev.lanewise.array;

import static dev.lanewise.array.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FloatArrayTest {

    private static void assertElements(FloatArray array, float... expected) {
        assertArrayEquals(expected, array.toArray());
    }

    // ---- making

    @Test
    void ofCopies() {
        float[] numbers = {1, 2, 3, 4, 5, 6};
        FloatArray vector = FloatArray.of(numbers);
        FloatArray matrix = FloatArray.of(numbers, 2, 3);
        FloatArray rows = FloatArray.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        FloatArray scalar = FloatArray.of(new float[] {7}, new int[0]);
        Arrays.fill(numbers, -1);
        assertEquals(Shape.of(6), vector.shape());
        assertEquals(FloatArray.of(1, 2, 3, 4, 5, 6), vector);
        assertEquals(vector.reshape(2, 3), matrix);
        assertEquals(matrix, rows);
        assertEquals(FloatArray.scalar(7), scalar);
        assertEquals(Shape.of(0), FloatArray.of().shape());
        assertEquals(Shape.of(0, 0), FloatArray.of(new float[0][]).shape());
        assertEquals(Shape.of(2, 0), FloatArray.of(new float[2][0]).shape());
        assertRefused("of: 6 numbers for shape 2x2, which has 4 elements", () -> FloatArray.of(numbers, 2, 2));
        assertRefused("of: row 1 has 2 numbers and row 0 has 1", () -> FloatArray.of(new float[][] {{1}, {2, 3}}));
    }

    @Test
    void wrapTakesTheArrayItself() {
        float[] numbers = {1, 2, 3, 4};
        FloatArray matrix = FloatArray.wrap(numbers, 2, 2);
        numbers[3] = 9; // what its documentation forbids: here to see that nothing was copied
        assertEquals(9, matrix.get(1, 1));
        assertEquals(9, FloatArray.wrap(numbers).get(3));
        assertEquals(9, FloatArray.wrap(numbers, Shape.of(4, 1)).get(3, 0));
        assertRefused("wrap: 4 numbers for shape 5, which has 5 elements", () -> FloatArray.wrap(numbers, 5));
        assertRefused(
                "wrap: 4 numbers for shape scalar, which has 1 elements",
                () -> FloatArray.wrap(numbers, Shape.scalar()));
    }

    @Test
    void constants() {
        assertElements(FloatArray.zeros(2, 2), 0, 0, 0, 0);
        assertElements(FloatArray.ones(3), 1, 1, 1);
        assertElements(FloatArray.full(2.5f, 1, 2), 2.5f, 2.5f);
        assertEquals(FloatArray.scalar(1), FloatArray.ones());
        assertEquals(FloatArray.scalar(1), FloatArray.ones(Shape.scalar()));
        assertElements(FloatArray.eye(2), 1, 0, 0, 1);
        assertEquals(Shape.of(0, 0), FloatArray.eye(0).shape());
        assertRefused("eye: -1 by -1: the result -1x-1: length -1 is negative", () -> FloatArray.eye(-1));
        assertRefused("shape 2x-1: length -1 is negative", () -> FloatArray.zeros(2, -1));
    }

    @Test
    void ranges() {
        assertElements(FloatArray.arange(4), 0, 1, 2, 3);
        assertElements(FloatArray.arange(2.5), 0, 1, 2);
        assertElements(FloatArray.arange(-1));
        assertElements(FloatArray.arange(2, 5), 2, 3, 4);
        assertElements(FloatArray.arange(1, 0, -.25), 1, .75f, .5f, .25f);
        assertElements(FloatArray.arange(0, 1, -1));
        assertEquals(10, FloatArray.arange(0, 1, .1).size());
        assertEquals(.7f, FloatArray.arange(0, 1, .1).get(7));
        // 2^24 + 1, + 2 and + 3: each rounded by itself, and not added to a rounded start.
        assertElements(FloatArray.arange(16777217, 16777220), 16777216, 16777218, 16777220);
        assertRefused(
                "arange from 0.0 to 1.0 in steps of 0.0: all three are finite, and a step is not 0",
                () -> FloatArray.arange(0, 1, 0));
        assertRefused(
                "arange from 0.0 to Infinity in steps of 1.0: all three are finite, and a step is not 0",
                () -> FloatArray.arange(Double.POSITIVE_INFINITY));
        assertRefused(
                "arange from 0.0 to 1.0E10 in steps of 1.0: more numbers than an array can hold",
                () -> FloatArray.arange(1e10));
        assertElements(FloatArray.linspace(0, 1, 5), 0, .25f, .5f, .75f, 1);
        assertElements(FloatArray.linspace(3, 9, 1), 3);
        assertElements(FloatArray.linspace(3, 9, 0));
        assertEquals(0, FloatArray.linspace(-1, 0, 50).get(-1), "not what 49 steps of 1/49 add up to");
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused("linspace from " + bad + " to 1.0: both are finite", () -> FloatArray.linspace(bad, 1, 3));
            assertRefused("linspace from 0.0 to " + bad + ": both are finite", () -> FloatArray.linspace(0, bad, 3));
        }
        assertRefused("linspace: a count of -1 is negative", () -> FloatArray.linspace(0, 1, -1));
    }

    @Test
    void randomNumbersAreTheSameEverywhere() {
        // Worked out apart from this library, from the definitions of the generator and of the transform.
        assertElements(FloatArray.rand(new Random(42), 2, 2), 0.7275637f, 0.054665208f, 0.6832234f, 0.0479393f);
        assertElements(FloatArray.randn(new Random(42), 4), -0.32490113f, -0.7283864f, -0.2595974f, 1.511044f);
        RandomGenerator a = RandomGenerator.of("L64X128MixRandom");
        assertEquals(Shape.of(2, 0), FloatArray.rand(a, 2, 0).shape());
        assertEquals(
                FloatArray.randn(new Random(1), 7),
                FloatArray.randn(new Random(1), 8).slice(Index.range(0, 7)));
    }

    @Test
    void randomNumbersHaveTheirMoments() {
        FloatArray uniform = FloatArray.rand(new Random(7), 100_000);
        assertTrue(uniform.min().item() >= 0 && uniform.max().item() < 1);
        assertEquals(.5, uniform.mean().item(), .005);
        assertEquals(1 / 12., uniform.var().item(), .001);
        FloatArray normal = FloatArray.randn(new Random(7), 100_000);
        assertEquals(0, normal.mean().item(), .01);
        assertEquals(1, normal.var().item(), .02);
        assertEquals(3, normal.square().square().mean().item(), .1);
        assertTrue(normal.abs().max().item() < 7);
        FloatArray rarest = FloatArray.randn(() -> 0, 2);
        assertEquals(
                FloatArray.of((float) Math.sqrt(106 * Math.log(2)), 0), rarest, "the logarithm of 2^-53, and not of 0");
    }

    // ---- reading

    @Test
    void getAndItem() {
        FloatArray x = FloatArray.arange(6).reshape(2, 3);
        assertEquals(5, x.get(1, 2));
        assertEquals(4, x.get(-1, -2));
        assertEquals(3, FloatArray.scalar(3).get());
        assertEquals(3, FloatArray.full(3, 1, 1).item());
        assertEquals(4, x.slice(Index.at(1), Index.range(1, 2)).item());
        assertRefused("get: 1 positions for 2x3, of rank 2", () -> x.get(1));
        assertRefused("get: position 3 is out of range for axis 1 of 2x3, of length 3", () -> x.get(0, 3));
        assertRefused("get: position -3 is out of range for axis 0 of 2x3, of length 2", () -> x.get(-3, 0));
        assertRefused("item: 2x3 has 6 elements, not 1", x::item);
        assertRefused("item: 0 has 0 elements, not 1", () -> FloatArray.zeros(0).item());
    }

    @Test
    void copyToChecksBeforeItWrites() {
        float[] target = new float[4];
        FloatArray x = FloatArray.ones(2);
        x.copyTo(target, 2);
        assertArrayEquals(new float[] {0, 0, 1, 1}, target);
        assertRefused("copyTo: 2 has 2 elements, which do not fit into 4 from 3", () -> x.copyTo(target, 3));
        assertRefused("copyTo: 2 has 2 elements, which do not fit into 4 from -1", () -> x.copyTo(target, -1));
        assertArrayEquals(new float[] {0, 0, 1, 1}, target);
    }

    @Test
    void knowsWhetherItIsDense() {
        FloatArray x = FloatArray.arange(12).reshape(3, 4);
        assertTrue(x.isContiguous());
        assertFalse(x.t().isContiguous());
        assertTrue(x.slice(Index.range(1, 3)).isContiguous());
        assertFalse(x.slice(Index.all(), Index.range(1, 3)).isContiguous());
        assertFalse(FloatArray.ones(1).expand(2).isContiguous());
        assertTrue(FloatArray.ones(1, 4).t().isContiguous(), "dimensions of length 1 have no say");
        assertTrue(FloatArray.zeros(0, 4).t().isContiguous(), "nor has any, where there is nothing");
    }

    // ---- immutability

    @Test
    void handsOutCopiesOnly() {
        FloatArray x = FloatArray.arange(4);
        x.toArray()[0] = 9;
        x.shape().dims()[0] = 9;
        assertElements(x, 0, 1, 2, 3);
        assertNotSame(x.toArray(), x.toArray());
    }

    @Test
    void operationsLeaveOperandsAndViewsAlone() {
        FloatArray x = FloatArray.arange(4);
        FloatArray view = x.reshape(2, 2).t();
        float[] before = view.toArray();
        for (FloatArray y : new FloatArray[] {x, view}) {
            y.exp();
            y.add(1);
            y.add(y);
            y.sum();
            y.softmax(-1);
            y.scatterAdd(5, new int[y.shape().dim(0)]);
            new Accumulator(y).add(y);
            FloatArray.zeros(2, 2).addmm(FloatArray.ones(2, 2), view);
            view.addmm(FloatArray.ones(2, 2), view);
        }
        assertElements(x, 0, 1, 2, 3);
        assertElements(view, before);
    }

    /** Of all that a caller can get hold of, nothing is the storage, and nothing that can be written. */
    @Test
    void hasOnlyFinalFieldsThatAreNotPublic() {
        for (Field field : FloatArray.class.getDeclaredFields()) {
            assertTrue(Modifier.isFinal(field.getModifiers()), field.getName());
            assertFalse(Modifier.isPublic(field.getModifiers()), field.getName());
        }
        assertTrue(Modifier.isFinal(FloatArray.class.getModifiers()));
        assertEquals(0, FloatArray.class.getConstructors().length);
    }

    @Test
    void noPublicMethodReturnsItsStorage() throws ReflectiveOperationException {
        FloatArray x = FloatArray.arange(4);
        int seen = 0;
        for (var method : FloatArray.class.getMethods()) {
            if (method.getReturnType().isArray() && !Modifier.isStatic(method.getModifiers())) {
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(type -> type == boolean.class ? (Object) false : (Object) 0)
                        .toArray();
                Object result = method.invoke(x, arguments);
                assertNotSame(x.storage(), result, method.toString());
                seen++;
            }
        }
        assertEquals(5, seen, "toArray, argmax(axis), twice argsort and argtopk: see what was added to them");
    }

    // ---- views share, and whole results are themselves

    @Test
    void whatChangesNothingIsTheArrayItself() {
        FloatArray x = FloatArray.arange(4).reshape(2, 2);
        assertSame(x, x.reshape(2, 2));
        assertSame(x, x.expand(2, 2));
        assertSame(x, x.sumTo(Shape.of(2, 2)));
        assertSame(x, x.value());
    }

    // ---- as a value

    @Test
    void equalsByShapeAndBits() {
        assertEquals(FloatArray.of(1, Float.NaN), FloatArray.of(1, Float.intBitsToFloat(0x7fc12345)));
        assertNotEquals(FloatArray.of(0f), FloatArray.of(-0f));
        assertNotEquals(FloatArray.of(1, 2), FloatArray.of(new float[] {1, 2}, 1, 2));
        assertNotEquals(FloatArray.of(1, 2), FloatArray.of(1, 3));
        assertEquals(
                FloatArray.of(1, Float.NaN).hashCode(),
                FloatArray.of(1, Float.intBitsToFloat(0x7fc12345)).hashCode());
        assertFalse(FloatArray.of(1).equals((Object) "1"));
        assertFalse(FloatArray.of(1).equals(null));
    }

    @Test
    void closeToByTolerances() {
        FloatArray x = FloatArray.of(100, 1, 0);
        assertTrue(x.closeTo(FloatArray.of(101, 1, .5f), 0, 1));
        assertFalse(x.closeTo(FloatArray.of(101, 1, .5f), 0, .9));
        assertTrue(x.closeTo(FloatArray.of(101, 1, 0), .01, 0));
        assertFalse(x.closeTo(FloatArray.of(102, 1, 0), .01, 0));
        assertFalse(x.closeTo(FloatArray.of(100, 1), 1, 1), "another shape");
        FloatArray next = FloatArray.of(101, 1, 0);
        assertTrue(x.closeTo(next, 1 / 100.5, 0), "in proportion to the other");
        assertFalse(next.closeTo(x, 1 / 100.5, 0));
        assertTrue(FloatArray.of(0f).closeTo(FloatArray.of(-0f), 0, 0));
        FloatArray infinite = FloatArray.of(Float.POSITIVE_INFINITY);
        assertTrue(infinite.closeTo(infinite, 0, 0));
        assertFalse(infinite.closeTo(infinite.neg(), 1, 1));
        assertFalse(FloatArray.of(1).closeTo(infinite, 1, 1));
        assertFalse(infinite.closeTo(FloatArray.of(1), 1, Double.POSITIVE_INFINITY));
        FloatArray nan = FloatArray.of(Float.NaN);
        assertFalse(nan.closeTo(nan, 1, 1));
        assertRefused("closeTo: 3 and 3: tolerances -1.0 and 0.0 are to be at least 0", () -> x.closeTo(x, -1, 0));
        assertRefused(
                "closeTo: 3 and 3: tolerances 0.0 and NaN are to be at least 0", () -> x.closeTo(x, 0, Double.NaN));
    }
}
