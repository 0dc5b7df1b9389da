package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;

/**
 * Small products without packing: tiles of 8 by 2 vectors straight from A and B. More rows would need more pointers than
 * there are registers, and from some size on the rows of B are too far apart for the caches.
 */
final class DirectGemm {

    private static final int HEIGHT = 8;

    private DirectGemm() {}

    /** A and B with contiguous rows, {@code n >= LANES}; {@code fresh}: C is written and not read. */
    static void run(
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
            Workspace workspace) {
        float[] z = fresh ? Tiles.ZEROS : c;
        int zRow = fresh ? 0 : cRow;
        for (int i = 0; i < m; i += HEIGHT) {
            int rows = Math.min(HEIGHT, m - i);
            int ai = ao + i * aRow;
            int ci = co + i * cRow;
            // A part of a vector at the end: the last whole vector is computed beside C, while C is still as it was.
            int rest = n % LANES;
            if (rest != 0) {
                int j = n - LANES;
                narrow(rows, k, a, ai, aRow, b, bo + j, bRow, z, fresh ? 0 : ci + j, zRow, workspace.edge, 0, LANES);
                copyLast(rows, rest, workspace.edge, c, ci + n - rest, cRow);
            }
            int j = 0;
            if (Tiles.PANEL_VECTORS == 2) {
                for (; j + 2 * LANES <= n; j += 2 * LANES) {
                    wide(rows, k, a, ai, aRow, b, bo + j, bRow, z, fresh ? 0 : ci + j, zRow, c, ci + j, cRow);
                }
            }
            for (; j + LANES <= n; j += LANES) {
                narrow(rows, k, a, ai, aRow, b, bo + j, bRow, z, fresh ? 0 : ci + j, zRow, c, ci + j, cRow);
            }
        }
    }

    private static void copyLast(int rows, int rest, float[] edge, float[] c, int co, int cRow) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < rest; j++) {
                c[co + r * cRow + j] = edge[r * LANES + LANES - rest + j];
            }
        }
    }

    private static void wide(
            int rows,
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            float[] z,
            int zo,
            int zRow,
            float[] c,
            int co,
            int cRow) {
        if (rows > 4) {
            DirectTile8x2.run(k, a, ao, aRow, b, bo, bRow, z, zo, zRow, c, co, cRow, rows - 1);
        } else {
            DirectTile4x2.run(k, a, ao, aRow, b, bo, bRow, z, zo, zRow, c, co, cRow, rows - 1);
        }
    }

    private static void narrow(
            int rows,
            int k,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            float[] z,
            int zo,
            int zRow,
            float[] c,
            int co,
            int cRow) {
        if (rows > 4) {
            DirectTile8x1.run(k, a, ao, aRow, b, bo, bRow, z, zo, zRow, c, co, cRow, rows - 1);
        } else {
            DirectTile4x1.run(k, a, ao, aRow, b, bo, bRow, z, zo, zRow, c, co, cRow, rows - 1);
        }
    }
}
