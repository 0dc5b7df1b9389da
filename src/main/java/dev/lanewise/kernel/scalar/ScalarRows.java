package dev.lanewise.kernel.scalar;

import static dev.lanewise.kernel.ReductionKernels.ROW_BLOCK;
import static dev.lanewise.kernel.ReductionKernels.ROW_PARTIALS;
import static dev.lanewise.kernel.ReductionKernels.leftOf;

/** Many rows into one. */
final class ScalarRows {

    private ScalarRows() {}

    static void sumRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = sumColumn(rows, x, xo + j, rowStride);
        }
    }

    private static float sumColumn(int rows, float[] x, int xo, int rowStride) {
        if (rows > ROW_BLOCK) {
            int top = leftOf(rows, ROW_BLOCK);
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

    static void maxRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        System.arraycopy(x, xo, y, yo, n);
        for (int i = 1; i < rows; i++) {
            int from = xo + i * rowStride;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.max(y[yo + j], x[from + j]);
            }
        }
    }

    static void minRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        System.arraycopy(x, xo, y, yo, n);
        for (int i = 1; i < rows; i++) {
            int from = xo + i * rowStride;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.min(y[yo + j], x[from + j]);
            }
        }
    }
}
