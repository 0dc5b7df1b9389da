package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 6 rows by 3 vectors of C from rows of A and of B where they lie; the contract is in {@link Tiles}. */
final class DirectTile6x3 {

    private DirectTile6x3() {}

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
        int a4 = a3 + (last < 4 ? 0 : aRow);
        int a5 = a4 + (last < 5 ? 0 : aRow);
        int c1 = co + (last < 1 ? 0 : cRow);
        int c2 = c1 + (last < 2 ? 0 : cRow);
        int c3 = c2 + (last < 3 ? 0 : cRow);
        int c4 = c3 + (last < 4 ? 0 : cRow);
        int c5 = c4 + (last < 5 ? 0 : cRow);
        FloatVector s0x = FloatVector.zero(SPECIES);
        FloatVector s0y = FloatVector.zero(SPECIES);
        FloatVector s0z = FloatVector.zero(SPECIES);
        FloatVector s1x = FloatVector.zero(SPECIES);
        FloatVector s1y = FloatVector.zero(SPECIES);
        FloatVector s1z = FloatVector.zero(SPECIES);
        FloatVector s2x = FloatVector.zero(SPECIES);
        FloatVector s2y = FloatVector.zero(SPECIES);
        FloatVector s2z = FloatVector.zero(SPECIES);
        FloatVector s3x = FloatVector.zero(SPECIES);
        FloatVector s3y = FloatVector.zero(SPECIES);
        FloatVector s3z = FloatVector.zero(SPECIES);
        FloatVector s4x = FloatVector.zero(SPECIES);
        FloatVector s4y = FloatVector.zero(SPECIES);
        FloatVector s4z = FloatVector.zero(SPECIES);
        FloatVector s5x = FloatVector.zero(SPECIES);
        FloatVector s5y = FloatVector.zero(SPECIES);
        FloatVector s5z = FloatVector.zero(SPECIES);
        if (!fresh) {
            s0x = FloatVector.fromArray(SPECIES, c, co);
            s0y = FloatVector.fromArray(SPECIES, c, co + LANES);
            s0z = FloatVector.fromArray(SPECIES, c, co + 2 * LANES);
            s1x = FloatVector.fromArray(SPECIES, c, c1);
            s1y = FloatVector.fromArray(SPECIES, c, c1 + LANES);
            s1z = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES);
            s2x = FloatVector.fromArray(SPECIES, c, c2);
            s2y = FloatVector.fromArray(SPECIES, c, c2 + LANES);
            s2z = FloatVector.fromArray(SPECIES, c, c2 + 2 * LANES);
            s3x = FloatVector.fromArray(SPECIES, c, c3);
            s3y = FloatVector.fromArray(SPECIES, c, c3 + LANES);
            s3z = FloatVector.fromArray(SPECIES, c, c3 + 2 * LANES);
            s4x = FloatVector.fromArray(SPECIES, c, c4);
            s4y = FloatVector.fromArray(SPECIES, c, c4 + LANES);
            s4z = FloatVector.fromArray(SPECIES, c, c4 + 2 * LANES);
            s5x = FloatVector.fromArray(SPECIES, c, c5);
            s5y = FloatVector.fromArray(SPECIES, c, c5 + LANES);
            s5z = FloatVector.fromArray(SPECIES, c, c5 + 2 * LANES);
        }
        int bp = bo;
        for (int p = 0; p < k; p++) {
            FloatVector bx = FloatVector.fromArray(SPECIES, b, bp);
            FloatVector by = FloatVector.fromArray(SPECIES, b, bp + LANES);
            FloatVector bz = FloatVector.fromArray(SPECIES, b, bp + 2 * LANES);
            FloatVector f0 = FloatVector.broadcast(SPECIES, a[ao + p]);
            s0x = f0.fma(bx, s0x);
            s0y = f0.fma(by, s0y);
            s0z = f0.fma(bz, s0z);
            FloatVector f1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
            s1x = f1.fma(bx, s1x);
            s1y = f1.fma(by, s1y);
            s1z = f1.fma(bz, s1z);
            FloatVector f2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
            s2x = f2.fma(bx, s2x);
            s2y = f2.fma(by, s2y);
            s2z = f2.fma(bz, s2z);
            FloatVector f3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
            s3x = f3.fma(bx, s3x);
            s3y = f3.fma(by, s3y);
            s3z = f3.fma(bz, s3z);
            FloatVector f4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
            s4x = f4.fma(bx, s4x);
            s4y = f4.fma(by, s4y);
            s4z = f4.fma(bz, s4z);
            FloatVector f5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
            s5x = f5.fma(bx, s5x);
            s5y = f5.fma(by, s5y);
            s5z = f5.fma(bz, s5z);
            bp += bRow;
        }
        s0x.intoArray(c, co);
        s0y.intoArray(c, co + LANES);
        s0z.intoArray(c, co + 2 * LANES);
        s1x.intoArray(c, c1);
        s1y.intoArray(c, c1 + LANES);
        s1z.intoArray(c, c1 + 2 * LANES);
        s2x.intoArray(c, c2);
        s2y.intoArray(c, c2 + LANES);
        s2z.intoArray(c, c2 + 2 * LANES);
        s3x.intoArray(c, c3);
        s3y.intoArray(c, c3 + LANES);
        s3z.intoArray(c, c3 + 2 * LANES);
        s4x.intoArray(c, c4);
        s4y.intoArray(c, c4 + LANES);
        s4z.intoArray(c, c4 + 2 * LANES);
        s5x.intoArray(c, c5);
        s5y.intoArray(c, c5 + LANES);
        s5z.intoArray(c, c5 + 2 * LANES);
    }
}
