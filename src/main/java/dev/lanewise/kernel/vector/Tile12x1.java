package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.PANEL_ROW_BYTES;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.STRIP_ROW;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** 12 rows by 1 vector of C from a packed strip and a packed panel; the contract is in {@link Tiles}. */
final class Tile12x1 {

    private Tile12x1() {}

    static void run(int k, float[] a, MemorySegment b, long bo, boolean fresh, float[] c, int co, int cRow, int last) {
        int c1 = co + (last < 1 ? 0 : cRow);
        int c2 = c1 + (last < 2 ? 0 : cRow);
        int c3 = c2 + (last < 3 ? 0 : cRow);
        int c4 = c3 + (last < 4 ? 0 : cRow);
        int c5 = c4 + (last < 5 ? 0 : cRow);
        int c6 = c5 + (last < 6 ? 0 : cRow);
        int c7 = c6 + (last < 7 ? 0 : cRow);
        int c8 = c7 + (last < 8 ? 0 : cRow);
        int c9 = c8 + (last < 9 ? 0 : cRow);
        int c10 = c9 + (last < 10 ? 0 : cRow);
        int c11 = c10 + (last < 11 ? 0 : cRow);
        FloatVector s0x = FloatVector.zero(SPECIES);
        FloatVector s1x = FloatVector.zero(SPECIES);
        FloatVector s2x = FloatVector.zero(SPECIES);
        FloatVector s3x = FloatVector.zero(SPECIES);
        FloatVector s4x = FloatVector.zero(SPECIES);
        FloatVector s5x = FloatVector.zero(SPECIES);
        FloatVector s6x = FloatVector.zero(SPECIES);
        FloatVector s7x = FloatVector.zero(SPECIES);
        FloatVector s8x = FloatVector.zero(SPECIES);
        FloatVector s9x = FloatVector.zero(SPECIES);
        FloatVector s10x = FloatVector.zero(SPECIES);
        FloatVector s11x = FloatVector.zero(SPECIES);
        if (!fresh) {
            s0x = FloatVector.fromArray(SPECIES, c, co);
            s1x = FloatVector.fromArray(SPECIES, c, c1);
            s2x = FloatVector.fromArray(SPECIES, c, c2);
            s3x = FloatVector.fromArray(SPECIES, c, c3);
            s4x = FloatVector.fromArray(SPECIES, c, c4);
            s5x = FloatVector.fromArray(SPECIES, c, c5);
            s6x = FloatVector.fromArray(SPECIES, c, c6);
            s7x = FloatVector.fromArray(SPECIES, c, c7);
            s8x = FloatVector.fromArray(SPECIES, c, c8);
            s9x = FloatVector.fromArray(SPECIES, c, c9);
            s10x = FloatVector.fromArray(SPECIES, c, c10);
            s11x = FloatVector.fromArray(SPECIES, c, c11);
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
            FloatVector f4 = FloatVector.broadcast(SPECIES, a[p + 4 * STRIP_ROW]);
            s4x = f4.fma(bx, s4x);
            FloatVector f5 = FloatVector.broadcast(SPECIES, a[p + 5 * STRIP_ROW]);
            s5x = f5.fma(bx, s5x);
            FloatVector f6 = FloatVector.broadcast(SPECIES, a[p + 6 * STRIP_ROW]);
            s6x = f6.fma(bx, s6x);
            FloatVector f7 = FloatVector.broadcast(SPECIES, a[p + 7 * STRIP_ROW]);
            s7x = f7.fma(bx, s7x);
            FloatVector f8 = FloatVector.broadcast(SPECIES, a[p + 8 * STRIP_ROW]);
            s8x = f8.fma(bx, s8x);
            FloatVector f9 = FloatVector.broadcast(SPECIES, a[p + 9 * STRIP_ROW]);
            s9x = f9.fma(bx, s9x);
            FloatVector f10 = FloatVector.broadcast(SPECIES, a[p + 10 * STRIP_ROW]);
            s10x = f10.fma(bx, s10x);
            FloatVector f11 = FloatVector.broadcast(SPECIES, a[p + 11 * STRIP_ROW]);
            s11x = f11.fma(bx, s11x);
        }
        s0x.intoArray(c, co);
        s1x.intoArray(c, c1);
        s2x.intoArray(c, c2);
        s3x.intoArray(c, c3);
        s4x.intoArray(c, c4);
        s5x.intoArray(c, c5);
        s6x.intoArray(c, c6);
        s7x.intoArray(c, c7);
        s8x.intoArray(c, c8);
        s9x.intoArray(c, c9);
        s10x.intoArray(c, c10);
        s11x.intoArray(c, c11);
    }
}
