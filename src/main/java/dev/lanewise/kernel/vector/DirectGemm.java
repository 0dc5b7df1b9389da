package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.MR;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;

/**
 * Products that take B where it lies, and A too where its rows are contiguous: small ones, where packing costs more than it
 * saves, and those of a few rows, where every element of B is used too seldom to be worth moving.
 *
 * <p>The tiles are lower and wider than the packed ones: each row of A needs a register for its address. A tile of 6 by 4
 * vectors was seen at 0.9 of the peak in some runs and at 0.6 in others, with the same code; 6 by 3 at 0.9 in all of them
 * (docs/decisions/0010).
 */
final class DirectGemm {

    /** Rows and columns of B that are transposed at once for a few rows of A: they (16 KB) are used while in L1. */
    private static final int SHORT = 128;

    private static final int NARROW = 32;

    /** Rows of A that are packed together where they cannot be taken in place: as many as a transposed block has. */
    private static final int PACKED_ROWS = Transpose.SIDE;

    private DirectGemm() {}

    /**
     * Whether rows of B can be read in whole vectors: those of fewer columns with what stands behind them, if anything does.
     */
    static boolean reads(int n, int k, float[] b, int bo, int bRow) {
        return n >= LANES || (bRow >= 0 && bo + (k - 1L) * bRow + LANES <= b.length);
    }

    /** B with contiguous rows that can be {@link #reads read}; k is cut into runs of at most {@code kc}. */
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
        boolean inPlace = inPlace(alpha, aColumn);
        int most = inPlace && k <= kc ? m : PACKED_ROWS;
        for (int i = 0, rows; i < m; i += rows) {
            rows = Math.min(most, m - i);
            int ci = co + i * cRow;
            for (int p = 0; p < k; p += kc) {
                int depth = Math.min(kc, k - p);
                int ap = ao + i * aRow + p * aColumn;
                int bp = bo + p * bRow;
                boolean first = fresh && p == 0;
                if (inPlace) {
                    strips(rows, n, depth, a, ap, aRow, b, bp, bRow, first, c, ci, cRow, w);
                } else {
                    PackA.strip(packed(rows), rows - 1, depth, alpha, a, ap, aRow, aColumn, w.strip);
                    strips(rows, n, depth, w.strip, 0, STRIP_ROW, b, bp, bRow, first, c, ci, cRow, w);
                }
            }
        }
    }

    /** As many rows as {@link PackA} packs at a time. */
    private static int packed(int rows) {
        return (rows + 3) & -4;
    }

    private static boolean inPlace(float alpha, int aColumn) {
        return alpha == 1 && aColumn == 1;
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
        boolean once = m <= PACKED_ROWS && !inPlace(alpha, aColumn); // A is packed for all blocks of columns
        for (int p = 0; p < k; p += kc) {
            int depth = Math.min(kc, k - p);
            int ap = ao + p * aColumn;
            boolean first = fresh && p == 0;
            if (once) {
                PackA.strip(packed(m), m - 1, depth, alpha, a, ap, aRow, aColumn, w.strip);
            }
            for (int j = 0; j < n; j += nc) {
                int width = Math.min(nc, n - j);
                int step = (width + Transpose.SIDE - 1) / Transpose.SIDE * Transpose.SIDE;
                int cj = co + j;
                PackB.rows(depth, width, b, bo + p * bRow + j * bColumn, bRow, bColumn, w.rows, step);
                if (once) {
                    strips(m, width, depth, w.strip, 0, STRIP_ROW, w.rows, 0, step, first, c, cj, cRow, w);
                } else {
                    run(m, width, depth, kc, alpha, a, ap, aRow, aColumn, w.rows, 0, step, first, c, cj, cRow, w);
                }
            }
        }
    }

    /** Strips of as many rows as a tile has; all columns of B pass by each. */
    private static void strips(
            int m,
            int n,
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        for (int i = 0, rows; i < m; i += rows) {
            rows = rows(m - i);
            if (fresh && n >= LANES) {
                sweep(rows, n, k, a, ao + i * aRow, aRow, b, bo, bRow, c, co + i * cRow, cRow);
            } else if (fresh && cRow == n && (i + rows - 1) * n <= m * n - LANES) {
                // a vector reaches into rows that are written later
                tile(rows, 1, k, a, ao + i * aRow, aRow, b, bo, bRow, true, c, co + i * cRow, cRow);
            } else {
                accumulate(rows, n, k, a, ao + i * aRow, aRow, b, bo, bRow, fresh, c, co + i * cRow, cRow, w);
            }
        }
    }

    /** Rows of the next strip: 6, but rather two of 4 than 6 and a few. */
    private static int rows(int left) {
        return left == 7 || left == 8 ? 4 : Math.min(6, left);
    }

    /**
     * The columns of B pass by a strip of A, and C is not read. The last tile ends with the last column, wherever it starts:
     * what overlaps is computed again, with the same bits.
     */
    private static void sweep(
            int rows,
            int n,
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            float[] c,
            int co,
            int cRow) {
        int whole = n / LANES;
        int j = 0;
        for (int left = (n + LANES - 1) / LANES, width; left > 0; left -= width) {
            width = Math.min(whole, width(left));
            int at = Math.min(j, n - width * LANES);
            tile(rows, width, k, a, ao, aRow, b, bo + at, bRow, true, c, co + at, cRow);
            j += width * LANES;
        }
    }

    /** The same where C may be read. Then a part of a vector at the end comes first, computed beside C. */
    private static void accumulate(
            int rows,
            int n,
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        int rest = n % LANES;
        if (rest != 0) {
            int first = Math.max(0, n - LANES);
            int skip = Math.min(n, LANES) - rest;
            for (int r = 0; r < rows && !fresh; r++) {
                System.arraycopy(c, co + r * cRow + n - rest, w.edge, r * LANES + skip, rest);
            }
            tile(rows, 1, k, a, ao, aRow, b, bo + first, bRow, fresh, w.edge, 0, LANES);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(w.edge, r * LANES + skip, c, co + r * cRow + n - rest, rest);
            }
        }
        int j = 0;
        for (int left = n / LANES, width; left > 0; left -= width) {
            width = width(left);
            tile(rows, width, k, a, ao, aRow, b, bo + j, bRow, fresh, c, co + j, cRow);
            j += width * LANES;
        }
    }

    /** Vectors of the next tile: as many as registers hold, but two pairs rather than three and a slow single one. */
    private static int width(int left) {
        return left == 4 ? 2 : Math.min(Tiles.DIRECT_VECTORS, left);
    }

    private static void tile(
            int rows,
            int width,
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            boolean fresh,
            float[] c,
            int co,
            int cRow) {
        int last = rows - 1;
        if (rows > 4) {
            switch (width) {
                case 1 -> DirectTile6x1.run(k, a, ao, aRow, b, bo, bRow, fresh, c, co, cRow, last);
                case 2 -> DirectTile6x2.run(k, a, ao, aRow, b, bo, bRow, fresh, c, co, cRow, last);
                default -> DirectTile6x3.run(k, a, ao, aRow, b, bo, bRow, fresh, c, co, cRow, last);
            }
        } else {
            switch (width) {
                case 1 -> DirectTile4x1.run(k, a, ao, aRow, b, bo, bRow, fresh, c, co, cRow, last);
                case 2 -> DirectTile4x2.run(k, a, ao, aRow, b, bo, bRow, fresh, c, co, cRow, last);
                default -> DirectTile4x3.run(k, a, ao, aRow, b, bo, bRow, fresh, c, co, cRow, last);
            }
        }
    }
}
