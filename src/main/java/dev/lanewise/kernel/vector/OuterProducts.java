package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Products of a column by a row, or of what is that along a k of 1: each element of C takes one multiply-add, so that all time
 * goes to writing C, from end to end.
 */
final class OuterProducts {

    private OuterProducts() {}

    /** B is one row, contiguous. */
    static void run(
            int m,
            int n,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            boolean fresh,
            float[] c,
            int co,
            int cRow) {
        for (int i = 0; i < m; i++) {
            float factor = alpha * a[ao + i * aRow];
            if (fresh) {
                write(n, factor, b, bo, c, co + i * cRow);
            } else {
                add(n, factor, b, bo, c, co + i * cRow);
            }
        }
    }

    /** Added to zero, as every chain of multiply-adds starts: a product of -0 becomes 0. */
    private static void write(int n, float factor, float[] b, int bo, float[] c, int co) {
        FloatVector f = FloatVector.broadcast(Tiles.SPECIES, factor);
        FloatVector zero = FloatVector.zero(Tiles.SPECIES);
        int j = 0;
        for (; j < Tiles.SPECIES.loopBound(n); j += LANES) {
            f.fma(FloatVector.fromArray(Tiles.SPECIES, b, bo + j), zero).intoArray(c, co + j);
        }
        for (; j < n; j++) {
            c[co + j] = Math.fma(factor, b[bo + j], 0);
        }
    }

    private static void add(int n, float factor, float[] b, int bo, float[] c, int co) {
        FloatVector f = FloatVector.broadcast(Tiles.SPECIES, factor);
        int j = 0;
        for (; j < Tiles.SPECIES.loopBound(n); j += LANES) {
            f.fma(FloatVector.fromArray(Tiles.SPECIES, b, bo + j), FloatVector.fromArray(Tiles.SPECIES, c, co + j))
                    .intoArray(c, co + j);
        }
        for (; j < n; j++) {
            c[co + j] = Math.fma(factor, b[bo + j], c[co + j]);
        }
    }
}
