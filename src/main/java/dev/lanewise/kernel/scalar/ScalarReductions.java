package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.Elementary;
import dev.lanewise.kernel.ReductionKernels;
import java.util.Arrays;

/** The plain loops of {@link ReductionKernels}, in the very order that the contract states. */
final class ScalarReductions implements ReductionKernels {

    @Override
    public float sum(int n, float[] x, int xo) {
        return sum(n, x, xo, new float[PARTIALS]);
    }

    private static float sum(int n, float[] x, int xo, float[] p) {
        if (n > BLOCK) {
            int left = ReductionKernels.leftOf(n, BLOCK);
            return sum(left, x, xo, p) + sum(n - left, x, xo + left, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int m = Math.min(PARTIALS, n - i);
            for (int j = 0; j < m; j++) {
                p[j] += x[xo + i + j];
            }
        }
        return fold(p);
    }

    @Override
    public float max(int n, float[] x, int xo) {
        float max = x[xo];
        for (int i = 1; i < n; i++) {
            max = Math.max(max, x[xo + i]);
        }
        return max;
    }

    @Override
    public float min(int n, float[] x, int xo) {
        float min = x[xo];
        for (int i = 1; i < n; i++) {
            min = Math.min(min, x[xo + i]);
        }
        return min;
    }

    @Override
    public int argmax(int n, float[] x, int xo) {
        int best = 0;
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            if (Float.isNaN(v)) {
                return i;
            }
            if (v > x[xo + best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public float dot(int n, float[] a, int ao, float[] b, int bo) {
        return dot(n, a, ao, b, bo, new float[PARTIALS]);
    }

    private static float dot(int n, float[] a, int ao, float[] b, int bo, float[] p) {
        if (n > BLOCK) {
            int left = ReductionKernels.leftOf(n, BLOCK);
            return dot(left, a, ao, b, bo, p) + dot(n - left, a, ao + left, b, bo + left, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int m = Math.min(PARTIALS, n - i);
            for (int j = 0; j < m; j++) {
                p[j] = Math.fma(a[ao + i + j], b[bo + i + j], p[j]);
            }
        }
        return fold(p);
    }

    @Override
    public float sumSquares(int n, float[] x, int xo, float center) {
        return sumSquares(n, x, xo, center, new float[PARTIALS]);
    }

    private static float sumSquares(int n, float[] x, int xo, float center, float[] p) {
        if (n > BLOCK) {
            int left = ReductionKernels.leftOf(n, BLOCK);
            return sumSquares(left, x, xo, center, p) + sumSquares(n - left, x, xo + left, center, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int m = Math.min(PARTIALS, n - i);
            for (int j = 0; j < m; j++) {
                float d = x[xo + i + j] - center;
                p[j] = Math.fma(d, d, p[j]);
            }
        }
        return fold(p);
    }

    @Override
    public float logSumExp(int n, float[] x, int xo) {
        float max = n == 0 ? Float.NEGATIVE_INFINITY : max(n, x, xo);
        if (Float.isInfinite(max)) {
            return max; // every other term is nothing beside it, and max - max would be NaN
        }
        return max + Elementary.log(sumExp(n, x, xo, max, new float[PARTIALS]));
    }

    private static float sumExp(int n, float[] x, int xo, float max, float[] p) {
        if (n > BLOCK) {
            int left = ReductionKernels.leftOf(n, BLOCK);
            return sumExp(left, x, xo, max, p) + sumExp(n - left, x, xo + left, max, p);
        }
        Arrays.fill(p, 0);
        for (int i = 0; i < n; i += PARTIALS) {
            int m = Math.min(PARTIALS, n - i);
            for (int j = 0; j < m; j++) {
                p[j] += Elementary.exp(x[xo + i + j] - max);
            }
        }
        return fold(p);
    }

    @Override
    public void softmax(int n, float[] x, int xo, float[] y, int yo) {
        if (n == 0) {
            return;
        }
        float max = max(n, x, xo);
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.exp(x[xo + i] - max);
        }
        float scale = 1 / sum(n, y, yo);
        for (int i = 0; i < n; i++) {
            y[yo + i] *= scale;
        }
    }

    @Override
    public void logSoftmax(int n, float[] x, int xo, float[] y, int yo) {
        if (n == 0) {
            return;
        }
        float max = max(n, x, xo);
        float log = Elementary.log(sumExp(n, x, xo, max, new float[PARTIALS]));
        for (int i = 0; i < n; i++) {
            y[yo + i] = (x[xo + i] - max) - log;
        }
    }

    @Override
    public void sumRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = sumColumn(rows, x, xo + j, rowStride);
        }
    }

    private static float sumColumn(int rows, float[] x, int xo, int rowStride) {
        if (rows > ROW_BLOCK) {
            int top = ReductionKernels.leftOf(rows, ROW_BLOCK);
            return sumColumn(top, x, xo, rowStride) + sumColumn(rows - top, x, xo + top * rowStride, rowStride);
        }
        float p0 = 0;
        float p1 = 0;
        float p2 = 0;
        float p3 = 0;
        int i = 0;
        for (; i + ROW_PARTIALS <= rows; i += ROW_PARTIALS) {
            int from = xo + i * rowStride;
            p0 += x[from];
            p1 += x[from + rowStride];
            p2 += x[from + 2 * rowStride];
            p3 += x[from + 3 * rowStride];
        }
        int from = xo + i * rowStride;
        p0 += i < rows ? x[from] : 0;
        p1 += i + 1 < rows ? x[from + rowStride] : 0;
        p2 += i + 2 < rows ? x[from + 2 * rowStride] : 0;
        return (p0 + p2) + (p1 + p3);
    }

    @Override
    public void maxRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        System.arraycopy(x, xo, y, yo, n);
        for (int i = 1; i < rows; i++) {
            int from = xo + i * rowStride;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.max(y[yo + j], x[from + j]);
            }
        }
    }

    @Override
    public void minRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        System.arraycopy(x, xo, y, yo, n);
        for (int i = 1; i < rows; i++) {
            int from = xo + i * rowStride;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.min(y[yo + j], x[from + j]);
            }
        }
    }

    /** Adds the upper half of the partial sums onto the lower until one is left. */
    private static float fold(float[] p) {
        for (int half = PARTIALS / 2; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) {
                p[j] += p[j + half];
            }
        }
        return p[0];
    }
}
