package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.Twins.Fill;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The steps of optimizers: vector against scalar, bit for bit, and both against their formulas in double. Whole arrays are
 * compared, so that a number written beside the run shows.
 */
class UpdateKernelsTest {

    private static final float SCALE = 0.75f;
    private static final float DECAY = 0.01f;
    private static final float KEPT = 0.999f;
    private static final float KEEP = 0.9f;
    private static final float TAKE = 0.1f;
    private static final float KEEP_2 = 0.99f;
    private static final float TAKE_2 = 0.01f;
    private static final float RATE = 0.05f;
    private static final float EPSILON = 1e-6f;

    /** A kernel with these settings; of what is remembered it may need the first only. */
    private interface Loop {
        void run(UpdateKernels k, int n, Operands a, int[] o);
    }

    /** The operands of a kernel. */
    private static final class Operands {

        private final float[] w;
        private final float[] g;
        private final float[] mean;
        private final float[] square;
        private final float[] y;

        Operands(int n, Fill fill, int[] o) {
            int length = n + MARGIN;
            w = fill.run(length, n);
            g = fill.run(length, n + 1);
            mean = fill.run(length, n + 2);
            square = fill.run(length, n + 3);
            for (int i = 0; i < length; i++) {
                square[i] = Math.abs(square[i]);
            }
            y = Fill.ORDINARY.run(length, o[0]);
        }

        void assertSame(Operands other, String what) {
            assertArrayEquals(other.w, w, what);
            assertArrayEquals(other.g, g, what);
            assertArrayEquals(other.mean, mean, what);
            assertArrayEquals(other.square, square, what);
            assertArrayEquals(other.y, y, what);
        }
    }

    private static final int MARGIN = 9;
    private static final int[][] OFFSETS = {{0, 0, 0}, {3, 1, 5}};

    private static final Map<String, Loop> LOOPS = new TreeMap<>(Map.of(
            "descend",
            (k, n, a, o) -> k.descend(n, a.w, o[0], a.g, o[1], SCALE, DECAY, RATE, a.y, o[2]),
            "descendWithMomentum",
            (k, n, a, o) -> k.descendWithMomentum(n, a.w, o[0], a.g, o[1], a.mean, SCALE, DECAY, KEEP, RATE, a.y, o[2]),
            "adam",
            (k, n, a, o) -> k.adam(
                    n, a.w, o[0], a.g, o[1], a.mean, a.square, SCALE, DECAY, KEPT, KEEP, TAKE, KEEP_2, TAKE_2, RATE,
                    EPSILON, a.y, o[2]),
            "rmsProp",
            (k, n, a, o) -> k.rmsProp(
                    n, a.w, o[0], a.g, o[1], a.square, SCALE, DECAY, KEEP_2, TAKE_2, RATE, EPSILON, a.y, o[2]),
            "rmsPropWithMomentum",
            (k, n, a, o) -> k.rmsPropWithMomentum(
                    n, a.w, o[0], a.g, o[1], a.square, a.mean, SCALE, DECAY, KEEP_2, TAKE_2, KEEP, RATE, EPSILON, a.y,
                    o[2])));

    private static final UpdateKernels SCALAR = Twins.SCALAR.updates();
    private static final UpdateKernels VECTOR = Twins.VECTOR.updates();

    @Test
    void everyLoopOfTheContractIsHere() {
        Set<String> contract = new TreeSet<>();
        for (Method method : UpdateKernels.class.getMethods()) {
            contract.add(method.getName());
        }
        assertEquals(contract, LOOPS.keySet());
    }

    @TestFactory
    Stream<DynamicTest> twins() {
        return LOOPS.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> twins(e.getValue())));
    }

    private static void twins(Loop loop) {
        for (int n : Twins.SIZES) {
            for (Fill fill : Fill.values()) {
                for (int[] o : OFFSETS) {
                    Operands expected = new Operands(n, fill, o);
                    Operands actual = new Operands(n, fill, o);
                    loop.run(SCALAR, n, expected, o);
                    loop.run(VECTOR, n, actual, o);
                    actual.assertSame(expected, fill + ", n = " + n + ", from " + o[0]);
                }
            }
        }
    }

    /** What a formula makes of one number each: the new weight, mean and square. */
    private interface Formula {
        double[] of(double w, double d, double mean, double square);
    }

    private static void assertFollows(String name, Formula formula) {
        int n = 1000;
        int[] o = OFFSETS[1];
        Operands before = new Operands(n, Fill.ORDINARY, o);
        Operands after = new Operands(n, Fill.ORDINARY, o);
        for (int i = 0; i < n + MARGIN; i++) { // no step is divided by almost nothing
            before.square[i] += 1;
            after.square[i] += 1;
        }
        LOOPS.get(name).run(SCALAR, n, after, o);
        for (int i = 0; i < n; i++) {
            double w = before.w[o[0] + i];
            double d = (double) SCALE * before.g[o[1] + i] + DECAY * w;
            double[] wanted = formula.of(w, d, before.mean[o[2] + i], before.square[o[2] + i]);
            assertNear(wanted[0], after.y[o[2] + i], name + " weight " + i);
            assertNear(wanted[1], after.mean[o[2] + i], name + " mean " + i);
            assertNear(wanted[2], after.square[o[2] + i], name + " square " + i);
        }
    }

    /** The terms that these numbers are sums of are at most 20 in size, and four roundings go into each. */
    private static void assertNear(double wanted, float got, String what) {
        assertEquals(wanted, got, 20 * 4 * 0x1p-24, what);
    }

    @Test
    void loopsFollowTheirFormulas() {
        assertFollows("descend", (w, d, m, v) -> new double[] {w - RATE * d, m, v});
        assertFollows("descendWithMomentum", (w, d, m, v) -> {
            double mean = KEEP * m + d;
            return new double[] {w - RATE * mean, mean, v};
        });
        assertFollows("adam", (w, d, m, v) -> {
            double mean = KEEP * m + TAKE * d;
            double square = KEEP_2 * v + TAKE_2 * d * d;
            return new double[] {KEPT * w - RATE * mean / (Math.sqrt(square) + EPSILON), mean, square};
        });
        assertFollows("rmsProp", (w, d, m, v) -> {
            double square = KEEP_2 * v + TAKE_2 * d * d;
            return new double[] {w - RATE * d / (Math.sqrt(square) + EPSILON), m, square};
        });
        assertFollows("rmsPropWithMomentum", (w, d, m, v) -> {
            double square = KEEP_2 * v + TAKE_2 * d * d;
            double mean = KEEP * m + d / (Math.sqrt(square) + EPSILON);
            return new double[] {w - RATE * mean, mean, square};
        });
    }

    /** By itself it would stop at 5 times the smallest subnormal number, of which 0.9 times rounds to 5 times it again. */
    @Test
    void aMeanWithoutGradientsComesToZero() {
        for (String name : Set.of("descendWithMomentum", "adam", "rmsPropWithMomentum")) {
            for (UpdateKernels kernels : new UpdateKernels[] {SCALAR, VECTOR}) {
                int n = 37;
                int[] o = OFFSETS[0];
                Operands a = new Operands(n, Fill.ORDINARY, o);
                Arrays.fill(a.w, 0);
                Arrays.fill(a.g, 0);
                for (int step = 0; step < 900; step++) { // 10 times 0.9^900 is 7e-41
                    LOOPS.get(name).run(kernels, n, a, o);
                    for (int i = 0; i < n; i++) {
                        assertTrue(a.mean[i] == 0 || Math.abs(a.mean[i]) >= Float.MIN_NORMAL, name);
                    }
                }
                for (int i = 0; i < n; i++) {
                    assertEquals(0, a.mean[i], 0, name);
                }
            }
        }
    }
}
