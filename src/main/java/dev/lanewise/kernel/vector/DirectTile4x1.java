package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows by 1 vector of C from rows of A and of B where they lie; the contract is in {@link Tiles}. */
final class DirectTile4x1 {

    private DirectTile4x1() {}

    static void run(
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
            int last) {
        int a1 = ao + (last < 1 ? 0 : aRow);
        int a2 = a1 + (last < 2 ? 0 : aRow);
        int a3 = a2 + (last < 3 ? 0 : aRow);
        int c1 = co + (last < 1 ? 0 : cRow);
        int c2 = c1 + (last < 2 ? 0 : cRow);
        int c3 = c2 + (last < 3 ? 0 : cRow);
        FloatVector s0x = FloatVector.zero(SPECIES);
        FloatVector s1x = FloatVector.zero(SPECIES);
        FloatVector s2x = FloatVector.zero(SPECIES);
        FloatVector s3x = FloatVector.zero(SPECIES);
        if (!fresh) {
            s0x = FloatVector.fromArray(SPECIES, c, co);
            s1x = FloatVector.fromArray(SPECIES, c, c1);
            s2x = FloatVector.fromArray(SPECIES, c, c2);
            s3x = FloatVector.fromArray(SPECIES, c, c3);
        }
        int bp = bo;
        for (int p = 0; p < k; p++) {
            FloatVector bx = FloatVector.fromArray(SPECIES, b, bp);
            FloatVector f0 = FloatVector.broadcast(SPECIES, a[ao + p]);
            s0x = f0.fma(bx, s0x);
            FloatVector f1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
            s1x = f1.fma(bx, s1x);
            FloatVector f2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
            s2x = f2.fma(bx, s2x);
            FloatVector f3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
            s3x = f3.fma(bx, s3x);
            bp += bRow;
        }
        s0x.intoArray(c, co);
        s1x.intoArray(c, c1);
        s2x.intoArray(c, c2);
        s3x.intoArray(c, c3);
    }
}
