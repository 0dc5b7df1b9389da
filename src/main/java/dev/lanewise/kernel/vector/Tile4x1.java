package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.PANEL_ROW_BYTES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** 4 rows by 1 vector of C from a packed strip and a packed panel; the contract is in {@link Tiles}. */
final class Tile4x1 {

    private Tile4x1() {}

    static void run(int k, float[] a, MemorySegment b, long bo, boolean fresh, float[] c, int co, int cRow, int last) {
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
        for (int p = 0; p < k; p++) {
            long bp = bo + (long) p * PANEL_ROW_BYTES;
            FloatVector bx = FloatVector.fromMemorySegment(SPECIES, b, bp, ByteOrder.nativeOrder());
            FloatVector f0 = FloatVector.broadcast(SPECIES, a[p]);
            s0x = f0.fma(bx, s0x);
            FloatVector f1 = FloatVector.broadcast(SPECIES, a[p + STRIP_ROW]);
            s1x = f1.fma(bx, s1x);
            FloatVector f2 = FloatVector.broadcast(SPECIES, a[p + 2 * STRIP_ROW]);
            s2x = f2.fma(bx, s2x);
            FloatVector f3 = FloatVector.broadcast(SPECIES, a[p + 3 * STRIP_ROW]);
            s3x = f3.fma(bx, s3x);
        }
        s0x.intoArray(c, co);
        s1x.intoArray(c, c1);
        s2x.intoArray(c, c2);
        s3x.intoArray(c, c3);
    }
}
