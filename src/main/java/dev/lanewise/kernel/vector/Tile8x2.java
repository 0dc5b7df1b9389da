package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.PANEL_ROW_BYTES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;
import static dev.lanewise.kernel.vector.Tiles.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** 8 rows by 2 vectors of C from a packed strip and a packed panel; the contract is in {@link Tiles}. */
final class Tile8x2 {

    private Tile8x2() {}

    static void run(int k, float[] a, MemorySegment b, long bo, boolean fresh, float[] c, int co, int cRow, int last) {
        int c1 = co + (last < 1 ? 0 : cRow);
        int c2 = c1 + (last < 2 ? 0 : cRow);
        int c3 = c2 + (last < 3 ? 0 : cRow);
        int c4 = c3 + (last < 4 ? 0 : cRow);
        int c5 = c4 + (last < 5 ? 0 : cRow);
        int c6 = c5 + (last < 6 ? 0 : cRow);
        int c7 = c6 + (last < 7 ? 0 : cRow);
        FloatVector s0x = FloatVector.zero(SPECIES);
        FloatVector s0y = FloatVector.zero(SPECIES);
        FloatVector s1x = FloatVector.zero(SPECIES);
        FloatVector s1y = FloatVector.zero(SPECIES);
        FloatVector s2x = FloatVector.zero(SPECIES);
        FloatVector s2y = FloatVector.zero(SPECIES);
        FloatVector s3x = FloatVector.zero(SPECIES);
        FloatVector s3y = FloatVector.zero(SPECIES);
        FloatVector s4x = FloatVector.zero(SPECIES);
        FloatVector s4y = FloatVector.zero(SPECIES);
        FloatVector s5x = FloatVector.zero(SPECIES);
        FloatVector s5y = FloatVector.zero(SPECIES);
        FloatVector s6x = FloatVector.zero(SPECIES);
        FloatVector s6y = FloatVector.zero(SPECIES);
        FloatVector s7x = FloatVector.zero(SPECIES);
        FloatVector s7y = FloatVector.zero(SPECIES);
        if (!fresh) {
            s0x = FloatVector.fromArray(SPECIES, c, co);
            s0y = FloatVector.fromArray(SPECIES, c, co + LANES);
            s1x = FloatVector.fromArray(SPECIES, c, c1);
            s1y = FloatVector.fromArray(SPECIES, c, c1 + LANES);
            s2x = FloatVector.fromArray(SPECIES, c, c2);
            s2y = FloatVector.fromArray(SPECIES, c, c2 + LANES);
            s3x = FloatVector.fromArray(SPECIES, c, c3);
            s3y = FloatVector.fromArray(SPECIES, c, c3 + LANES);
            s4x = FloatVector.fromArray(SPECIES, c, c4);
            s4y = FloatVector.fromArray(SPECIES, c, c4 + LANES);
            s5x = FloatVector.fromArray(SPECIES, c, c5);
            s5y = FloatVector.fromArray(SPECIES, c, c5 + LANES);
            s6x = FloatVector.fromArray(SPECIES, c, c6);
            s6y = FloatVector.fromArray(SPECIES, c, c6 + LANES);
            s7x = FloatVector.fromArray(SPECIES, c, c7);
            s7y = FloatVector.fromArray(SPECIES, c, c7 + LANES);
        }
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
        }
        s0x.intoArray(c, co);
        s0y.intoArray(c, co + LANES);
        s1x.intoArray(c, c1);
        s1y.intoArray(c, c1 + LANES);
        s2x.intoArray(c, c2);
        s2y.intoArray(c, c2 + LANES);
        s3x.intoArray(c, c3);
        s3y.intoArray(c, c3 + LANES);
        s4x.intoArray(c, c4);
        s4y.intoArray(c, c4 + LANES);
        s5x.intoArray(c, c5);
        s5y.intoArray(c, c5 + LANES);
        s6x.intoArray(c, c6);
        s6y.intoArray(c, c6 + LANES);
        s7x.intoArray(c, c7);
        s7y.intoArray(c, c7 + LANES);
    }
}
