package dev.lanewise.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loop that chooses, and the one that gathers a strided view. Loops below a dispatch take at least a vector. */
final class VectorChoice {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** The edge of the tiles in which a transposed view is copied: two tiles of floats stay in the L1 cache. */
    private static final int TILE = 32;

    private VectorChoice() {}

    static void where(
            int n,
            float[] c,
            int co,
            int cStep,
            float[] a,
            int ao,
            int aStep,
            float[] b,
            int bo,
            int bStep,
            float[] y,
            int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = c[co + i * cStep] != 0 ? a[ao + i * aStep] : b[bo + i * bStep];
            }
        } else if (cStep == 0) {
            boolean first = c[co] != 0;
            float[] chosen = first ? a : b;
            int from = first ? ao : bo;
            if ((first ? aStep : bStep) == 0) {
                Arrays.fill(y, yo, yo + n, chosen[from]);
            } else {
                System.arraycopy(chosen, from, y, yo, n);
            }
        } else if (aStep == 0 && bStep == 0) {
            whereScalars(n, c, co, a[ao], b[bo], y, yo);
        } else if (aStep == 0) {
            whereScalarRun(n, c, co, a[ao], b, bo, y, yo);
        } else if (bStep == 0) {
            whereRunScalar(n, c, co, a, ao, b[bo], y, yo);
        } else {
            whereRuns(n, c, co, a, ao, b, bo, y, yo);
        }
    }

    private static void whereRuns(int n, float[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endC = FloatVector.fromArray(S, c, co + last);
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vc = FloatVector.fromArray(S, c, co + i);
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            vb.blend(va, vc.compare(VectorOperators.NE, 0)).intoArray(y, yo + i);
        }
        endB.blend(endA, endC.compare(VectorOperators.NE, 0)).intoArray(y, yo + last);
    }

    private static void whereRunScalar(int n, float[] c, int co, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector endC = FloatVector.fromArray(S, c, co + last);
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vc = FloatVector.fromArray(S, c, co + i);
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            va.blend(b, vc.compare(VectorOperators.EQ, 0)).intoArray(y, yo + i);
        }
        endA.blend(b, endC.compare(VectorOperators.EQ, 0)).intoArray(y, yo + last);
    }

    private static void whereScalarRun(int n, float[] c, int co, float a, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endC = FloatVector.fromArray(S, c, co + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vc = FloatVector.fromArray(S, c, co + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            vb.blend(a, vc.compare(VectorOperators.NE, 0)).intoArray(y, yo + i);
        }
        endB.blend(a, endC.compare(VectorOperators.NE, 0)).intoArray(y, yo + last);
    }

    private static void whereScalars(int n, float[] c, int co, float a, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector endC = FloatVector.fromArray(S, c, co + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vc = FloatVector.fromArray(S, c, co + i);
            FloatVector.broadcast(S, b)
                    .blend(a, vc.compare(VectorOperators.NE, 0))
                    .intoArray(y, yo + i);
        }
        FloatVector.broadcast(S, b)
                .blend(a, endC.compare(VectorOperators.NE, 0))
                .intoArray(y, yo + last);
    }

    static void copy(int rows, int columns, float[] x, int xo, int rowStride, int columnStride, float[] y, int yo) {
        if (rows == 0 || columns == 0) {
            return;
        }
        if (columnStride == 1 && rowStride == columns) {
            System.arraycopy(x, xo, y, yo, rows * columns);
        } else if (columnStride == 1) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(x, xo + i * rowStride, y, yo + i * columns, columns);
            }
        } else if (columnStride == 0) {
            for (int i = 0; i < rows; i++) {
                int to = yo + i * columns;
                Arrays.fill(y, to, to + columns, x[xo + i * rowStride]);
            }
        } else if (rowStride == 1 && Transpose.areBlocks(columns, rows)) {
            Transpose.blocks(columns, rows, x, xo, columnStride, y, yo, columns);
        } else {
            copyTiles(rows, columns, x, xo, rowStride, columnStride, y, yo);
        }
    }

    private static void copyTiles(
            int rows, int columns, float[] x, int xo, int rowStride, int columnStride, float[] y, int yo) {
        for (int i = 0; i < rows; i += TILE) {
            for (int j = 0; j < columns; j += TILE) {
                int height = Math.min(TILE, rows - i);
                int width = Math.min(TILE, columns - j);
                int from = xo + i * rowStride + j * columnStride;
                copyTile(height, width, x, from, rowStride, columnStride, y, yo + i * columns + j, columns);
            }
        }
    }

    private static void copyTile(
            int height, int width, float[] x, int xo, int rowStride, int columnStride, float[] y, int yo, int yRow) {
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                y[yo + i * yRow + j] = x[xo + i * rowStride + j * columnStride];
            }
        }
    }
}
