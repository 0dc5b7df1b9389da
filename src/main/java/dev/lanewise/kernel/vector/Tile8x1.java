package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.PANEL_ROW_BYTES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** 8 rows by 1 vector of C from a packed strip and a packed panel; the contract is in {@link Tiles}. */
final class Tile8x1 {

    private Tile8x1() {}

    static void run(
            int k,
            float[] a,
            MemorySegment b,
            long bo,
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
        int i4 = Math.min(4, last);
        int i5 = Math.min(5, last);
        int i6 = Math.min(6, last);
        int i7 = Math.min(7, last);
        FloatVector s0x = FloatVector.fromArray(SPECIES, z, zo);
        FloatVector s1x = FloatVector.fromArray(SPECIES, z, zo + i1 * zRow);
        FloatVector s2x = FloatVector.fromArray(SPECIES, z, zo + i2 * zRow);
        FloatVector s3x = FloatVector.fromArray(SPECIES, z, zo + i3 * zRow);
        FloatVector s4x = FloatVector.fromArray(SPECIES, z, zo + i4 * zRow);
        FloatVector s5x = FloatVector.fromArray(SPECIES, z, zo + i5 * zRow);
        FloatVector s6x = FloatVector.fromArray(SPECIES, z, zo + i6 * zRow);
        FloatVector s7x = FloatVector.fromArray(SPECIES, z, zo + i7 * zRow);
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
            FloatVector f4 = FloatVector.broadcast(SPECIES, a[p + 4 * STRIP_ROW]);
            s4x = f4.fma(bx, s4x);
            FloatVector f5 = FloatVector.broadcast(SPECIES, a[p + 5 * STRIP_ROW]);
            s5x = f5.fma(bx, s5x);
            FloatVector f6 = FloatVector.broadcast(SPECIES, a[p + 6 * STRIP_ROW]);
            s6x = f6.fma(bx, s6x);
            FloatVector f7 = FloatVector.broadcast(SPECIES, a[p + 7 * STRIP_ROW]);
            s7x = f7.fma(bx, s7x);
        }
        s0x.intoArray(c, co);
        s1x.intoArray(c, co + i1 * cRow);
        s2x.intoArray(c, co + i2 * cRow);
        s3x.intoArray(c, co + i3 * cRow);
        s4x.intoArray(c, co + i4 * cRow);
        s5x.intoArray(c, co + i5 * cRow);
        s6x.intoArray(c, co + i6 * cRow);
        s7x.intoArray(c, co + i7 * cRow);
    }
}
