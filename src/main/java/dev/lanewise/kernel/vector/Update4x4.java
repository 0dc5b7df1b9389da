package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Adds products with 4 rows of B to 4 rows of C, which pass by in vectors; the contract is in {@link Updates}. */
final class Update4x4 {

    private Update4x4() {}

    static void run(
            int n, float[] a, float[] b, int bo, int bRow, boolean fresh, float[] c, int co, int cRow, int last) {
        FloatVector a0x = FloatVector.broadcast(SPECIES, a[0]);
        FloatVector a0y = FloatVector.broadcast(SPECIES, a[1]);
        FloatVector a0z = FloatVector.broadcast(SPECIES, a[2]);
        FloatVector a0w = FloatVector.broadcast(SPECIES, a[3]);
        FloatVector a1x = FloatVector.broadcast(SPECIES, a[4]);
        FloatVector a1y = FloatVector.broadcast(SPECIES, a[5]);
        FloatVector a1z = FloatVector.broadcast(SPECIES, a[6]);
        FloatVector a1w = FloatVector.broadcast(SPECIES, a[7]);
        FloatVector a2x = FloatVector.broadcast(SPECIES, a[8]);
        FloatVector a2y = FloatVector.broadcast(SPECIES, a[9]);
        FloatVector a2z = FloatVector.broadcast(SPECIES, a[10]);
        FloatVector a2w = FloatVector.broadcast(SPECIES, a[11]);
        FloatVector a3x = FloatVector.broadcast(SPECIES, a[12]);
        FloatVector a3y = FloatVector.broadcast(SPECIES, a[13]);
        FloatVector a3z = FloatVector.broadcast(SPECIES, a[14]);
        FloatVector a3w = FloatVector.broadcast(SPECIES, a[15]);
        int b1 = bo + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        int c1 = co + (last < 1 ? 0 : cRow);
        int c2 = c1 + (last < 2 ? 0 : cRow);
        int c3 = c2 + (last < 3 ? 0 : cRow);
        for (int j = 0; j <= n - LANES; j += LANES) {
            FloatVector bx = FloatVector.fromArray(SPECIES, b, bo + j);
            FloatVector by = FloatVector.fromArray(SPECIES, b, b1 + j);
            FloatVector bz = FloatVector.fromArray(SPECIES, b, b2 + j);
            FloatVector bw = FloatVector.fromArray(SPECIES, b, b3 + j);
            FloatVector s0 = fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, co + j);
            FloatVector s1 = fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, c1 + j);
            FloatVector s2 = fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, c2 + j);
            FloatVector s3 = fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, c3 + j);
            s0 = a0x.fma(bx, s0);
            s1 = a1x.fma(bx, s1);
            s2 = a2x.fma(bx, s2);
            s3 = a3x.fma(bx, s3);
            s0 = a0y.fma(by, s0);
            s1 = a1y.fma(by, s1);
            s2 = a2y.fma(by, s2);
            s3 = a3y.fma(by, s3);
            s0 = a0z.fma(bz, s0);
            s1 = a1z.fma(bz, s1);
            s2 = a2z.fma(bz, s2);
            s3 = a3z.fma(bz, s3);
            s0 = a0w.fma(bw, s0);
            s1 = a1w.fma(bw, s1);
            s2 = a2w.fma(bw, s2);
            s3 = a3w.fma(bw, s3);
            s0.intoArray(c, co + j);
            s1.intoArray(c, c1 + j);
            s2.intoArray(c, c2 + j);
            s3.intoArray(c, c3 + j);
        }
    }
}
