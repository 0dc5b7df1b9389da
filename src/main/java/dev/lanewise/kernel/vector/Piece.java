package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.DIRECT_VECTORS;
import static dev.lanewise.kernel.vector.Tiles.KC;
import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.MR;
import static dev.lanewise.kernel.vector.Tiles.NR;

import dev.lanewise.kernel.Exercise;
import dev.lanewise.kernel.GemmKernels.Epilogue;

/** A small piece of a large product, on numbers of its own: it runs the same loops, with the same rests at the edges. */
final class Piece {

    /** Iterations of the innermost loops: the JVM counts calls, so a few will do. */
    private static final int DEPTH = 24;

    private final int m;
    private final int n;
    private final int k;
    private final boolean rowsOfA;
    private final boolean rowsOfB;
    private final boolean blocked;
    private final float[] a;
    private final float[] b;
    private final float[] c;

    Piece(int m, int n, int k, boolean rowsOfA, boolean rowsOfB) {
        this.rowsOfA = rowsOfA;
        this.rowsOfB = rowsOfB;
        blocked = VectorGemm.isBlocked(m, n, k, rowsOfB);
        this.m = m <= 3 * MR ? m : 2 * MR + m % MR; // strips of 12, then the last ones, which may be two of 8
        // A group of panels, one panel and the rest; or each width of tiles.
        int enough = blocked ? 8 * LANES + NR : 2 * DIRECT_VECTORS * LANES;
        this.n = Math.min(n, enough + n % (blocked ? NR : enough));
        this.k = Math.min(k, DEPTH);
        a = new float[this.m * this.k];
        b = new float[this.k * this.n];
        c = new float[this.m * this.n];
    }

    /** Once more; how many multiply-adds it took. */
    long run(int turn) {
        boolean fresh = turn % 2 == 0;
        int depth =
                turn < Exercise.SHORT ? Math.min(k, 1 + turn % 3) : k; // in the interpreter a whole one takes very long
        int aRow = rowsOfA ? k : 1;
        int aColumn = rowsOfA ? 1 : m;
        int bRow = rowsOfB ? n : 1;
        int bColumn = rowsOfB ? 1 : k;
        Workspace w = Workspace.borrow();
        try {
            if (blocked) {
                VectorGemm.blocked(
                        m, n, depth, 1, a, 0, aRow, aColumn, b, 0, bRow, bColumn, fresh, c, 0, n, Epilogue.NONE, w);
            } else if (rowsOfB && n >= LANES) {
                DirectGemm.run(m, n, depth, KC, 1, a, 0, aRow, aColumn, b, 0, bRow, fresh, c, 0, n, w);
            } else {
                DirectGemm.staged(m, n, depth, 1, a, 0, aRow, aColumn, b, 0, bRow, bColumn, fresh, c, 0, n, w);
            }
        } finally {
            w.giveBack();
        }
        return (long) m * n * depth;
    }
}
