package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;

import jdk.incubator.vector.FloatVector;

/** 8 rows by 1 vector of C from a packed strip and rows of B in place; the contract is in {@link Tiles}. */
final class DirectTile8x1 {

    private DirectTile8x1() {}

    static void run(
            int k, float[] a, float[] b, int bo, int bRow, boolean fresh, float[] c, int co, int cRow, int last) {
        int c1 = co + (last < 1 ? 0 : cRow);
        int c2 = c1 + (last < 2 ? 0 : cRow);
        int c3 = c2 + (last < 3 ? 0 : cRow);
        int c4 = c3 + (last < 4 ? 0 : cRow);
        int c5 = c4 + (last < 5 ? 0 : cRow);
        int c6 = c5 + (last < 6 ? 0 : cRow);
        int c7 = c6 + (last < 7 ? 0 : cRow);
        FloatVector s0x = FloatVector.zero(SPECIES);
        FloatVector s1x = FloatVector.zero(SPECIES);
        FloatVector s2x = FloatVector.zero(SPECIES);
        FloatVector s3x = FloatVector.zero(SPECIES);
        FloatVector s4x = FloatVector.zero(SPECIES);
        FloatVector s5x = FloatVector.zero(SPECIES);
        FloatVector s6x = FloatVector.zero(SPECIES);
        FloatVector s7x = FloatVector.zero(SPECIES);
        if (!fresh) {
            s0x = FloatVector.fromArray(SPECIES, c, co);
            s1x = FloatVector.fromArray(SPECIES, c, c1);
            s2x = FloatVector.fromArray(SPECIES, c, c2);
            s3x = FloatVector.fromArray(SPECIES, c, c3);
            s4x = FloatVector.fromArray(SPECIES, c, c4);
            s5x = FloatVector.fromArray(SPECIES, c, c5);
            s6x = FloatVector.fromArray(SPECIES, c, c6);
            s7x = FloatVector.fromArray(SPECIES, c, c7);
        }
        int bp = bo;
        for (int p = 0; p < k; p++) {
            FloatVector bx = FloatVector.fromArray(SPECIES, b, bp);
            FloatVector f0 = FloatVector.broadcast(SPECIES, a[p]);
            s0x = f0.fma(bx, s0x);
            FloatVector f1 = FloatVector.broadcast(SPECIES, a[p + STRIP_ROW]);
            s1x = f1.fma(bx, s1x);
            FloatVector f2 = FloatVector.broadcast(SPECIES, a[p + 2 * STRIP_ROW]);
            s2x = f2.fma(bx, s2x);
            FloatVector f3 = FloatVector.broadcast(SPECIES, a[p + 3 * STRIP_ROW]);
            s3x = f3.fma(bx, s3x);
            FloatVector f4 = FloatVector.broadcast(SPECIES, a[p + 4 * STRIP_ROW]);
            s4x = f4.fma(bx, s4x);
            FloatVector f5 = FloatVector.broadcast(SPECIES, a[p + 5 * STRIP_ROW]);
            s5x = f5.fma(bx, s5x);
            FloatVector f6 = FloatVector.broadcast(SPECIES, a[p + 6 * STRIP_ROW]);
            s6x = f6.fma(bx, s6x);
            FloatVector f7 = FloatVector.broadcast(SPECIES, a[p + 7 * STRIP_ROW]);
            s7x = f7.fma(bx, s7x);
            bp += bRow;
        }
        s0x.intoArray(c, co);
        s1x.intoArray(c, c1);
        s2x.intoArray(c, c2);
        s3x.intoArray(c, c3);
        s4x.intoArray(c, c4);
        s5x.intoArray(c, c5);
        s6x.intoArray(c, c6);
        s7x.intoArray(c, c7);
    }
}
