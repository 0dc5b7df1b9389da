package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.Twins.Fill;
import org.junit.jupiter.api.Test;

/** What the elementwise loops mean, against plain Java on one number; {@link ElementwiseTwinsTest} ties the vectors to it. */
class ElementwiseKernelsTest {

    private static final ElementwiseKernels KERNELS = Twins.SCALAR.elementwise();
    private static final int N = 5000;

    private interface Loop {
        void run(float[] a, float[] b, float[] y);
    }

    private interface Meaning {
        float of(float a, float b);
    }

    private static void check(Loop loop, Meaning meaning) {
        for (Fill fill : Fill.values()) {
            float[] a = fill.run(N, 11);
            float[] b = fill.run(N, 12);
            for (int i = 0; i < N; i += 7) {
                b[i] = a[i];
            }
            float[] y = new float[N];
            loop.run(a, b, y);
            for (int i = 0; i < N; i++) {
                int at = i;
                assertEquals(meaning.of(a[i], b[i]), y[i], () -> a[at] + " and " + b[at]);
            }
        }
    }

    @Test
    void oneOperand() {
        check((a, b, y) -> KERNELS.neg(N, a, 0, y, 0), (a, b) -> -a);
        check((a, b, y) -> KERNELS.abs(N, a, 0, y, 0), (a, b) -> Math.abs(a));
        check((a, b, y) -> KERNELS.sqrt(N, a, 0, y, 0), (a, b) -> (float) Math.sqrt(a));
        check((a, b, y) -> KERNELS.rsqrt(N, a, 0, y, 0), (a, b) -> 1 / (float) Math.sqrt(a));
        check((a, b, y) -> KERNELS.square(N, a, 0, y, 0), (a, b) -> a * a);
        check((a, b, y) -> KERNELS.reciprocal(N, a, 0, y, 0), (a, b) -> 1 / a);
        check((a, b, y) -> KERNELS.relu(N, a, 0, y, 0), (a, b) -> Math.max(a, 0));
        check((a, b, y) -> KERNELS.leakyRelu(N, a, 0, 0.1f, y, 0), (a, b) -> a > 0 ? a : 0.1f * a);
    }

    @Test
    void clampKeepsNaNAndWhatEqualsABound() {
        check(
                (a, b, y) -> KERNELS.clamp(N, a, 0, -1, 2, y, 0),
                (a, b) -> Float.isNaN(a) ? a : Math.min(Math.max(a, -1), 2));
        float[] y = new float[2];
        KERNELS.clamp(2, new float[] {-0f, 0f}, 0, 0f, 1f, y, 0);
        assertArrayEquals(new float[] {-0f, 0f}, y);
    }

    @Test
    void twoOperands() {
        check((a, b, y) -> KERNELS.add(N, a, 0, 1, b, 0, 1, y, 0), Float::sum);
        check((a, b, y) -> KERNELS.sub(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a - b);
        check((a, b, y) -> KERNELS.mul(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a * b);
        check((a, b, y) -> KERNELS.div(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a / b);
        check((a, b, y) -> KERNELS.reluGradient(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a <= 0 ? 0 : b);
        check((a, b, y) -> KERNELS.tanhGradient(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> b * Math.fma(-a, a, 1));
        check((a, b, y) -> KERNELS.sigmoidGradient(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> b * Math.fma(-a, a, a));
        check((a, b, y) -> KERNELS.geluGradient(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> b * Elementary.geluSlope(a));
        check((a, b, y) -> KERNELS.siluGradient(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> b * Elementary.siluSlope(a));
        check((a, b, y) -> KERNELS.max(N, a, 0, 1, b, 0, 1, y, 0), Math::max);
        check((a, b, y) -> KERNELS.min(N, a, 0, 1, b, 0, 1, y, 0), Math::min);
        check((a, b, y) -> KERNELS.eq(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a == b ? 1 : 0);
        check((a, b, y) -> KERNELS.ne(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a != b ? 1 : 0);
        check((a, b, y) -> KERNELS.lt(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a < b ? 1 : 0);
        check((a, b, y) -> KERNELS.le(N, a, 0, 1, b, 0, 1, y, 0), (a, b) -> a <= b ? 1 : 0);
    }

    @Test
    void aStepOfNothingRepeatsTheOneElement() {
        float[] a = Fill.ORDINARY.run(N, 1);
        check((x, b, y) -> KERNELS.sub(N, a, 4, 0, b, 0, 1, y, 0), (x, b) -> a[4] - b);
        check((x, b, y) -> KERNELS.sub(N, x, 0, 1, a, 5, 0, y, 0), (x, b) -> x - a[5]);
        check((x, b, y) -> KERNELS.sub(N, a, 4, 0, a, 5, 0, y, 0), (x, b) -> a[4] - a[5]);
    }

    @Test
    void whereTakesNaNForTrue() {
        float[] c = {0, -0f, 1, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE};
        float[] y = new float[6];
        KERNELS.where(6, c, 0, 1, new float[] {1, 2, 3, 4, 5, 6}, 0, 1, new float[] {9}, 0, 0, y, 0);
        assertArrayEquals(new float[] {9, 9, 3, 4, 5, 6}, y);
    }

    @Test
    void copyGathersATransposedView() {
        float[] y = new float[6];
        KERNELS.copy(3, 2, new float[] {0, 1, 2, 3, 4, 5, 6}, 1, 1, 3, y, 0);
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, y);
    }
}
