package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.KC;
import static dev.lanewise.kernel.vector.Transpose.SIDE;

/**
 * Products of one row and a B whose columns are contiguous, as a gradient meets the weights of a layer: every element of B is
 * used once, so it is transposed on its way through the registers and never stored. (A dot product of lanes needs no transposing, but
 * one row would have other bits alone than among others.)
 */
final class TransposedUpdates {

    private TransposedUpdates() {}

    /** Whether it can be done: blocks are transposed in registers where vectors have 16 lanes. */
    static boolean fits(int n, int k) {
        return Transpose.IN_REGISTERS && n >= SIDE && k >= SIDE;
    }

    /** One row of A, B with contiguous columns, {@code bColumn} apart; {@link #fits} must hold. */
    static void run(
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aColumn,
            float[] b,
            int bo,
            int bColumn,
            boolean fresh,
            float[] c,
            int co,
            Workspace w) {
        int columns = n / SIDE * SIDE;
        int steps = k / SIDE * SIDE;
        for (int p = 0; p < steps; p += KC) {
            int depth = Math.min(KC, steps - p);
            PackA.strip(4, 0, depth, alpha, a, ao + p * aColumn, 0, aColumn, w.strip);
            boolean first = fresh && p == 0;
            for (int j = 0; j < columns; j += SIDE) {
                TransposedUpdate.run(depth, w.strip, b, bo + p + j * bColumn, bColumn, first, c, co + j);
            }
        }
        if (steps < k) {
            int ap = ao + steps * aColumn;
            int bp = bo + steps;
            DirectGemm.staged(1, columns, k - steps, alpha, a, ap, 0, aColumn, b, bp, 1, bColumn, false, c, co, 0, w);
        }
        if (columns < n) {
            int bj = bo + columns * bColumn;
            int cj = co + columns;
            DirectGemm.staged(1, n - columns, k, alpha, a, ao, 0, aColumn, b, bj, 1, bColumn, fresh, c, cj, 0, w);
        }
    }
}
