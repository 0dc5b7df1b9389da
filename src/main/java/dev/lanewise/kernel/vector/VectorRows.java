package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ReductionKernels.ROW_BLOCK;
import static dev.lanewise.kernel.ReductionKernels.ROW_PARTIALS;
import static dev.lanewise.kernel.ReductionKernels.leftOf;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many rows into one. Two vectors of columns go down all rows of a block in registers; the last vectors overlap those
 * before them, as y may be written twice. Fewer columns than a vector has lanes go one by one.
 */
final class VectorRows {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorRows() {}

    static void sumRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        if (rows <= ROW_BLOCK) {
            sumBlock(rows, n, x, xo, rowStride, y, yo);
        } else {
            int halvings = 32 - Integer.numberOfLeadingZeros((rows - 1) / ROW_BLOCK);
            sumRows(rows, n, x, xo, rowStride, y, yo, new float[n * halvings], 0);
        }
    }

    /** The lower part of rows is summed into a row of {@code spare}, deeper parts into the rows after it. */
    private static void sumRows(
            int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo, float[] spare, int so) {
        if (rows <= ROW_BLOCK) {
            sumBlock(rows, n, x, xo, rowStride, y, yo);
        } else {
            int top = leftOf(rows, ROW_BLOCK);
            sumRows(top, n, x, xo, rowStride, y, yo, spare, so);
            sumRows(rows - top, n, x, xo + top * rowStride, rowStride, spare, so, spare, so + n);
            VectorBinary.add(n, y, yo, 1, spare, so, 1, y, yo);
        }
    }

    private static void sumBlock(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        int j = 0;
        for (; j <= n - 2 * L; j += 2 * L) {
            sumTwo(rows, x, xo + j, rowStride, y, yo + j);
        }
        if (n < L) {
            for (; j < n; j++) {
                y[yo + j] = sumColumn(rows, x, xo + j, rowStride);
            }
        } else {
            for (; j < n; j += L) {
                int column = Math.min(j, n - L);
                sumOne(rows, x, xo + column, rowStride, y, yo + column);
            }
        }
    }

    private static void sumTwo(int rows, float[] x, int xo, int rowStride, float[] y, int yo) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        FloatVector q0 = FloatVector.zero(S);
        FloatVector q1 = FloatVector.zero(S);
        FloatVector q2 = FloatVector.zero(S);
        FloatVector q3 = FloatVector.zero(S);
        int at = xo;
        int i = 0;
        for (; i <= rows - ROW_PARTIALS; i += ROW_PARTIALS) {
            p0 = p0.add(FloatVector.fromArray(S, x, at));
            q0 = q0.add(FloatVector.fromArray(S, x, at + L));
            p1 = p1.add(FloatVector.fromArray(S, x, at + rowStride));
            q1 = q1.add(FloatVector.fromArray(S, x, at + rowStride + L));
            p2 = p2.add(FloatVector.fromArray(S, x, at + 2 * rowStride));
            q2 = q2.add(FloatVector.fromArray(S, x, at + 2 * rowStride + L));
            p3 = p3.add(FloatVector.fromArray(S, x, at + 3 * rowStride));
            q3 = q3.add(FloatVector.fromArray(S, x, at + 3 * rowStride + L));
            at += ROW_PARTIALS * rowStride;
        }
        if (i < rows) {
            p0 = p0.add(FloatVector.fromArray(S, x, at));
            q0 = q0.add(FloatVector.fromArray(S, x, at + L));
        }
        if (i + 1 < rows) {
            p1 = p1.add(FloatVector.fromArray(S, x, at + rowStride));
            q1 = q1.add(FloatVector.fromArray(S, x, at + rowStride + L));
        }
        if (i + 2 < rows) {
            p2 = p2.add(FloatVector.fromArray(S, x, at + 2 * rowStride));
            q2 = q2.add(FloatVector.fromArray(S, x, at + 2 * rowStride + L));
        }
        p0.add(p2).add(p1.add(p3)).intoArray(y, yo);
        q0.add(q2).add(q1.add(q3)).intoArray(y, yo + L);
    }

    private static void sumOne(int rows, float[] x, int xo, int rowStride, float[] y, int yo) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int at = xo;
        int i = 0;
        for (; i <= rows - ROW_PARTIALS; i += ROW_PARTIALS) {
            p0 = p0.add(FloatVector.fromArray(S, x, at));
            p1 = p1.add(FloatVector.fromArray(S, x, at + rowStride));
            p2 = p2.add(FloatVector.fromArray(S, x, at + 2 * rowStride));
            p3 = p3.add(FloatVector.fromArray(S, x, at + 3 * rowStride));
            at += ROW_PARTIALS * rowStride;
        }
        if (i < rows) {
            p0 = p0.add(FloatVector.fromArray(S, x, at));
        }
        if (i + 1 < rows) {
            p1 = p1.add(FloatVector.fromArray(S, x, at + rowStride));
        }
        if (i + 2 < rows) {
            p2 = p2.add(FloatVector.fromArray(S, x, at + 2 * rowStride));
        }
        p0.add(p2).add(p1.add(p3)).intoArray(y, yo);
    }

    private static float sumColumn(int rows, float[] x, int xo, int rowStride) {
        float p0 = 0;
        float p1 = 0;
        float p2 = 0;
        float p3 = 0;
        int at = xo;
        int i = 0;
        for (; i <= rows - ROW_PARTIALS; i += ROW_PARTIALS) {
            p0 += x[at];
            p1 += x[at + rowStride];
            p2 += x[at + 2 * rowStride];
            p3 += x[at + 3 * rowStride];
            at += ROW_PARTIALS * rowStride;
        }
        p0 += i < rows ? x[at] : 0;
        p1 += i + 1 < rows ? x[at + rowStride] : 0;
        p2 += i + 2 < rows ? x[at + 2 * rowStride] : 0;
        return (p0 + p2) + (p1 + p3);
    }

    static void maxRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        if (n < L) {
            for (int j = 0; j < n; j++) {
                float max = x[xo + j];
                for (int i = 1; i < rows; i++) {
                    max = Math.max(max, x[xo + i * rowStride + j]);
                }
                y[yo + j] = max;
            }
        } else {
            for (int j = 0; j < n; j += L) {
                int column = Math.min(j, n - L);
                maxOne(rows, x, xo + column, rowStride, y, yo + column);
            }
        }
    }

    private static void maxOne(int rows, float[] x, int xo, int rowStride, float[] y, int yo) {
        FloatVector m0 = FloatVector.fromArray(S, x, xo);
        FloatVector m1 = m0;
        int at = xo;
        int i = 0;
        for (; i <= rows - 2; i += 2) {
            m0 = m0.max(FloatVector.fromArray(S, x, at));
            m1 = m1.max(FloatVector.fromArray(S, x, at + rowStride));
            at += 2 * rowStride;
        }
        if (i < rows) {
            m0 = m0.max(FloatVector.fromArray(S, x, at));
        }
        m0.max(m1).intoArray(y, yo);
    }

    static void minRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        if (n < L) {
            for (int j = 0; j < n; j++) {
                float min = x[xo + j];
                for (int i = 1; i < rows; i++) {
                    min = Math.min(min, x[xo + i * rowStride + j]);
                }
                y[yo + j] = min;
            }
        } else {
            for (int j = 0; j < n; j += L) {
                int column = Math.min(j, n - L);
                minOne(rows, x, xo + column, rowStride, y, yo + column);
            }
        }
    }

    private static void minOne(int rows, float[] x, int xo, int rowStride, float[] y, int yo) {
        FloatVector m0 = FloatVector.fromArray(S, x, xo);
        FloatVector m1 = m0;
        int at = xo;
        int i = 0;
        for (; i <= rows - 2; i += 2) {
            m0 = m0.min(FloatVector.fromArray(S, x, at));
            m1 = m1.min(FloatVector.fromArray(S, x, at + rowStride));
            at += 2 * rowStride;
        }
        if (i < rows) {
            m0 = m0.min(FloatVector.fromArray(S, x, at));
        }
        m0.min(m1).intoArray(y, yo);
    }
}
