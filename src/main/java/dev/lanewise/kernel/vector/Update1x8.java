package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Adds products with 8 rows of B to 1 row of C, which pass by in vectors; the contract is in {@link Updates}. */
final class Update1x8 {

    private Update1x8() {}

    static void run(int n, float[] a, float[] b, int bo, int bRow, boolean fresh, float[] c, int co) {
        FloatVector a0x = FloatVector.broadcast(SPECIES, a[0]);
        FloatVector a0y = FloatVector.broadcast(SPECIES, a[1]);
        FloatVector a0z = FloatVector.broadcast(SPECIES, a[2]);
        FloatVector a0w = FloatVector.broadcast(SPECIES, a[3]);
        FloatVector a0t = FloatVector.broadcast(SPECIES, a[4]);
        FloatVector a0u = FloatVector.broadcast(SPECIES, a[5]);
        FloatVector a0v = FloatVector.broadcast(SPECIES, a[6]);
        FloatVector a0s = FloatVector.broadcast(SPECIES, a[7]);
        int b1 = bo + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        int b4 = b3 + bRow;
        int b5 = b4 + bRow;
        int b6 = b5 + bRow;
        int b7 = b6 + bRow;
        for (int j = 0; j <= n - LANES; j += LANES) {
            FloatVector bx = FloatVector.fromArray(SPECIES, b, bo + j);
            FloatVector by = FloatVector.fromArray(SPECIES, b, b1 + j);
            FloatVector bz = FloatVector.fromArray(SPECIES, b, b2 + j);
            FloatVector bw = FloatVector.fromArray(SPECIES, b, b3 + j);
            FloatVector bt = FloatVector.fromArray(SPECIES, b, b4 + j);
            FloatVector bu = FloatVector.fromArray(SPECIES, b, b5 + j);
            FloatVector bv = FloatVector.fromArray(SPECIES, b, b6 + j);
            FloatVector bs = FloatVector.fromArray(SPECIES, b, b7 + j);
            FloatVector s0 = fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, co + j);
            s0 = a0x.fma(bx, s0);
            s0 = a0y.fma(by, s0);
            s0 = a0z.fma(bz, s0);
            s0 = a0w.fma(bw, s0);
            s0 = a0t.fma(bt, s0);
            s0 = a0u.fma(bu, s0);
            s0 = a0v.fma(bv, s0);
            s0 = a0s.fma(bs, s0);
            s0.intoArray(c, co + j);
        }
    }
}
