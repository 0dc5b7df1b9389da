package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;

/**
 * Products of a few rows of A, a vector times a matrix among them: rows of B, four at a time, are read from end to end,
 * as memory likes it, and their multiples added to the rows of C, which stay in L1.
 *
 * <p>{@code UpdateMx4} adds to {@code M} rows of C the products of the numbers in {@code a}, four for each row, with four
 * rows of B. Like the tiles it starts from zero if {@code fresh}, and rows after the {@code last} repeat it.
 */
final class Updates {

    /** Rows of C that an update serves at once. */
    static final int ROWS = 4;

    /** Columns that are updated before the next ones: their part of C (64 KB in 4 rows at most) stays near. */
    private static final int NC = 4096;

    private Updates() {}

    /** B with contiguous rows. */
    static void run(
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bRow,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        int most = m <= 2 ? 8 : 4;
        for (int jc = 0; jc < n; jc += NC) {
            int width = Math.min(NC, n - jc);
            for (int p = 0; p < k; p += most) {
                int steps = Math.min(most, k - p);
                int bp = bo + p * bRow + jc;
                for (int i = 0; i < m; i += ROWS) {
                    int rows = Math.min(ROWS, m - i);
                    float[] factors = w.factors;
                    for (int r = 0; r < (m <= 2 ? m : ROWS); r++) {
                        for (int q = 0; q < steps; q++) {
                            factors[r * most + q] =
                                    alpha * a[ao + (i + Math.min(r, rows - 1)) * aRow + (p + q) * aColumn];
                        }
                    }
                    int ci = co + i * cRow + jc;
                    boolean first = fresh && p == 0;
                    int done = 0;
                    if (steps == most) {
                        whole(m, rows, width, factors, b, bp, bRow, first, c, ci, cRow);
                        done = width / LANES * LANES;
                    }
                    if (done < width) {
                        rest(rows, steps, most, done, width, factors, b, bp, bRow, first, c, ci, cRow);
                    }
                }
            }
        }
    }

    private static void whole(
            int m,
            int rows,
            int n,
            float[] a,
            float[] b,
            int bo,
            int bRow,
            boolean fresh,
            float[] c,
            int co,
            int cRow) {
        if (m == 1) {
            Update1x8.run(n, a, b, bo, bRow, fresh, c, co);
        } else if (m == 2) {
            Update2x8.run(n, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        } else {
            Update4x4.run(n, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        }
    }

    /** Columns from {@code j} on, and steps that are less than four. */
    private static void rest(
            int rows,
            int steps,
            int most,
            int from,
            int n,
            float[] a,
            float[] b,
            int bo,
            int bRow,
            boolean fresh,
            float[] c,
            int co,
            int cRow) {
        for (int r = 0; r < rows; r++) {
            for (int j = from; j < n; j++) {
                float sum = fresh ? 0 : c[co + r * cRow + j];
                for (int q = 0; q < steps; q++) {
                    sum = Math.fma(a[r * most + q], b[bo + q * bRow + j], sum);
                }
                c[co + r * cRow + j] = sum;
            }
        }
    }
}
