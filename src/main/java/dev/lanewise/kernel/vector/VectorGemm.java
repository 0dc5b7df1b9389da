package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.KC;
import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.MR;
import static dev.lanewise.kernel.vector.Tiles.NC;
import static dev.lanewise.kernel.vector.Tiles.NR;

import dev.lanewise.kernel.GemmKernels;
import jdk.incubator.vector.FloatVector;

/**
 * The matrix product on vectors: the choice of the way, and the loops of the blocked one.
 *
 * <p>Loops are numbered from the inside as in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
 * (ACM TOMS 34, 2008), and in BLIS; but here a strip of A stays in L1 and the panels of B pass by, because strips that
 * are plain copies of rows cost almost nothing to make.
 */
final class VectorGemm implements GemmKernels {

    /** Up to this many multiply-adds a product is faster without packing. Measured. */
    private static final int KB = Integer.getInteger("KB", 32),
            UPD = Integer.getInteger("UPD", 4),
            SKINNY = Integer.getInteger("SKINNY", 12);

    private static final long DIRECT = Integer.getInteger("DIRECT", 1500000);

    @Override
    public void gemm(
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
            float beta,
            float[] c,
            int co,
            int cRow) {
        if (m == 0 || n == 0) {
            return;
        }
        boolean fresh = beta == 0;
        if (!fresh && beta != 1) {
            scale(m, n, beta, c, co, cRow);
        }
        if (k == 0) {
            if (fresh) {
                clear(m, n, c, co, cRow);
            }
            return;
        }
        Workspace workspace = Workspace.borrow();
        try {
            if (bColumn == 1 && m <= UPD) {
                Updates.run(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, fresh, c, co, cRow, workspace);
            } else if (bColumn == 1 && n >= LANES && (m <= SKINNY || (long) m * n * k <= DIRECT)) {
                int depth = m <= MR && (long) n * k > 16384 ? KB : KC;
                DirectGemm.run(m, n, k, depth, alpha, a, ao, aRow, aColumn, b, bo, bRow, fresh, c, co, cRow, workspace);
            } else if (m <= SKINNY || n < LANES || (n <= Workspace.STAGED && (long) m * n * k <= DIRECT)) {
                DirectGemm.staged(
                        m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, fresh, c, co, cRow, workspace);
            } else {
                blocked(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, fresh, c, co, cRow, workspace);
            }
        } finally {
            workspace.giveBack();
        }
    }

    private static void blocked(
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
            Workspace workspace) {
        int nc = Tiles.evenBlock(n, NC, NR);
        int kc = Tiles.evenBlock(k, KC, 1);
        // loop 5: columns of B and C, as many as leave a packed block of B in L2
        for (int jc = 0; jc < n; jc += nc) {
            int width = Math.min(nc, n - jc);
            // loop 4: along k, in order: each block continues the sums that the one before left in C
            for (int pc = 0; pc < k; pc += kc) {
                int depth = Math.min(kc, k - pc);
                PackB.panels(
                        depth,
                        width,
                        b,
                        bo + pc * bRow + jc * bColumn,
                        bRow,
                        bColumn,
                        workspace.rows,
                        workspace.panels);
                // loop 3: strips of A, each packed into L1
                for (int ic = 0; ic < m; ic += MR) {
                    int rows = Math.min(MR, m - ic);
                    int height = Tiles.height(rows);
                    int from = ao + ic * aRow + pc * aColumn;
                    PackA.strip(height, rows - 1, depth, alpha, a, from, aRow, aColumn, workspace.strip);
                    sweep(rows, width, depth, fresh && pc == 0, c, co + ic * cRow + jc, cRow, workspace);
                }
            }
        }
    }

    /** Loops 2 and 1: the panels of B pass by a strip of A; in the micro-kernel, k passes by a tile of C. */
    private static void sweep(int rows, int n, int k, boolean fresh, float[] c, int co, int cRow, Workspace w) {
        long panel = 0;
        int j = 0;
        for (; j + NR <= n; j += NR) {
            wide(rows, k, w, panel, fresh, c, co + j, cRow);
            panel += (long) k * Tiles.PANEL_ROW_BYTES;
        }
        int rest = n - j;
        if (rest == LANES) {
            narrow(rows, k, w, panel, fresh, c, co + j, cRow);
        } else if (rest > 0) {
            edge(rows, rest, k, panel, fresh, c, co + j, cRow, w);
        }
    }

    /** A tile that would reach beyond the last column: computed beside C, and the part that exists copied there. */
    private static void edge(
            int rows, int rest, int k, long panel, boolean fresh, float[] c, int co, int cRow, Workspace w) {
        if (!fresh) {
            for (int r = 0; r < rows; r++) {
                System.arraycopy(c, co + r * cRow, w.edge, r * NR, rest);
            }
        }
        if (rest > LANES) {
            wide(rows, k, w, panel, fresh, w.edge, 0, NR);
        } else {
            narrow(rows, k, w, panel, fresh, w.edge, 0, NR);
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(w.edge, r * NR, c, co + r * cRow, rest);
        }
    }

    private static void wide(int rows, int k, Workspace w, long bo, boolean fresh, float[] c, int co, int cRow) {
        if (Tiles.PANEL_VECTORS == 1) {
            narrow(rows, k, w, bo, fresh, c, co, cRow);
        } else if (rows > 8) {
            Tile12x2.run(k, w.strip, w.panels, bo, fresh, c, co, cRow, rows - 1);
        } else if (rows > 4) {
            Tile8x2.run(k, w.strip, w.panels, bo, fresh, c, co, cRow, rows - 1);
        } else {
            Tile4x2.run(k, w.strip, w.panels, bo, fresh, c, co, cRow, rows - 1);
        }
    }

    private static void narrow(int rows, int k, Workspace w, long bo, boolean fresh, float[] c, int co, int cRow) {
        if (rows > 8) {
            Tile12x1.run(k, w.strip, w.panels, bo, fresh, c, co, cRow, rows - 1);
        } else if (rows > 4) {
            Tile8x1.run(k, w.strip, w.panels, bo, fresh, c, co, cRow, rows - 1);
        } else {
            Tile4x1.run(k, w.strip, w.panels, bo, fresh, c, co, cRow, rows - 1);
        }
    }

    private static void scale(int m, int n, float beta, float[] c, int co, int cRow) {
        for (int i = 0; i < m; i++) {
            scaleRow(n, beta, c, co + i * cRow);
        }
    }

    private static void scaleRow(int n, float beta, float[] c, int co) {
        FloatVector factor = FloatVector.broadcast(Tiles.SPECIES, beta);
        int j = 0;
        for (; j < Tiles.SPECIES.loopBound(n); j += LANES) {
            FloatVector.fromArray(Tiles.SPECIES, c, co + j).mul(factor).intoArray(c, co + j);
        }
        for (; j < n; j++) {
            c[co + j] *= beta;
        }
    }

    private static void clear(int m, int n, float[] c, int co, int cRow) {
        for (int i = 0; i < m; i++) {
            java.util.Arrays.fill(c, co + i * cRow, co + i * cRow + n, 0);
        }
    }

    @Override
    public void gemmBatch(
            int batch,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aBatch,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bBatch,
            int bRow,
            int bColumn,
            float beta,
            float[] c,
            int co,
            int cBatch,
            int cRow) {
        for (int i = 0; i < batch; i++) {
            gemm(
                    m,
                    n,
                    k,
                    alpha,
                    a,
                    ao + i * aBatch,
                    aRow,
                    aColumn,
                    b,
                    bo + i * bBatch,
                    bRow,
                    bColumn,
                    beta,
                    c,
                    co + i * cBatch,
                    cRow);
        }
    }
}
