package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows by 1 vector of C from A and B where they lie; the contract is in {@link Tiles}. */
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
        FloatVector s1x = FloatVector.fromArray(SPECIES, z, zo + i1 * zRow);
        FloatVector s2x = FloatVector.fromArray(SPECIES, z, zo + i2 * zRow);
        FloatVector s3x = FloatVector.fromArray(SPECIES, z, zo + i3 * zRow);
        int a1 = ao + i1 * aRow;
        int a2 = ao + i2 * aRow;
        int a3 = ao + i3 * aRow;
        for (int p = 0; p < k; p++) {
            int bp = bo + p * bRow;
            FloatVector bx = FloatVector.fromArray(SPECIES, b, bp);
            FloatVector f0 = FloatVector.broadcast(SPECIES, a[ao + p]);
            s0x = f0.fma(bx, s0x);
            FloatVector f1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
            s1x = f1.fma(bx, s1x);
            FloatVector f2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
            s2x = f2.fma(bx, s2x);
            FloatVector f3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
            s3x = f3.fma(bx, s3x);
        }
        s0x.intoArray(c, co);
        s1x.intoArray(c, co + i1 * cRow);
        s2x.intoArray(c, co + i2 * cRow);
        s3x.intoArray(c, co + i3 * cRow);
    }
}
