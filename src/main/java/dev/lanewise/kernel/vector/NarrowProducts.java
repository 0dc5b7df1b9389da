package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;

/**
 * Products with fewer columns than a vector has lanes, where columns of A are contiguous: the gradient of the weights of a
 * layer with few outputs is one. The transposed product is computed, whose rows are long, so that no lane idles and A is
 * read where it lies. The bits are the same, for the factors of a product may change places.
 */
final class NarrowProducts {

    /** Rows of C that are computed at a time, as columns beside it. */
    private static final int MOST = Workspace.TURNED_SIZE / LANES;

    private NarrowProducts() {}

    /** Not where alpha is another number: it is multiplied into A first. */
    static boolean fits(int m, int n, float alpha, int aRow) {
        return n < LANES && m >= LANES && aRow == 1 && alpha == 1;
    }

    static void run(
            int m,
            int n,
            int k,
            float[] a,
            int ao,
            int aColumn,
            float[] b,
            int bo,
            int bRow,
            int bColumn,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        for (int i = 0, rows; i < m; i += rows) {
            rows = rows(m - i);
            int ci = co + i * cRow;
            for (int j = 0; j < n && !fresh; j++) {
                PackB.stridedRow(rows, c, ci + j, cRow, w.turned, j * MOST);
            }
            DirectGemm.run(
                    n, rows, k, Tiles.KC, 1, b, bo, bColumn, bRow, a, ao + i, aColumn, fresh, w.turned, 0, MOST, w);
            for (int j = 0; j < n; j++) {
                store(rows, w.turned, j * MOST, c, ci + j, cRow);
            }
        }
    }

    /** No part is shorter than a vector. */
    private static int rows(int left) {
        return left <= MOST ? left : Math.min(MOST, left - LANES);
    }

    private static void store(int n, float[] column, int from, float[] c, int to, int step) {
        for (int i = 0; i < n; i++) {
            c[to + i * step] = column[from + i];
        }
    }
}
