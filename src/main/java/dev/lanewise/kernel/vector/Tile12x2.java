package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.PANEL_ROW_BYTES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;
import static dev.lanewise.kernel.vector.Tiles.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** 12 rows by 2 vectors of C from a packed strip and a packed panel; the contract is in {@link Tiles}. */
final class Tile12x2 {

    private Tile12x2() {}

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
        int i8 = Math.min(8, last);
        int i9 = Math.min(9, last);
        int i10 = Math.min(10, last);
        int i11 = Math.min(11, last);
        FloatVector s0x = FloatVector.fromArray(SPECIES, z, zo);
        FloatVector s0y = FloatVector.fromArray(SPECIES, z, zo + LANES);
        FloatVector s1x = FloatVector.fromArray(SPECIES, z, zo + i1 * zRow);
        FloatVector s1y = FloatVector.fromArray(SPECIES, z, zo + i1 * zRow + LANES);
        FloatVector s2x = FloatVector.fromArray(SPECIES, z, zo + i2 * zRow);
        FloatVector s2y = FloatVector.fromArray(SPECIES, z, zo + i2 * zRow + LANES);
        FloatVector s3x = FloatVector.fromArray(SPECIES, z, zo + i3 * zRow);
        FloatVector s3y = FloatVector.fromArray(SPECIES, z, zo + i3 * zRow + LANES);
        FloatVector s4x = FloatVector.fromArray(SPECIES, z, zo + i4 * zRow);
        FloatVector s4y = FloatVector.fromArray(SPECIES, z, zo + i4 * zRow + LANES);
        FloatVector s5x = FloatVector.fromArray(SPECIES, z, zo + i5 * zRow);
        FloatVector s5y = FloatVector.fromArray(SPECIES, z, zo + i5 * zRow + LANES);
        FloatVector s6x = FloatVector.fromArray(SPECIES, z, zo + i6 * zRow);
        FloatVector s6y = FloatVector.fromArray(SPECIES, z, zo + i6 * zRow + LANES);
        FloatVector s7x = FloatVector.fromArray(SPECIES, z, zo + i7 * zRow);
        FloatVector s7y = FloatVector.fromArray(SPECIES, z, zo + i7 * zRow + LANES);
        FloatVector s8x = FloatVector.fromArray(SPECIES, z, zo + i8 * zRow);
        FloatVector s8y = FloatVector.fromArray(SPECIES, z, zo + i8 * zRow + LANES);
        FloatVector s9x = FloatVector.fromArray(SPECIES, z, zo + i9 * zRow);
        FloatVector s9y = FloatVector.fromArray(SPECIES, z, zo + i9 * zRow + LANES);
        FloatVector s10x = FloatVector.fromArray(SPECIES, z, zo + i10 * zRow);
        FloatVector s10y = FloatVector.fromArray(SPECIES, z, zo + i10 * zRow + LANES);
        FloatVector s11x = FloatVector.fromArray(SPECIES, z, zo + i11 * zRow);
        FloatVector s11y = FloatVector.fromArray(SPECIES, z, zo + i11 * zRow + LANES);
        for (int p = 0; p < k; p++) {
            long bp = bo + (long) p * PANEL_ROW_BYTES;
            FloatVector bx = FloatVector.fromMemorySegment(SPECIES, b, bp, ByteOrder.nativeOrder());
            FloatVector by = FloatVector.fromMemorySegment(SPECIES, b, bp + VECTOR_BYTES, ByteOrder.nativeOrder());
            FloatVector f0 = FloatVector.broadcast(SPECIES, a[p]);
            s0x = f0.fma(bx, s0x);
            s0y = f0.fma(by, s0y);
            FloatVector f1 = FloatVector.broadcast(SPECIES, a[p + STRIP_ROW]);
            s1x = f1.fma(bx, s1x);
            s1y = f1.fma(by, s1y);
            FloatVector f2 = FloatVector.broadcast(SPECIES, a[p + 2 * STRIP_ROW]);
            s2x = f2.fma(bx, s2x);
            s2y = f2.fma(by, s2y);
            FloatVector f3 = FloatVector.broadcast(SPECIES, a[p + 3 * STRIP_ROW]);
            s3x = f3.fma(bx, s3x);
            s3y = f3.fma(by, s3y);
            FloatVector f4 = FloatVector.broadcast(SPECIES, a[p + 4 * STRIP_ROW]);
            s4x = f4.fma(bx, s4x);
            s4y = f4.fma(by, s4y);
            FloatVector f5 = FloatVector.broadcast(SPECIES, a[p + 5 * STRIP_ROW]);
            s5x = f5.fma(bx, s5x);
            s5y = f5.fma(by, s5y);
            FloatVector f6 = FloatVector.broadcast(SPECIES, a[p + 6 * STRIP_ROW]);
            s6x = f6.fma(bx, s6x);
            s6y = f6.fma(by, s6y);
            FloatVector f7 = FloatVector.broadcast(SPECIES, a[p + 7 * STRIP_ROW]);
            s7x = f7.fma(bx, s7x);
            s7y = f7.fma(by, s7y);
            FloatVector f8 = FloatVector.broadcast(SPECIES, a[p + 8 * STRIP_ROW]);
            s8x = f8.fma(bx, s8x);
            s8y = f8.fma(by, s8y);
            FloatVector f9 = FloatVector.broadcast(SPECIES, a[p + 9 * STRIP_ROW]);
            s9x = f9.fma(bx, s9x);
            s9y = f9.fma(by, s9y);
            FloatVector f10 = FloatVector.broadcast(SPECIES, a[p + 10 * STRIP_ROW]);
            s10x = f10.fma(bx, s10x);
            s10y = f10.fma(by, s10y);
            FloatVector f11 = FloatVector.broadcast(SPECIES, a[p + 11 * STRIP_ROW]);
            s11x = f11.fma(bx, s11x);
            s11y = f11.fma(by, s11y);
        }
        s0x.intoArray(c, co);
        s0y.intoArray(c, co + LANES);
        s1x.intoArray(c, co + i1 * cRow);
        s1y.intoArray(c, co + i1 * cRow + LANES);
        s2x.intoArray(c, co + i2 * cRow);
        s2y.intoArray(c, co + i2 * cRow + LANES);
        s3x.intoArray(c, co + i3 * cRow);
        s3y.intoArray(c, co + i3 * cRow + LANES);
        s4x.intoArray(c, co + i4 * cRow);
        s4y.intoArray(c, co + i4 * cRow + LANES);
        s5x.intoArray(c, co + i5 * cRow);
        s5y.intoArray(c, co + i5 * cRow + LANES);
        s6x.intoArray(c, co + i6 * cRow);
        s6y.intoArray(c, co + i6 * cRow + LANES);
        s7x.intoArray(c, co + i7 * cRow);
        s7y.intoArray(c, co + i7 * cRow + LANES);
        s8x.intoArray(c, co + i8 * cRow);
        s8y.intoArray(c, co + i8 * cRow + LANES);
        s9x.intoArray(c, co + i9 * cRow);
        s9y.intoArray(c, co + i9 * cRow + LANES);
        s10x.intoArray(c, co + i10 * cRow);
        s10y.intoArray(c, co + i10 * cRow + LANES);
        s11x.intoArray(c, co + i11 * cRow);
        s11y.intoArray(c, co + i11 * cRow + LANES);
    }
}
