package dev.lanewise.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes matrices: by blocks of 16 by 16 in registers where vectors have 16 lanes (four rounds in which each pair of
 * rows exchanges halves, quarters, eighths, single elements), else element by element.
 */
final class Transpose {

    /** Side of a block. */
    static final int SIDE = 16;

    static final boolean IN_REGISTERS = Tiles.LANES == SIDE;

    private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_512;

    static final IntVector LOW_8 = low(8);
    static final IntVector HIGH_8 = high(8);
    static final IntVector LOW_4 = low(4);
    static final IntVector HIGH_4 = high(4);
    static final IntVector LOW_2 = low(2);
    static final IntVector HIGH_2 = high(2);
    static final IntVector LOW_1 = low(1);
    static final IntVector HIGH_1 = high(1);

    private Transpose() {}

    /**
     * {@code y[yo + c * yRow + r] = x[xo + r * xRow + c]} for {@code r < rows} and {@code c < columns}. Numbers of rows and
     * columns are rounded up to multiples of {@link #SIDE}: {@code y} must have room for that, and what is written there
     * is unspecified.
     */
    static void run(int rows, int columns, float[] x, int xo, int xRow, float[] y, int yo, int yRow) {
        for (int r = 0; r < rows; r += SIDE) {
            for (int c = 0; c < columns; c += SIDE) {
                int from = xo + r * xRow + c;
                int to = yo + c * yRow + r;
                if (IN_REGISTERS && xRow > 0 && from + (SIDE - 1L) * xRow + SIDE <= x.length) {
                    block(x, from, xRow, y, to, yRow);
                } else {
                    elements(Math.min(SIDE, rows - r), Math.min(SIDE, columns - c), x, from, xRow, y, to, yRow);
                }
            }
        }
    }

    /** Whether an m x n matrix holds a whole block, so that {@link #blocks} is for it. */
    static boolean areBlocks(int m, int n) {
        return m >= SIDE && n >= SIDE;
    }

    /**
     * As {@link #run} of m rows and n columns, but nothing beyond is written: the last blocks overlap those before them, so
     * some numbers are written twice.
     */
    static void blocks(int m, int n, float[] x, int xo, int xRow, float[] y, int yo, int yRow) {
        for (int i = 0; i < m; i += SIDE) {
            int r = Math.min(i, m - SIDE);
            for (int j = 0; j < n; j += SIDE) {
                int c = Math.min(j, n - SIDE);
                int from = xo + r * xRow + c;
                int to = yo + c * yRow + r;
                if (IN_REGISTERS) {
                    block(x, from, xRow, y, to, yRow);
                } else {
                    elements(SIDE, SIDE, x, from, xRow, y, to, yRow);
                }
            }
        }
    }

    private static void elements(int rows, int columns, float[] x, int xo, int xRow, float[] y, int yo, int yRow) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                y[yo + c * yRow + r] = x[xo + r * xRow + c];
            }
        }
    }

    /** Lanes of two rows for the upper one of a pair {@code distance} apart: numbers from 16 on mean the second row. */
    private static IntVector low(int distance) {
        int[] lanes = new int[SIDE];
        for (int i = 0; i < SIDE; i++) {
            lanes[i] = (i & distance) == 0 ? i : i - distance + SIDE;
        }
        return IntVector.fromArray(BITS, lanes, 0);
    }

    /** The same for the lower one. */
    private static IntVector high(int distance) {
        int[] lanes = new int[SIDE];
        for (int i = 0; i < SIDE; i++) {
            lanes[i] = (i & distance) == 0 ? i + distance : i + SIDE;
        }
        return IntVector.fromArray(BITS, lanes, 0);
    }

    private static void block(float[] x, int xo, int xRow, float[] y, int yo, int yRow) {
        IntVector v0 = row(x, xo);
        IntVector v1 = row(x, xo + xRow);
        IntVector v2 = row(x, xo + 2 * xRow);
        IntVector v3 = row(x, xo + 3 * xRow);
        IntVector v4 = row(x, xo + 4 * xRow);
        IntVector v5 = row(x, xo + 5 * xRow);
        IntVector v6 = row(x, xo + 6 * xRow);
        IntVector v7 = row(x, xo + 7 * xRow);
        IntVector v8 = row(x, xo + 8 * xRow);
        IntVector v9 = row(x, xo + 9 * xRow);
        IntVector v10 = row(x, xo + 10 * xRow);
        IntVector v11 = row(x, xo + 11 * xRow);
        IntVector v12 = row(x, xo + 12 * xRow);
        IntVector v13 = row(x, xo + 13 * xRow);
        IntVector v14 = row(x, xo + 14 * xRow);
        IntVector v15 = row(x, xo + 15 * xRow);
        IntVector t;
        t = LOW_8.selectFrom(v0, v8);
        v8 = HIGH_8.selectFrom(v0, v8);
        v0 = t;
        t = LOW_8.selectFrom(v1, v9);
        v9 = HIGH_8.selectFrom(v1, v9);
        v1 = t;
        t = LOW_8.selectFrom(v2, v10);
        v10 = HIGH_8.selectFrom(v2, v10);
        v2 = t;
        t = LOW_8.selectFrom(v3, v11);
        v11 = HIGH_8.selectFrom(v3, v11);
        v3 = t;
        t = LOW_8.selectFrom(v4, v12);
        v12 = HIGH_8.selectFrom(v4, v12);
        v4 = t;
        t = LOW_8.selectFrom(v5, v13);
        v13 = HIGH_8.selectFrom(v5, v13);
        v5 = t;
        t = LOW_8.selectFrom(v6, v14);
        v14 = HIGH_8.selectFrom(v6, v14);
        v6 = t;
        t = LOW_8.selectFrom(v7, v15);
        v15 = HIGH_8.selectFrom(v7, v15);
        v7 = t;
        t = LOW_4.selectFrom(v0, v4);
        v4 = HIGH_4.selectFrom(v0, v4);
        v0 = t;
        t = LOW_4.selectFrom(v1, v5);
        v5 = HIGH_4.selectFrom(v1, v5);
        v1 = t;
        t = LOW_4.selectFrom(v2, v6);
        v6 = HIGH_4.selectFrom(v2, v6);
        v2 = t;
        t = LOW_4.selectFrom(v3, v7);
        v7 = HIGH_4.selectFrom(v3, v7);
        v3 = t;
        t = LOW_4.selectFrom(v8, v12);
        v12 = HIGH_4.selectFrom(v8, v12);
        v8 = t;
        t = LOW_4.selectFrom(v9, v13);
        v13 = HIGH_4.selectFrom(v9, v13);
        v9 = t;
        t = LOW_4.selectFrom(v10, v14);
        v14 = HIGH_4.selectFrom(v10, v14);
        v10 = t;
        t = LOW_4.selectFrom(v11, v15);
        v15 = HIGH_4.selectFrom(v11, v15);
        v11 = t;
        t = LOW_2.selectFrom(v0, v2);
        v2 = HIGH_2.selectFrom(v0, v2);
        v0 = t;
        t = LOW_2.selectFrom(v1, v3);
        v3 = HIGH_2.selectFrom(v1, v3);
        v1 = t;
        t = LOW_2.selectFrom(v4, v6);
        v6 = HIGH_2.selectFrom(v4, v6);
        v4 = t;
        t = LOW_2.selectFrom(v5, v7);
        v7 = HIGH_2.selectFrom(v5, v7);
        v5 = t;
        t = LOW_2.selectFrom(v8, v10);
        v10 = HIGH_2.selectFrom(v8, v10);
        v8 = t;
        t = LOW_2.selectFrom(v9, v11);
        v11 = HIGH_2.selectFrom(v9, v11);
        v9 = t;
        t = LOW_2.selectFrom(v12, v14);
        v14 = HIGH_2.selectFrom(v12, v14);
        v12 = t;
        t = LOW_2.selectFrom(v13, v15);
        v15 = HIGH_2.selectFrom(v13, v15);
        v13 = t;
        t = LOW_1.selectFrom(v0, v1);
        v1 = HIGH_1.selectFrom(v0, v1);
        v0 = t;
        t = LOW_1.selectFrom(v2, v3);
        v3 = HIGH_1.selectFrom(v2, v3);
        v2 = t;
        t = LOW_1.selectFrom(v4, v5);
        v5 = HIGH_1.selectFrom(v4, v5);
        v4 = t;
        t = LOW_1.selectFrom(v6, v7);
        v7 = HIGH_1.selectFrom(v6, v7);
        v6 = t;
        t = LOW_1.selectFrom(v8, v9);
        v9 = HIGH_1.selectFrom(v8, v9);
        v8 = t;
        t = LOW_1.selectFrom(v10, v11);
        v11 = HIGH_1.selectFrom(v10, v11);
        v10 = t;
        t = LOW_1.selectFrom(v12, v13);
        v13 = HIGH_1.selectFrom(v12, v13);
        v12 = t;
        t = LOW_1.selectFrom(v14, v15);
        v15 = HIGH_1.selectFrom(v14, v15);
        v14 = t;
        v0.reinterpretAsFloats().intoArray(y, yo);
        v1.reinterpretAsFloats().intoArray(y, yo + yRow);
        v2.reinterpretAsFloats().intoArray(y, yo + 2 * yRow);
        v3.reinterpretAsFloats().intoArray(y, yo + 3 * yRow);
        v4.reinterpretAsFloats().intoArray(y, yo + 4 * yRow);
        v5.reinterpretAsFloats().intoArray(y, yo + 5 * yRow);
        v6.reinterpretAsFloats().intoArray(y, yo + 6 * yRow);
        v7.reinterpretAsFloats().intoArray(y, yo + 7 * yRow);
        v8.reinterpretAsFloats().intoArray(y, yo + 8 * yRow);
        v9.reinterpretAsFloats().intoArray(y, yo + 9 * yRow);
        v10.reinterpretAsFloats().intoArray(y, yo + 10 * yRow);
        v11.reinterpretAsFloats().intoArray(y, yo + 11 * yRow);
        v12.reinterpretAsFloats().intoArray(y, yo + 12 * yRow);
        v13.reinterpretAsFloats().intoArray(y, yo + 13 * yRow);
        v14.reinterpretAsFloats().intoArray(y, yo + 14 * yRow);
        v15.reinterpretAsFloats().intoArray(y, yo + 15 * yRow);
    }

    private static IntVector row(float[] x, int at) {
        return FloatVector.fromArray(FloatVector.SPECIES_512, x, at).reinterpretAsInts();
    }
}
