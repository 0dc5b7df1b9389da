package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows by 2 vectors of C from rows of A and of B where they lie; the contract is in {@link Tiles}. */
final class DirectTile4x2 {

    private DirectTile4x2() {}

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
        FloatVector s0y = FloatVector.zero(SPECIES);
        FloatVector s1x = FloatVector.zero(SPECIES);
        FloatVector s1y = FloatVector.zero(SPECIES);
        FloatVector s2x = FloatVector.zero(SPECIES);
        FloatVector s2y = FloatVector.zero(SPECIES);
        FloatVector s3x = FloatVector.zero(SPECIES);
        FloatVector s3y = FloatVector.zero(SPECIES);
        if (!fresh) {
            s0x = FloatVector.fromArray(SPECIES, c, co);
            s0y = FloatVector.fromArray(SPECIES, c, co + LANES);
            s1x = FloatVector.fromArray(SPECIES, c, c1);
            s1y = FloatVector.fromArray(SPECIES, c, c1 + LANES);
            s2x = FloatVector.fromArray(SPECIES, c, c2);
            s2y = FloatVector.fromArray(SPECIES, c, c2 + LANES);
            s3x = FloatVector.fromArray(SPECIES, c, c3);
            s3y = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        }
        int bp = bo;
        for (int p = 0; p < k; p++) {
            FloatVector bx = FloatVector.fromArray(SPECIES, b, bp);
            FloatVector by = FloatVector.fromArray(SPECIES, b, bp + LANES);
            FloatVector f0 = FloatVector.broadcast(SPECIES, a[ao + p]);
            s0x = f0.fma(bx, s0x);
            s0y = f0.fma(by, s0y);
            FloatVector f1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
            s1x = f1.fma(bx, s1x);
            s1y = f1.fma(by, s1y);
            FloatVector f2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
            s2x = f2.fma(bx, s2x);
            s2y = f2.fma(by, s2y);
            FloatVector f3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
            s3x = f3.fma(bx, s3x);
            s3y = f3.fma(by, s3y);
            bp += bRow;
        }
        s0x.intoArray(c, co);
        s0y.intoArray(c, co + LANES);
        s1x.intoArray(c, c1);
        s1y.intoArray(c, c1 + LANES);
        s2x.intoArray(c, c2);
        s2y.intoArray(c, c2 + LANES);
        s3x.intoArray(c, c3);
        s3y.intoArray(c, c3 + LANES);
    }
}
