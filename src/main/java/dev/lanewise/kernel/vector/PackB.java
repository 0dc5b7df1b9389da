package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.NR;
import static dev.lanewise.kernel.vector.Tiles.PANEL_ROW_BYTES;
import static dev.lanewise.kernel.vector.Tiles.PANEL_VECTORS;
import static dev.lanewise.kernel.vector.Tiles.SPECIES;
import static dev.lanewise.kernel.vector.Tiles.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * Brings a block of B, at most {@link Tiles#KC} by {@link Tiles#NC}, into panels of {@link Tiles#NR} columns: panel after
 * panel, in each row after row, so that a micro-kernel reads its panel from end to end. What stands in columns
 * beyond the last is unspecified.
 */
final class PackB {

    /** Vectors of a row that are copied together: a loop over k that is long enough, and rows read in long runs. */
    private static final int GROUP = 8;

    private PackB() {}

    /** Into the panels from a byte on. */
    static void panels(
            int k, int n, float[] b, int bo, int bRow, int bColumn, float[] staging, MemorySegment panels, long start) {
        if (bColumn != 1) {
            for (int j = 0; j < n; j += NR) {
                rows(k, Math.min(NR, n - j), b, bo + j * bColumn, bRow, bColumn, staging, NR);
                MemorySegment.copy(staging, 0, panels, ValueLayout.JAVA_FLOAT, start + place(j, k), k * NR);
            }
            return;
        }
        int j = 0;
        for (; j + GROUP * LANES <= n; j += GROUP * LANES) {
            group(k, b, bo + j, bRow, panels, start + place(j, k));
        }
        for (; j + LANES <= n; j += LANES) {
            vector(k, b, bo + j, bRow, panels, start + place(j, k));
        }
        if (j < n) {
            partVector(k, n - j, b, bo + j, bRow, panels, start + place(j, k));
        }
    }

    /** Where in the packed block the first element of column j stands, in bytes. */
    static long place(int j, int k) {
        return (long) (j / NR) * k * PANEL_ROW_BYTES + (long) (j % NR) * Float.BYTES;
    }

    /** Where a vector of a group stands, in bytes from the first. */
    private static long vectorPlace(int vector, int k) {
        return (long) (vector / PANEL_VECTORS) * k * PANEL_ROW_BYTES + (long) (vector % PANEL_VECTORS) * VECTOR_BYTES;
    }

    private static void group(int k, float[] b, int bo, int bRow, MemorySegment panels, long to) {
        long t1 = to + vectorPlace(1, k);
        long t2 = to + vectorPlace(2, k);
        long t3 = to + vectorPlace(3, k);
        long t4 = to + vectorPlace(4, k);
        long t5 = to + vectorPlace(5, k);
        long t6 = to + vectorPlace(6, k);
        long t7 = to + vectorPlace(7, k);
        ByteOrder order = ByteOrder.nativeOrder();
        for (int p = 0; p < k; p++) {
            int from = bo + p * bRow;
            long row = (long) p * PANEL_ROW_BYTES;
            FloatVector.fromArray(SPECIES, b, from).intoMemorySegment(panels, to + row, order);
            FloatVector.fromArray(SPECIES, b, from + LANES).intoMemorySegment(panels, t1 + row, order);
            FloatVector.fromArray(SPECIES, b, from + 2 * LANES).intoMemorySegment(panels, t2 + row, order);
            FloatVector.fromArray(SPECIES, b, from + 3 * LANES).intoMemorySegment(panels, t3 + row, order);
            FloatVector.fromArray(SPECIES, b, from + 4 * LANES).intoMemorySegment(panels, t4 + row, order);
            FloatVector.fromArray(SPECIES, b, from + 5 * LANES).intoMemorySegment(panels, t5 + row, order);
            FloatVector.fromArray(SPECIES, b, from + 6 * LANES).intoMemorySegment(panels, t6 + row, order);
            FloatVector.fromArray(SPECIES, b, from + 7 * LANES).intoMemorySegment(panels, t7 + row, order);
        }
    }

    private static void vector(int k, float[] b, int bo, int bRow, MemorySegment panels, long to) {
        for (int p = 0; p < k; p++) {
            FloatVector.fromArray(SPECIES, b, bo + p * bRow)
                    .intoMemorySegment(panels, to + (long) p * PANEL_ROW_BYTES, ByteOrder.nativeOrder());
        }
    }

    /**
     * Fewer columns than a vector has. Not by masked vectors: a product meets this loop so seldom that it would make garbage, a
     * box a row, for the first hundred large products.
     */
    private static void partVector(int k, int width, float[] b, int bo, int bRow, MemorySegment panels, long to) {
        for (int p = 0; p < k; p++) {
            MemorySegment.copy(
                    b, bo + p * bRow, panels, ValueLayout.JAVA_FLOAT, to + (long) p * PANEL_ROW_BYTES, width);
        }
    }

    /**
     * Brings a block of B in any layout into contiguous rows that are {@code toRow} apart, a multiple of
     * {@link Transpose#SIDE}. What stands behind the last column is unspecified.
     */
    static void rows(int k, int n, float[] b, int bo, int bRow, int bColumn, float[] to, int toRow) {
        if (bRow == 1) {
            Transpose.run(n, k, b, bo, bColumn, to, 0, toRow);
            return;
        }
        int whole = bColumn == 1 && n < LANES ? vectorRows(k, b, bo, bRow, to, toRow) : 0;
        for (int p = whole; p < k; p++) {
            stridedRow(n, b, bo + p * bRow, bColumn, to, p * toRow);
        }
    }

    /** Copies rows as one vector each, with what stands behind them, until the array ends; says how many. */
    private static int vectorRows(int k, float[] b, int bo, int bRow, float[] to, int toRow) {
        int p = 0;
        for (; p < k && bo + p * bRow + LANES <= b.length; p++) {
            FloatVector.fromArray(SPECIES, b, bo + p * bRow).intoArray(to, p * toRow);
        }
        return p;
    }

    /** Numbers that are {@code step} apart, brought together. */
    static void stridedRow(int n, float[] b, int from, int step, float[] to, int at) {
        for (int j = 0; j < n; j++) {
            to[at + j] = b[from + j * step];
        }
    }
}
