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

    /** Packs {@code height} rows; those after the {@code last} repeat it. */
    static void strip(
            int height, int last, int k, float alpha, float[] a, int ao, int aRow, int aColumn, float[] strip) {
        for (int r = 0; r < height; r++) {
            int from = ao + Math.min(r, last) * aRow;
            if (aColumn == 1) {
                row(k, alpha, a, from, strip, r * STRIP_ROW);
            } else {
                stridedRow(k, alpha, a, from, aColumn, strip, r * STRIP_ROW);
            }
        }
    }

    private static void row(int k, float alpha, float[] a, int from, float[] strip, int to) {
        FloatVector factor = FloatVector.broadcast(SPECIES, alpha);
        int p = 0;
        for (; p < SPECIES.loopBound(k); p += LANES) {
            FloatVector.fromArray(SPECIES, a, from + p).mul(factor).intoArray(strip, to + p);
        }
        for (; p < k; p++) {
            strip[to + p] = alpha * a[from + p];
        }
    }

    private static void stridedRow(int k, float alpha, float[] a, int from, int step, float[] strip, int to) {
        for (int p = 0; p < k; p++) {
            strip[to + p] = alpha * a[from + p * step];
        }
    }
}
