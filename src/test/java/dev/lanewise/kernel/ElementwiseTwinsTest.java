package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.Twins.Fill;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every elementwise loop, vector against scalar, bit for bit: all sizes, offsets, steps and numbers, into another array
 * and in place. Whole arrays are compared, so that a number written beside the run shows.
 */
class ElementwiseTwinsTest {

    private interface Unary {
        void run(ElementwiseKernels kernels, int n, float[] x, int xo, float[] y, int yo);
    }

    private interface Binary {
        void run(
                ElementwiseKernels kernels,
                int n,
                float[] a,
                int ao,
                int aStep,
                float[] b,
                int bo,
                int bStep,
                float[] y,
                int yo);
    }

    private static final Map<String, Unary> UNARY = new TreeMap<>(Map.ofEntries(
            Map.entry("neg", ElementwiseKernels::neg),
            Map.entry("abs", ElementwiseKernels::abs),
            Map.entry("exp", ElementwiseKernels::exp),
            Map.entry("log", ElementwiseKernels::log),
            Map.entry("sqrt", ElementwiseKernels::sqrt),
            Map.entry("square", ElementwiseKernels::square),
            Map.entry("reciprocal", ElementwiseKernels::reciprocal),
            Map.entry("sin", ElementwiseKernels::sin),
            Map.entry("cos", ElementwiseKernels::cos),
            Map.entry("tanh", ElementwiseKernels::tanh),
            Map.entry("sigmoid", ElementwiseKernels::sigmoid),
            Map.entry("erf", ElementwiseKernels::erf),
            Map.entry("expm1", ElementwiseKernels::expm1),
            Map.entry("log1p", ElementwiseKernels::log1p),
            Map.entry("rsqrt", ElementwiseKernels::rsqrt),
            Map.entry("gelu", ElementwiseKernels::gelu),
            Map.entry("silu", ElementwiseKernels::silu),
            Map.entry("softplus", ElementwiseKernels::softplus),
            Map.entry("relu", ElementwiseKernels::relu),
            Map.entry("leakyRelu", (k, n, x, xo, y, yo) -> k.leakyRelu(n, x, xo, 0.1f, y, yo)),
            Map.entry("elu", (k, n, x, xo, y, yo) -> k.elu(n, x, xo, 0.7f, y, yo)),
            Map.entry("clamp", (k, n, x, xo, y, yo) -> k.clamp(n, x, xo, -1.5f, 2.25f, y, yo))));

    private static final Map<String, Binary> BINARY = new TreeMap<>(Map.ofEntries(
            Map.entry("add", ElementwiseKernels::add),
            Map.entry("sub", ElementwiseKernels::sub),
            Map.entry("mul", ElementwiseKernels::mul),
            Map.entry("div", ElementwiseKernels::div),
            Map.entry("pow", ElementwiseKernels::pow),
            Map.entry("geluGradient", ElementwiseKernels::geluGradient),
            Map.entry("siluGradient", ElementwiseKernels::siluGradient),
            Map.entry("tanhGradient", ElementwiseKernels::tanhGradient),
            Map.entry("sigmoidGradient", ElementwiseKernels::sigmoidGradient),
            Map.entry("reluGradient", ElementwiseKernels::reluGradient),
            Map.entry("max", ElementwiseKernels::max),
            Map.entry("min", ElementwiseKernels::min),
            Map.entry("eq", ElementwiseKernels::eq),
            Map.entry("ne", ElementwiseKernels::ne),
            Map.entry("lt", ElementwiseKernels::lt),
            Map.entry("le", ElementwiseKernels::le)));

    private static final ElementwiseKernels SCALAR = Twins.SCALAR.elementwise();
    private static final ElementwiseKernels VECTOR = Twins.VECTOR.elementwise();

    private static final int[][] OFFSETS = {{0, 0, 0, 0}, {3, 1, 7, 5}};
    private static final int MARGIN = 9;

    @Test
    void everyLoopOfTheContractIsHere() {
        Set<String> contract = new TreeSet<>();
        for (Method method : ElementwiseKernels.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                contract.add(method.getName());
            }
        }
        Set<String> here = new TreeSet<>(UNARY.keySet());
        here.addAll(BINARY.keySet());
        here.addAll(Set.of("where", "copy"));
        assertEquals(contract, here);
    }

    @TestFactory
    Stream<DynamicTest> unary() {
        return UNARY.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
    }

    private static void check(Unary loop) {
        for (int n : Twins.SIZES) {
            for (Fill fill : Fill.values()) {
                for (int[] o : OFFSETS) {
                    float[] x = fill.run(n + MARGIN, n + o[0]);
                    float[] expected = Fill.ORDINARY.run(n + MARGIN, 1);
                    float[] actual = expected.clone();
                    loop.run(SCALAR, n, x, o[0], expected, o[3]);
                    loop.run(VECTOR, n, x, o[0], actual, o[3]);
                    assertArrayEquals(expected, actual, () -> fill + ", n = " + n);

                    float[] inPlace = x.clone();
                    loop.run(SCALAR, n, x, o[0], x, o[0]);
                    loop.run(VECTOR, n, inPlace, o[0], inPlace, o[0]);
                    assertArrayEquals(x, inPlace, () -> fill + " in place, n = " + n);
                }
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> binary() {
        return BINARY.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
    }

    private static void check(Binary loop) {
        for (int n : Twins.SIZES) {
            for (Fill fill : Fill.values()) {
                for (int[] o : OFFSETS) {
                    for (int steps = 0; steps < 4; steps++) {
                        check(loop, n, fill, o, steps & 1, steps >> 1);
                    }
                }
            }
        }
    }

    private static void check(Binary loop, int n, Fill fill, int[] o, int aStep, int bStep) {
        String what = fill + ", n = " + n + ", steps " + aStep + " and " + bStep;
        float[] a = fill.run(n + MARGIN, 2L * n);
        float[] b = fill.run(n + MARGIN, 2L * n + 1);
        float[] expected = Fill.ORDINARY.run(n + MARGIN, 1);
        float[] actual = expected.clone();
        loop.run(SCALAR, n, a, o[0], aStep, b, o[1], bStep, expected, o[3]);
        loop.run(VECTOR, n, a, o[0], aStep, b, o[1], bStep, actual, o[3]);
        assertArrayEquals(expected, actual, what);
        if (aStep == 1) {
            float[] inPlace = a.clone();
            float[] twin = a.clone();
            loop.run(SCALAR, n, twin, o[0], 1, b, o[1], bStep, twin, o[0]);
            loop.run(VECTOR, n, inPlace, o[0], 1, b, o[1], bStep, inPlace, o[0]);
            assertArrayEquals(twin, inPlace, () -> what + ", into a");
        }
        if (bStep == 1) {
            float[] inPlace = b.clone();
            float[] twin = b.clone();
            loop.run(SCALAR, n, a, o[0], aStep, twin, o[1], 1, twin, o[1]);
            loop.run(VECTOR, n, a, o[0], aStep, inPlace, o[1], 1, inPlace, o[1]);
            assertArrayEquals(twin, inPlace, () -> what + ", into b");
        }
        if (aStep == 1 && bStep == 1) {
            float[] inPlace = a.clone();
            float[] twin = a.clone();
            loop.run(SCALAR, n, twin, o[0], 1, twin, o[0], 1, twin, o[0]);
            loop.run(VECTOR, n, inPlace, o[0], 1, inPlace, o[0], 1, inPlace, o[0]);
            assertArrayEquals(twin, inPlace, () -> what + ", of and into itself");
        }
    }

    @Test
    void where() {
        for (int n : Twins.SIZES) {
            for (int[] o : OFFSETS) {
                for (int steps = 0; steps < 8; steps++) {
                    where(n, o, steps & 1, steps >> 1 & 1, steps >> 2);
                }
            }
        }
    }

    private static void where(int n, int[] o, int cStep, int aStep, int bStep) {
        String what = "n = " + n + ", steps " + cStep + ", " + aStep + " and " + bStep;
        float[] c = Fill.AWKWARD.run(n + MARGIN, n);
        for (int i = 0; i < c.length; i += 2) {
            c[i] = 0;
        }
        float[][] operands = {c, Fill.ANY_BITS.run(n + MARGIN, n + 1), Fill.ANY_BITS.run(n + MARGIN, n + 2)};
        int[] step = {cStep, aStep, bStep};
        for (int target = 0; target < 4; target++) { // into an array of its own, then into each operand
            if (target < 3 && step[target] == 0) {
                continue;
            }
            float[] expected = target < 3 ? operands[target].clone() : Fill.ORDINARY.run(n + MARGIN, 1);
            float[] actual = expected.clone();
            where(SCALAR, n, o, operands, step, target, expected);
            where(VECTOR, n, o, operands, step, target, actual);
            int into = target;
            assertArrayEquals(expected, actual, () -> what + ", into " + into);
        }
    }

    private static void where(
            ElementwiseKernels kernels, int n, int[] o, float[][] operands, int[] step, int target, float[] y) {
        float[] c = target == 0 ? y : operands[0];
        float[] a = target == 1 ? y : operands[1];
        float[] b = target == 2 ? y : operands[2];
        kernels.where(n, c, o[0], step[0], a, o[1], step[1], b, o[2], step[2], y, o[target]);
    }

    @Test
    void copy() {
        int[] lengths = {0, 1, 3, 8, 16, 17, 31, 32, 33, 70};
        for (int rows : lengths) {
            for (int columns : lengths) {
                int[][] strides = {
                    {columns, 1},
                    {columns + 5, 1},
                    {1, rows},
                    {1, rows + 3},
                    {0, 1},
                    {1, 0},
                    {0, 0},
                    {-columns, 1},
                    {columns, -1},
                    {-1, -rows},
                    {2 * columns, 2},
                    {1, -rows}
                };
                for (int[] s : strides) {
                    copy(rows, columns, s[0], s[1]);
                }
            }
        }
    }

    private static void copy(int rows, int columns, int rowStride, int columnStride) {
        int lowest = Math.min(0, (rows - 1) * rowStride) + Math.min(0, (columns - 1) * columnStride);
        int highest = Math.max(0, (rows - 1) * rowStride) + Math.max(0, (columns - 1) * columnStride);
        int xo = 2 - lowest;
        float[] x = Fill.ANY_BITS.run(xo + highest + 3, rows);
        float[] expected = Fill.ORDINARY.run(rows * columns + MARGIN, 1);
        float[] actual = expected.clone();
        SCALAR.copy(rows, columns, x, xo, rowStride, columnStride, expected, 4);
        VECTOR.copy(rows, columns, x, xo, rowStride, columnStride, actual, 4);
        assertArrayEquals(
                expected, actual, () -> rows + "x" + columns + " by strides of " + rowStride + " and " + columnStride);
    }
}
