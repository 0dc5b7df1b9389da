package dev.lanewise.kernel.scalar;

import static dev.lanewise.kernel.ReductionKernels.BLOCK;
import static dev.lanewise.kernel.ReductionKernels.PARTIALS;
import static dev.lanewise.kernel.ReductionKernels.leftOf;

import dev.lanewise.kernel.Elementary;
import java.util.Arrays;

/** Sums of runs, in the order of {@link dev.lanewise.kernel.ReductionKernels}. */
final class ScalarSums {

    private ScalarSums() {}

    /** The sum of a run. */
    static float sum(int n, float[] x, int xo) {
        return sum(n, x, xo, new float[PARTIALS]);
    }

    private static float sum(int n, float[] x, int xo, float[] p) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return sum(left, x, xo, p) + sum(n - left, x, xo + left, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int within = Math.min(PARTIALS, n - i);
            for (int j = 0; j < within; j++) {
                p[j] += x[xo + i + j];
            }
        }
        return fold(p);
    }

    /** The sum of products of two runs. */
    static float dot(int n, float[] a, int ao, float[] b, int bo) {
        return dot(n, a, ao, b, bo, new float[PARTIALS]);
    }

    /** The same, with room for the partial sums. */
    static float dot(int n, float[] a, int ao, float[] b, int bo, float[] p) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return dot(left, a, ao, b, bo, p) + dot(n - left, a, ao + left, b, bo + left, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int within = Math.min(PARTIALS, n - i);
            for (int j = 0; j < within; j++) {
                p[j] = Math.fma(a[ao + i + j], b[bo + i + j], p[j]);
            }
        }
        return fold(p);
    }

    /** The sum of squared distances from the center. */
    static float sumSquares(int n, float[] x, int xo, float center) {
        return sumSquares(n, x, xo, center, new float[PARTIALS]);
    }

    private static float sumSquares(int n, float[] x, int xo, float center, float[] p) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return sumSquares(left, x, xo, center, p) + sumSquares(n - left, x, xo + left, center, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int within = Math.min(PARTIALS, n - i);
            for (int j = 0; j < within; j++) {
                float d = x[xo + i + j] - center;
                p[j] = Math.fma(d, d, p[j]);
            }
        }
        return fold(p);
    }

    /** The sum of {@code e^(x - center)}. */
    static float sumExp(int n, float[] x, int xo, float center) {
        return sumExp(n, x, xo, center, new float[PARTIALS]);
    }

    private static float sumExp(int n, float[] x, int xo, float center, float[] p) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return sumExp(left, x, xo, center, p) + sumExp(n - left, x, xo + left, center, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int within = Math.min(PARTIALS, n - i);
            for (int j = 0; j < within; j++) {
                p[j] += Elementary.exp(x[xo + i + j] - center);
            }
        }
        return fold(p);
    }

    private static float fold(float[] p) {
        for (int j = 0; j < 16; j++) {
            p[j] = (p[j] + p[j + 32]) + (p[j + 16] + p[j + 48]);
        }
        return (foldQuad(p, 0) + foldQuad(p, 4)) + (foldQuad(p, 8) + foldQuad(p, 12));
    }

    private static float foldQuad(float[] p, int j) {
        return (p[j] + p[j + 2]) + (p[j + 1] + p[j + 3]);
    }
}
