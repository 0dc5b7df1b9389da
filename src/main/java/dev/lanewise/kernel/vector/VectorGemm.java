package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.KC;
import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.MR;
import static dev.lanewise.kernel.vector.Tiles.NC;
import static dev.lanewise.kernel.vector.Tiles.NR;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;

import dev.lanewise.kernel.GemmKernels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The matrix product on vectors: the choice of the way, and the loops of the blocked one.
 *
 * <p>Loops are numbered from the inside as in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
 * (ACM TOMS 34, 2008), and in BLIS; but here a strip of A stays in L1 and the panels of B pass by, because strips that
 * are plain copies of rows cost almost nothing to make.
 */
final class VectorGemm implements GemmKernels {

    /** Up to this many multiply-adds a product is faster with B in place. Measured: even at 100 cubed, not at 128. */
    private static final long SMALL = 1_500_000;

    /** Up to this many rows, memory decides: rows of B are read once, from end to end. */
    private static final int FEW_ROWS = 4;

    /** Elements of B from which on it does not stay in L1 and is read in short runs of rows, few pages at a time. */
    private static final long LARGE_B = 16_384;

    /** The length of those runs. */
    private static final int RUN = 32;

    /** Rows after which an epilogue gets its turn, while they are in L2: a multiple of the strips. */
    private static final int MC = 20 * MR;

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
            int cRow,
            Epilogue epilogue) {
        Workspace workspace = Workspace.borrow();
        try {
            product(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, cRow, epilogue, workspace);
        } finally {
            workspace.giveBack();
        }
    }

    private static void product(
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
            int cRow,
            Epilogue epilogue,
            Workspace w) {
        if (m == 0 || n == 0) {
            return;
        }
        if (GemmKernels.isOfDots(n, k, aColumn)) {
            Dots.run(m, k, alpha, a, ao, aRow, b, bo, bRow, beta, c, co, cRow, w);
            epilogue.block(0, 0, m, n);
            return;
        }
        if (n == 1 && m > 1 && cRow == 1 && alpha == 1) {
            // A column is a row, and so is what comes of it: the ways for one row serve a matrix of contiguous columns,
            // or of short rows, times a vector too. The bits are the same, for the factors of a product may change
            // places; not so if one were scaled first.
            product(1, m, k, 1, b, bo, 0, bRow, a, ao, aColumn, aRow, beta, c, co, m, Epilogue.NONE, w);
            epilogue.block(0, 0, m, n);
            return;
        }
        if (isDoneByBeta(m, n, k, beta, c, co, cRow, epilogue)) {
            return;
        }
        boolean fresh = beta == 0;
        if (NarrowProducts.fits(m, n, alpha, aRow)) {
            NarrowProducts.run(m, n, k, a, ao, aColumn, b, bo, bRow, bColumn, fresh, c, co, cRow, w);
        } else if (k == 1 && bColumn == 1) {
            OuterProducts.run(m, n, alpha, a, ao, aRow, b, bo, fresh, c, co, cRow);
        } else if (bColumn == 1 && m <= FEW_ROWS) {
            Updates.run(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, fresh, c, co, cRow, w);
        } else if (bRow == 1 && m == 1 && TransposedUpdates.fits(n, k)) {
            TransposedUpdates.run(n, k, alpha, a, ao, aColumn, b, bo, bColumn, fresh, c, co, w);
        } else if (isBlocked(m, n, k, bColumn == 1)) {
            blocked(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, fresh, c, co, cRow, epilogue, w);
            return;
        } else if (bColumn == 1 && DirectGemm.reads(n, k, b, bo, bRow)) {
            int kc = m <= MR && (long) n * k > LARGE_B ? RUN : KC;
            DirectGemm.run(m, n, k, kc, alpha, a, ao, aRow, aColumn, b, bo, bRow, fresh, c, co, cRow, w);
        } else {
            DirectGemm.staged(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, fresh, c, co, cRow, w);
        }
        epilogue.block(0, 0, m, n);
    }

    /** Whether both operands are packed: not small products, nor those of a few rows or columns. */
    static boolean isBlocked(int m, int n, int k, boolean rowsOfB) {
        boolean small = (long) m * n * k <= SMALL;
        return m > MR && n >= LANES && !(small && (rowsOfB || n <= Workspace.STAGED));
    }

    static void blocked(
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
            Epilogue epilogue,
            Workspace w) {
        int nc = Tiles.evenBlock(n, NC, NR);
        int kc = Tiles.evenBlock(k, KC, 1);
        // loop 5: columns of B and C, as many as leave a packed block of B in L2
        for (int jc = 0; jc < n; jc += nc) {
            int width = Math.min(nc, n - jc);
            // loop 4: along k, in order: each block continues the sums that the one before left in C
            for (int pc = 0; pc < k; pc += kc) {
                int depth = Math.min(kc, k - pc);
                boolean first = fresh && pc == 0;
                Epilogue done = pc + kc >= k ? epilogue : Epilogue.NONE;
                PackB.panels(depth, width, b, bo + pc * bRow + jc * bColumn, bRow, bColumn, w.rows, w.panels, 0);
                rows(
                        m,
                        width,
                        depth,
                        alpha,
                        a,
                        ao + pc * aColumn,
                        aRow,
                        aColumn,
                        w.panels,
                        0,
                        first,
                        c,
                        co,
                        cRow,
                        jc,
                        done,
                        w);
            }
        }
    }

    @Override
    public boolean gainsFromPacking(int m, int n, int k) {
        return m > FEW_ROWS && n >= NR && (long) n * k > LARGE_B;
    }

    @Override
    public Packed pack(int n, int k, float[] b, int bo, int bRow, int bColumn) {
        GemmKernels.requireNoColumn(n);
        return PackedB.of(n, k, b, bo, bRow, bColumn);
    }

    @Override
    public void gemm(
            int m,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            Packed b,
            float beta,
            float[] c,
            int co,
            int cRow,
            Epilogue epilogue) {
        PackedB packed = (PackedB) b;
        if (m == 0 || packed.n() == 0 || isDoneByBeta(m, packed.n(), packed.k(), beta, c, co, cRow, epilogue)) {
            return;
        }
        Workspace workspace = Workspace.borrow();
        try {
            blocked(m, alpha, a, ao, aRow, aColumn, packed, beta == 0, c, co, cRow, epilogue, workspace);
        } finally {
            workspace.giveBack();
        }
    }

    /** Loops 5 and 4 over blocks that are packed already. */
    static void blocked(
            int m,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            PackedB b,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Epilogue epilogue,
            Workspace w) {
        int n = b.n();
        int k = b.k();
        int kc = b.kc();
        for (int jc = 0; jc < n; jc += b.nc()) {
            for (int pc = 0; pc < k; pc += kc) {
                rows(
                        m,
                        Math.min(b.nc(), n - jc),
                        Math.min(kc, k - pc),
                        alpha,
                        a,
                        ao + pc * aColumn,
                        aRow,
                        aColumn,
                        b.panels(),
                        b.place(jc, pc),
                        fresh && pc == 0,
                        c,
                        co,
                        cRow,
                        jc,
                        pc + kc >= k ? epilogue : Epilogue.NONE,
                        w);
            }
        }
    }

    /** Loop 3, outer part: rows of A; where they are columns in memory, so few that whole lines are read. */
    private static void rows(
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            MemorySegment panels,
            long bo,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            int jc,
            Epilogue done,
            Workspace w) {
        boolean turned = aRow == 1 && aColumn != 1;
        int mc = turned ? Workspace.TURNED : MC;
        for (int ic = 0; ic < m; ic += mc) {
            int height = Math.min(mc, m - ic);
            int from = ao + ic * aRow;
            int ci = co + ic * cRow + jc;
            if (turned) {
                Transpose.run(k, height, a, from, aColumn, w.turned, 0, STRIP_ROW);
                strips(height, n, k, alpha, w.turned, 0, STRIP_ROW, 1, panels, bo, fresh, c, ci, cRow, w);
            } else {
                strips(height, n, k, alpha, a, from, aRow, aColumn, panels, bo, fresh, c, ci, cRow, w);
            }
            done.block(ic, jc, height, n);
        }
    }

    /** Loop 3, inner part: strips of A, each packed into L1. */
    private static void strips(
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            MemorySegment panels,
            long bo,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        for (int i = 0, rows; i < m; i += rows) {
            rows = Tiles.rows(m - i);
            PackA.strip(Tiles.height(rows), rows - 1, k, alpha, a, ao + i * aRow, aRow, aColumn, w.strip);
            sweep(rows, n, k, panels, bo, fresh, c, co + i * cRow, cRow, w);
        }
    }

    /** Loops 2 and 1: the panels of B pass by a strip of A; in the micro-kernel, k passes by a tile of C. */
    private static void sweep(
            int rows,
            int n,
            int k,
            MemorySegment panels,
            long bo,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        long panel = bo;
        int j = 0;
        for (; j + NR <= n; j += NR) {
            wide(rows, k, w, panels, panel, fresh, c, co + j, cRow);
            panel += (long) k * Tiles.PANEL_ROW_BYTES;
        }
        int rest = n - j;
        if (rest == LANES) {
            narrow(rows, k, w, panels, panel, fresh, c, co + j, cRow);
        } else if (rest > 0) {
            edge(rows, rest, k, panels, panel, fresh, c, co + j, cRow, w);
        }
    }

    /** A tile that would reach beyond the last column: computed beside C, and the part that exists copied there. */
    private static void edge(
            int rows,
            int rest,
            int k,
            MemorySegment panels,
            long panel,
            boolean fresh,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        if (!fresh) {
            for (int r = 0; r < rows; r++) {
                System.arraycopy(c, co + r * cRow, w.edge, r * NR, rest);
            }
        }
        if (rest > LANES) {
            wide(rows, k, w, panels, panel, fresh, w.edge, 0, NR);
        } else {
            narrow(rows, k, w, panels, panel, fresh, w.edge, 0, NR);
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(w.edge, r * NR, c, co + r * cRow, rest);
        }
    }

    private static void wide(
            int rows, int k, Workspace w, MemorySegment panels, long bo, boolean fresh, float[] c, int co, int cRow) {
        if (Tiles.PANEL_VECTORS == 1) {
            narrow(rows, k, w, panels, bo, fresh, c, co, cRow);
        } else if (rows > 8) {
            Tile12x2.run(k, w.strip, panels, bo, fresh, c, co, cRow, rows - 1);
        } else if (rows > 4) {
            Tile8x2.run(k, w.strip, panels, bo, fresh, c, co, cRow, rows - 1);
        } else {
            Tile4x2.run(k, w.strip, panels, bo, fresh, c, co, cRow, rows - 1);
        }
    }

    private static void narrow(
            int rows, int k, Workspace w, MemorySegment panels, long bo, boolean fresh, float[] c, int co, int cRow) {
        if (rows > 8) {
            Tile12x1.run(k, w.strip, panels, bo, fresh, c, co, cRow, rows - 1);
        } else if (rows > 4) {
            Tile8x1.run(k, w.strip, panels, bo, fresh, c, co, cRow, rows - 1);
        } else {
            Tile4x1.run(k, w.strip, panels, bo, fresh, c, co, cRow, rows - 1);
        }
    }

    /** Makes C what the sums start from, unless that is what is there, or nothing that is read; and whether that was all. */
    private static boolean isDoneByBeta(
            int m, int n, int k, float beta, float[] c, int co, int cRow, Epilogue epilogue) {
        if (beta != 0 && beta != 1) {
            scale(m, n, beta, c, co, cRow);
        }
        if (k > 0) {
            return false;
        }
        if (beta == 0) {
            clear(m, n, c, co, cRow);
        }
        epilogue.block(0, 0, m, n);
        return true;
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
            Arrays.fill(c, co + i * cRow, co + i * cRow + n, 0);
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
        if (bBatch == 0 && aBatch == m * aRow && cBatch == m * cRow) {
            // All rows of all products meet the same B: one product with more rows.
            gemm(batch * m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, cRow);
            return;
        }
        Workspace workspace = Workspace.borrow();
        try {
            for (int i = 0; i < batch; i++) {
                int ai = ao + i * aBatch;
                int bi = bo + i * bBatch;
                int ci = co + i * cBatch;
                product(
                        m,
                        n,
                        k,
                        alpha,
                        a,
                        ai,
                        aRow,
                        aColumn,
                        b,
                        bi,
                        bRow,
                        bColumn,
                        beta,
                        c,
                        ci,
                        cRow,
                        Epilogue.NONE,
                        workspace);
            }
        } finally {
            workspace.giveBack();
        }
    }
}
