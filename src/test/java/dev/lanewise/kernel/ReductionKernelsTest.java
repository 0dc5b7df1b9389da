package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.Twins.Fill;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Both implementations of every reduction against the order of the contract, written down here a third time as plainly as
 * can be, bit for bit; and what the reductions mean, in double.
 */
class ReductionKernelsTest {

    private static final List<ReductionKernels> BOTH = List.of(Twins.SCALAR.reductions(), Twins.VECTOR.reductions());

    private static final int[] SIZES = {
        0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 63, 64, 65, 127, 129, 207, 4095, 4096, 4097, 4098, 8192, 12_345, 40_000
    };

    private static final int[] OFFSETS = {0, 5};

    /** A reduction of a run to one number, and the same by the contract. */
    private record Run(int least, Reduction reduction, Reduction contract) {}

    private interface Reduction {
        float of(ReductionKernels kernels, int n, float[] x, int xo);
    }

    private interface Term {
        float add(float sum, int i);
    }

    private static final Map<String, Run> RUNS = new TreeMap<>(Map.of(
            "sum",
            new Run(0, ReductionKernels::sum, (k, n, x, xo) -> folded(n, 0, (s, i) -> s + x[xo + i])),
            "dot",
            new Run(
                    0,
                    (k, n, x, xo) -> k.dot(n, x, xo, x, xo + 1),
                    (k, n, x, xo) -> folded(n, 0, (s, i) -> Math.fma(x[xo + i], x[xo + 1 + i], s))),
            "sumSquares",
            new Run(
                    0,
                    (k, n, x, xo) -> k.sumSquares(n, x, xo, 0.75f),
                    (k, n, x, xo) -> folded(n, 0, (s, i) -> Math.fma(x[xo + i] - 0.75f, x[xo + i] - 0.75f, s))),
            "max",
            new Run(1, ReductionKernels::max, (k, n, x, xo) -> max(n, x, xo)),
            "min",
            new Run(1, ReductionKernels::min, (k, n, x, xo) -> min(n, x, xo)),
            "argmax",
            new Run(1, (k, n, x, xo) -> k.argmax(n, x, xo), (k, n, x, xo) -> argmax(n, x, xo)),
            "crossEntropy",
            new Run(
                    1,
                    (k, n, x, xo) -> k.crossEntropy(n, x, xo, 2 * n / 3),
                    (k, n, x, xo) -> crossEntropy(n, x, xo, 2 * n / 3)),
            "logSumExp",
            new Run(0, ReductionKernels::logSumExp, (k, n, x, xo) -> logSumExp(n, x, xo))));

    private static float folded(int n, int from, Term term) {
        if (n > 4096) {
            int left = 4096;
            while (2 * left < n) {
                left *= 2;
            }
            return folded(left, from, term) + folded(n - left, from + left, term);
        }
        float[] p = new float[64];
        for (int i = 0; i < n; i++) {
            p[i % 64] = term.add(p[i % 64], from + i);
        }
        float[] s = new float[16];
        for (int j = 0; j < 16; j++) {
            s[j] = (p[j] + p[j + 32]) + (p[j + 16] + p[j + 48]);
        }
        float[] q = new float[4];
        for (int k = 0; k < 4; k++) {
            q[k] = (s[4 * k] + s[4 * k + 2]) + (s[4 * k + 1] + s[4 * k + 3]);
        }
        return (q[0] + q[1]) + (q[2] + q[3]);
    }

    private static float max(int n, float[] x, int xo) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[xo + i]);
        }
        return max;
    }

    private static float min(int n, float[] x, int xo) {
        float min = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            min = Math.min(min, x[xo + i]);
        }
        return min;
    }

    private static int argmax(int n, float[] x, int xo) {
        float max = max(n, x, xo);
        int i = 0;
        while (!(Float.isNaN(max) ? Float.isNaN(x[xo + i]) : x[xo + i] == max)) {
            i++;
        }
        return i;
    }

    private static float logSumExp(int n, float[] x, int xo) {
        float max = max(n, x, xo);
        float sum = folded(n, 0, (s, i) -> s + Elementary.exp(x[xo + i] - max));
        return Float.isInfinite(max) ? max : max + Elementary.log(sum);
    }

    private static float crossEntropy(int n, float[] x, int xo, int label) {
        float[] y = new float[n];
        logSoftmax(n, x, xo, y, 0);
        return 0 - y[label];
    }

    private static void softmax(int n, float[] x, int xo, float[] y, int yo) {
        float max = max(n, x, xo);
        float scale = 1 / folded(n, 0, (s, i) -> s + Elementary.exp(x[xo + i] - max));
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.exp(x[xo + i] - max) * scale;
        }
    }

    private static void logSoftmax(int n, float[] x, int xo, float[] y, int yo) {
        float max = max(n, x, xo);
        float log = Elementary.log(folded(n, 0, (s, i) -> s + Elementary.exp(x[xo + i] - max)));
        for (int i = 0; i < n; i++) {
            y[yo + i] = (x[xo + i] - max) - log;
        }
    }

    @Test
    void everyReductionOfTheContractIsHere() {
        Set<String> contract = new TreeSet<>();
        for (Method method : ReductionKernels.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                contract.add(method.getName());
            }
        }
        Set<String> here = new TreeSet<>(RUNS.keySet());
        here.addAll(MAPS.keySet());
        here.addAll(ROWS.keySet());
        assertEquals(contract, here);
    }

    @TestFactory
    Stream<DynamicTest> toOneNumber() {
        return RUNS.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
    }

    private static void check(Run run) {
        for (int n : SIZES) {
            for (Fill fill : Fill.values()) {
                for (int xo : OFFSETS) {
                    float[] x = fill.run(n + 9, n + xo);
                    if (n < run.least) {
                        continue;
                    }
                    float expected = run.contract.of(BOTH.getFirst(), n, x, xo);
                    for (ReductionKernels kernels : BOTH) {
                        String what = kernels.getClass().getSimpleName() + ", " + fill + ", n = " + n;
                        assertEquals(expected, run.reduction.of(kernels, n, x, xo), what);
                    }
                }
            }
        }
    }

    private interface RowMap {
        void run(ReductionKernels kernels, int n, float[] x, int xo, float[] y, int yo);
    }

    private static final Map<String, List<RowMap>> MAPS = Map.of(
            "softmax",
            List.of(ReductionKernels::softmax, (k, n, x, xo, y, yo) -> softmax(n, x, xo, y, yo)),
            "logSoftmax",
            List.of(ReductionKernels::logSoftmax, (k, n, x, xo, y, yo) -> logSoftmax(n, x, xo, y, yo)));

    @TestFactory
    Stream<DynamicTest> runToRun() {
        return MAPS.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> check(e.getValue().getFirst(), e.getValue().getLast())));
    }

    private static void check(RowMap map, RowMap contract) {
        for (int n : SIZES) {
            for (Fill fill : Fill.values()) {
                float[] x = fill.run(n + 9, n);
                for (ReductionKernels kernels : BOTH) {
                    String what = kernels.getClass().getSimpleName() + ", " + fill + ", n = " + n;
                    float[] expected = Fill.ORDINARY.run(n + 9, 1);
                    float[] actual = expected.clone();
                    contract.run(kernels, n, x, 3, expected, 4);
                    map.run(kernels, n, x, 3, actual, 4);
                    assertArrayEquals(expected, actual, what);
                    float[] inPlace = x.clone();
                    map.run(kernels, n, inPlace, 3, inPlace, 3);
                    float[] expectedInPlace = x.clone();
                    System.arraycopy(expected, 4, expectedInPlace, 3, n);
                    assertArrayEquals(expectedInPlace, inPlace, () -> what + ", in place");
                }
            }
        }
    }

    private interface Rows {
        void run(ReductionKernels kernels, int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);
    }

    private interface Column {
        float of(int rows, float[] x, int xo, int rowStride);
    }

    private static final Map<String, Map.Entry<Rows, Column>> ROWS = Map.of(
            "sumRows",
            Map.entry(ReductionKernels::sumRows, ReductionKernelsTest::sumColumn),
            "maxRows",
            Map.entry(ReductionKernels::maxRows, (rows, x, xo, stride) -> max(rows, column(rows, x, xo, stride), 0)),
            "minRows",
            Map.entry(ReductionKernels::minRows, (rows, x, xo, stride) -> min(rows, column(rows, x, xo, stride), 0)));

    private static float[] column(int rows, float[] x, int xo, int rowStride) {
        float[] column = new float[rows];
        for (int i = 0; i < rows; i++) {
            column[i] = x[xo + i * rowStride];
        }
        return column;
    }

    private static float sumColumn(int rows, float[] x, int xo, int rowStride) {
        if (rows > 256) {
            int top = 256;
            while (2 * top < rows) {
                top *= 2;
            }
            return sumColumn(top, x, xo, rowStride) + sumColumn(rows - top, x, xo + top * rowStride, rowStride);
        }
        float[] p = new float[4];
        for (int i = 0; i < rows; i++) {
            p[i % 4] += x[xo + i * rowStride];
        }
        return (p[0] + p[2]) + (p[1] + p[3]);
    }

    @TestFactory
    Stream<DynamicTest> rowsToOneRow() {
        return ROWS.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> check(
                                e.getValue().getKey(),
                                e.getValue().getValue(),
                                e.getKey().equals("sumRows") ? 0 : 1)));
    }

    private static void check(Rows loop, Column contract, int leastRows) {
        int[] heights = {0, 1, 2, 3, 4, 5, 6, 7, 64, 255, 256, 257, 600, 2000};
        int[] widths = {0, 1, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 47, 64, 207};
        for (int rows : heights) {
            for (int n : widths) {
                for (int gap : new int[] {0, 6}) {
                    if (rows < leastRows) {
                        continue;
                    }
                    Fill fill = (rows + n) % 2 == 0 ? Fill.ORDINARY : Fill.AWKWARD;
                    float[] x = fill.run(2 + rows * (n + gap), rows + n);
                    float[] expected = Fill.ORDINARY.run(n + 9, 1);
                    float[] y = expected.clone();
                    for (int j = 0; j < n; j++) {
                        expected[4 + j] = contract.of(rows, x, 2 + j, n + gap);
                    }
                    for (ReductionKernels kernels : BOTH) {
                        float[] actual = y.clone();
                        loop.run(kernels, rows, n, x, 2, n + gap, actual, 4);
                        String what = kernels.getClass().getSimpleName() + ", " + fill + ", " + rows + "x" + n;
                        assertArrayEquals(expected, actual, what);
                    }
                }
            }
        }
    }

    @Test
    void oneRowRepeatedAndRowsBackwards() {
        float[] x = Fill.ORDINARY.run(100, 3);
        for (ReductionKernels kernels : BOTH) {
            float[] y = new float[20];
            kernels.sumRows(5, 20, x, 10, 0, y, 0);
            for (int j = 0; j < 20; j++) {
                assertEquals((x[10 + j] + x[10 + j] + x[10 + j]) + (x[10 + j] + x[10 + j]), y[j]);
            }
            kernels.maxRows(4, 20, x, 80, -20, y, 0);
            for (int j = 0; j < 20; j++) {
                assertEquals(max(4, column(4, x, 20 + j, 20), 0), y[j]);
            }
        }
    }

    // ---- what it means

    @Test
    void aLongSumIsWithinTheStatedBound() {
        int n = 3_000_000;
        float[] x = Fill.ORDINARY.run(n, 8);
        double sum = 0;
        double squares = 0;
        double magnitudes = 0;
        for (float v : x) {
            sum += v;
            squares += (double) v * v;
            magnitudes += Math.abs(v);
        }
        double bound = (71 + Math.log(n / 4096.0) / Math.log(2)) * 0x1p-24;
        for (ReductionKernels kernels : BOTH) {
            assertEquals(sum, kernels.sum(n, x, 0), bound * magnitudes);
            assertEquals(squares, kernels.dot(n, x, 0, x, 0), bound * squares);
            assertEquals(squares, kernels.sumSquares(n, x, 0, 0), bound * squares);
        }
    }

    @Test
    void sumsOfEqualNumbersThatFloatsHoldAreExact() {
        float[] ones = new float[5_000_000];
        Arrays.fill(ones, 1);
        for (ReductionKernels kernels : BOTH) {
            assertEquals(5_000_000f, kernels.sum(5_000_000, ones, 0));
        }
    }

    /** Products that round to -0 make -0 of their partial sums, and only those. */
    @Test
    void zerosKeepTheirSignAsTheContractHasIt() {
        float[] a = new float[100];
        float[] b = new float[100];
        Arrays.fill(a, 1e-30f);
        Arrays.fill(b, -1e-30f);
        for (ReductionKernels kernels : BOTH) {
            assertEquals(0f, kernels.dot(63, a, 0, b, 0));
            assertEquals(-0f, kernels.dot(64, a, 0, b, 0));
            assertEquals(-0f, kernels.dot(69, a, 0, b, 0));
            assertEquals(-0f, kernels.dot(100, a, 0, b, 0));
        }
    }

    @Test
    void extremesOfZerosAndNaN() {
        float[] zeros = new float[50];
        Arrays.fill(zeros, -0f);
        List<float[]> runs = new ArrayList<>();
        for (int i = 0; i < 50; i += 7) {
            float[] run = zeros.clone();
            run[i] = 0f;
            runs.add(run);
        }
        for (ReductionKernels kernels : BOTH) {
            assertEquals(-0f, kernels.max(50, zeros, 0));
            for (float[] run : runs) {
                assertEquals(0f, kernels.max(50, run, 0));
                assertEquals(-0f, kernels.min(50, run, 0));
                assertEquals(0, kernels.argmax(50, run, 0));
            }
            for (int nan = 0; nan < 50; nan++) {
                float[] run = Fill.ORDINARY.run(60, 4);
                run[nan] = Float.NaN;
                run[50] = 1000; // beyond the run
                assertEquals(Float.NaN, kernels.max(50, run, 0));
                assertEquals(Float.NaN, kernels.min(50, run, 0));
                assertEquals(nan, kernels.argmax(50, run, 0));
            }
        }
    }

    @Test
    void argmaxIsTheFirstOfEquals() {
        for (ReductionKernels kernels : BOTH) {
            for (int first = 0; first < 100; first++) {
                float[] x = Fill.ORDINARY.run(100, first);
                for (int i = first; i < 100; i += 13) {
                    x[i] = 10.5f;
                }
                assertEquals(first, kernels.argmax(100, x, 0));
            }
        }
    }

    @Test
    void softmaxDoesNotOverflowAndSumsToOne() {
        float[] x = {1000, 1001, 999, -1000, Float.NEGATIVE_INFINITY};
        float[] y = new float[5];
        for (ReductionKernels kernels : BOTH) {
            kernels.softmax(5, x, 0, y, 0);
            double sum = Math.exp(-1) + 1 + Math.exp(-2);
            assertEquals(Math.exp(-1) / sum, y[0], 1e-7);
            assertEquals(1 / sum, y[1], 1e-7);
            assertEquals(0f, y[3]);
            assertEquals(0f, y[4]);
            assertEquals(1001 + Math.log(sum), kernels.logSumExp(5, x, 0), 1e-4);
            kernels.logSoftmax(5, x, 0, y, 0);
            assertEquals(-1 - Math.log(sum), y[0], 2e-7);
            assertEquals(Float.NEGATIVE_INFINITY, y[4]);
        }
    }

    @Test
    void infinitiesAndNothing() {
        float infinity = Float.POSITIVE_INFINITY;
        for (ReductionKernels kernels : BOTH) {
            for (int n : new int[] {3, 40}) {
                float[] low = new float[n];
                Arrays.fill(low, -infinity);
                float[] y = new float[n];
                assertEquals(-infinity, kernels.logSumExp(n, low, 0));
                kernels.softmax(n, low, 0, y, 0);
                assertTrue(Float.isNaN(y[0]) && Float.isNaN(y[n - 1]));
                float[] high = low.clone();
                high[1] = infinity;
                assertEquals(infinity, kernels.logSumExp(n, high, 0));
                kernels.softmax(n, high, 0, y, 0);
                assertTrue(Float.isNaN(y[0]) && Float.isNaN(y[1]));
                high[2] = Float.NaN;
                assertEquals(Float.NaN, kernels.logSumExp(n, high, 0));
            }
            assertEquals(0f, kernels.sum(0, new float[0], 0));
            assertEquals(0f, kernels.dot(0, new float[0], 0, new float[0], 0));
            assertEquals(-infinity, kernels.logSumExp(0, new float[0], 0));
            kernels.softmax(0, new float[0], 0, new float[0], 0);
            float[] y = {5, 6};
            kernels.sumRows(0, 2, new float[0], 0, 2, y, 0);
            assertArrayEquals(new float[2], y);
        }
    }
}
