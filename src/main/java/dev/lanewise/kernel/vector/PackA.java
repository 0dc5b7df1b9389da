package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;

import jdk.incubator.vector.FloatVector;

/**
 * Brings a strip of A, a few rows of at most {@link Tiles#KC} elements, into rows that are {@link Tiles#STRIP_ROW} apart,
 * multiplied by alpha on the way. Rows are kept as rows: a plain copy is cheaper than the transposition that other
 * layouts need, and the micro-kernels reach all rows from one register.
 */
final class PackA {

    private PackA() {}

    /** Packs {@code height} rows, a multiple of 4; those after the {@code last} repeat it. */
    static void strip(
            int height, int last, int k, float alpha, float[] a, int ao, int aRow, int aColumn, float[] strip) {
        if (aColumn == 1) {
            for (int r = 0; r < height; r += 4) {
                int a0 = ao + Math.min(r, last) * aRow;
                int a1 = ao + Math.min(r + 1, last) * aRow;
                int a2 = ao + Math.min(r + 2, last) * aRow;
                int a3 = ao + Math.min(r + 3, last) * aRow;
                fourRows(k, alpha, a, a0, a1, a2, a3, strip, r * STRIP_ROW);
            }
        } else if (aRow == 1) {
            Transpose.run(k, last + 1, a, ao, aColumn, strip, 0, STRIP_ROW);
            for (int r = 0; r <= last && alpha != 1; r++) {
                scale(k, alpha, strip, r * STRIP_ROW);
            }
            for (int r = last + 1; r < height; r++) {
                System.arraycopy(strip, last * STRIP_ROW, strip, r * STRIP_ROW, k);
            }
        } else {
            for (int r = 0; r < height; r++) {
                stridedRow(k, alpha, a, ao + Math.min(r, last) * aRow, aColumn, strip, r * STRIP_ROW);
            }
        }
    }

    private static void fourRows(int k, float alpha, float[] a, int a0, int a1, int a2, int a3, float[] strip, int to) {
        FloatVector factor = FloatVector.broadcast(SPECIES, alpha);
        int whole = wholeVectors(k, Math.max(Math.max(a0, a1), Math.max(a2, a3)), a.length);
        for (int p = 0; p < whole; p += LANES) {
            FloatVector.fromArray(SPECIES, a, a0 + p).mul(factor).intoArray(strip, to + p);
            FloatVector.fromArray(SPECIES, a, a1 + p).mul(factor).intoArray(strip, to + p + STRIP_ROW);
            FloatVector.fromArray(SPECIES, a, a2 + p).mul(factor).intoArray(strip, to + p + 2 * STRIP_ROW);
            FloatVector.fromArray(SPECIES, a, a3 + p).mul(factor).intoArray(strip, to + p + 3 * STRIP_ROW);
        }
        if (whole < k) {
            for (int p = whole; p < k; p++) {
                strip[to + p] = alpha * a[a0 + p];
                strip[to + p + STRIP_ROW] = alpha * a[a1 + p];
                strip[to + p + 2 * STRIP_ROW] = alpha * a[a2 + p];
                strip[to + p + 3 * STRIP_ROW] = alpha * a[a3 + p];
            }
        }
    }

    /**
     * How much of rows of length k to copy in whole vectors: the last one reads (and the strip has room for) what stands
     * behind the row, unless the array ends there.
     */
    private static int wholeVectors(int k, int highest, int length) {
        int up = (k + LANES - 1) / LANES * LANES;
        return highest + up <= length ? up : k / LANES * LANES;
    }

    private static void stridedRow(int k, float alpha, float[] a, int from, int step, float[] strip, int to) {
        for (int p = 0; p < k; p++) {
            strip[to + p] = alpha * a[from + p * step];
        }
    }

    private static void scale(int k, float alpha, float[] strip, int from) {
        for (int p = 0; p < k; p++) {
            strip[from + p] *= alpha;
        }
    }
}
