package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows by 2 vectors of C from A and B where they lie; the contract is in {@link Tiles}. */
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
            float[] z,
            int zo,
            int zRow,
            float[] c,
            int co,
            int cRow,
            int last) {
        int i1 = Math.min(1, last);
        int i2 = Math.min(2, last);
        int i3 = Math.min(3, last);
        FloatVector s0x = FloatVector.fromArray(SPECIES, z, zo);
        FloatVector s0y = FloatVector.fromArray(SPECIES, z, zo + LANES);
        FloatVector s1x = FloatVector.fromArray(SPECIES, z, zo + i1 * zRow);
        FloatVector s1y = FloatVector.fromArray(SPECIES, z, zo + i1 * zRow + LANES);
        FloatVector s2x = FloatVector.fromArray(SPECIES, z, zo + i2 * zRow);
        FloatVector s2y = FloatVector.fromArray(SPECIES, z, zo + i2 * zRow + LANES);
        FloatVector s3x = FloatVector.fromArray(SPECIES, z, zo + i3 * zRow);
        FloatVector s3y = FloatVector.fromArray(SPECIES, z, zo + i3 * zRow + LANES);
        int a1 = ao + i1 * aRow;
        int a2 = ao + i2 * aRow;
        int a3 = ao + i3 * aRow;
        for (int p = 0; p < k; p++) {
            int bp = bo + p * bRow;
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
        }
        s0x.intoArray(c, co);
        s0y.intoArray(c, co + LANES);
        s1x.intoArray(c, co + i1 * cRow);
        s1y.intoArray(c, co + i1 * cRow + LANES);
        s2x.intoArray(c, co + i2 * cRow);
        s2y.intoArray(c, co + i2 * cRow + LANES);
        s3x.intoArray(c, co + i3 * cRow);
        s3y.intoArray(c, co + i3 * cRow + LANES);
    }
}
