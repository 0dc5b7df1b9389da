package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.MR;

/**
 * Products that take B where it lies: small ones, where packing B costs more than it saves, and those of a few rows, where
 * every element of B is used too seldom to be worth moving.
 */
final class DirectGemm {

    /** Rows and columns of B that are transposed at once for a few rows of A: they (16 KB) are used while in L1. */
    private static final int SHORT = 128;

    private static final int NARROW = 32;

    private DirectGemm() {}

    /** B with contiguous rows, {@code n >= LANES}; k is cut into runs of at most {@code kc}. */
    static void run(
            int m,
            int n,
            int k,
            int kc,
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
        for (int i = 0, rows; i < m; i += rows) {
            rows = Tiles.rows(m - i);
            int height = Tiles.height(rows);
            for (int p = 0; p < k; p += kc) {
                int depth = Math.min(kc, k - p);
                PackA.strip(height, rows - 1, depth, alpha, a, ao + i * aRow + p * aColumn, aRow, aColumn, w.strip);
                sweep(rows, n, depth, b, bo + p * bRow, bRow, fresh && p == 0, c, co + i * cRow, cRow, w);
            }
        }
    }

    /** B in any layout, which is brought into rows block by block. */
    static void staged(
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
            int bColumn,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        int nc = m <= MR ? NARROW : Workspace.STAGED;
        int kc = m <= MR ? SHORT : Tiles.KC;
        for (int p = 0; p < k; p += kc) {
            int depth = Math.min(kc, k - p);
            for (int j = 0; j < n; j += nc) {
                int width = Math.min(nc, n - j);
                int step = (width + Transpose.SIDE - 1) / Transpose.SIDE * Transpose.SIDE;
                PackB.rows(depth, width, b, bo + p * bRow + j * bColumn, bRow, bColumn, w.rows, step);
                for (int i = 0, rows; i < m; i += rows) {
                    rows = Tiles.rows(m - i);
                    if (m > MR || j == 0) {
                        PackA.strip(
                                Tiles.height(rows),
                                rows - 1,
                                depth,
                                alpha,
                                a,
                                ao + i * aRow + p * aColumn,
                                aRow,
                                aColumn,
                                w.strip);
                    }
                    sweep(rows, width, depth, w.rows, 0, step, fresh && p == 0, c, co + i * cRow + j, cRow, w);
                }
            }
        }
    }

    /** The columns of B pass by a strip of A. */
    static void sweep(
            int rows,
            int n,
            int k,
            float[] b,
            int bo,
            int bRow,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        // A part of a vector at the end: the last whole vector is computed beside C, while C is still as it was.
        int rest = n % LANES;
        if (rest != 0) {
            int j = Math.max(0, n - LANES);
            int skip = Math.min(n, LANES) - rest;
            if (!fresh) {
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(c, co + r * cRow + j + skip, w.edge, r * LANES + skip, rest);
                }
            }
            narrow(rows, k, w.strip, b, bo + j, bRow, fresh, w.edge, 0, LANES);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(w.edge, r * LANES + skip, c, co + r * cRow + n - rest, rest);
            }
        }
        int j = 0;
        if (Tiles.PANEL_VECTORS == 2) {
            for (; j + 2 * LANES <= n; j += 2 * LANES) {
                wide(rows, k, w.strip, b, bo + j, bRow, fresh, c, co + j, cRow);
            }
        }
        for (; j + LANES <= n; j += LANES) {
            narrow(rows, k, w.strip, b, bo + j, bRow, fresh, c, co + j, cRow);
        }
    }

    private static void wide(
            int rows, int k, float[] a, float[] b, int bo, int bRow, boolean fresh, float[] c, int co, int cRow) {
        if (rows > 8) {
            DirectTile12x2.run(k, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        } else if (rows > 4) {
            DirectTile8x2.run(k, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        } else {
            DirectTile4x2.run(k, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        }
    }

    private static void narrow(
            int rows, int k, float[] a, float[] b, int bo, int bRow, boolean fresh, float[] c, int co, int cRow) {
        if (rows > 8) {
            DirectTile12x1.run(k, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        } else if (rows > 4) {
            DirectTile8x1.run(k, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        } else {
            DirectTile4x1.run(k, a, b, bo, bRow, fresh, c, co, cRow, rows - 1);
        }
    }
}
