package dev.lanewise.array;

/**
 * How the matrices of a batch, each of {@code m x n} elements, are cut into parts for several threads: between matrices, rows and
 * columns. The inner dimension is never cut, and no part is one column of several, whose bits might be others
 * ({@link dev.lanewise.kernel.GemmKernels#isOfDots}).
 *
 * <p>A product packs its right operand once. Between rows each part packs it again, so there are few and large ones;
 * between columns the left operand is packed again, which costs less, but threads meet in the cache lines of the result.
 */
final class Split {

    /** Parts for each thread where they cost nothing: they even out what one thread loses to other programs. */
    private static final int PARTS_PER_THREAD = 4;

    /** Rows that are enough for packing not to count (1 to 2 % of a product): parts of so many may be more than threads. */
    private static final int MANY_ROWS = 256;

    /** Rows from which on a part is as fast as one of whole columns (measured at 1024 columns: 0.95 at 64, 1 at 128). */
    private static final int ROWS = 128;

    private static final int COLUMNS = 128;

    /** Pieces are made smaller than that, down to these, only so that every thread has one. */
    private static final int LEAST_ROWS = 12;

    /** Rows and columns are cut at multiples of these: of the height of the lowest register tile, and of a panel's width. */
    private static final int ROW_UNIT = 4;

    private static final int COLUMN_UNIT = 32;

    final int parts;

    private final int count;
    private final int m;
    private final int n;
    private final int batches;
    private final int rows;
    private final int columns;

    Split(int count, int m, int n, int threads) {
        this.count = count;
        this.m = m;
        this.n = n;
        this.batches = threads == 1 ? 1 : Math.min(count, threads * PARTS_PER_THREAD);
        int pieces = threads == 1 ? 1 : pieces(threads);
        int r = Math.min(pieces, Math.max(1, m / ROWS));
        int c = Math.min(ratio(pieces, r), Math.max(1, n / COLUMNS));
        if (r * c < pieces) {
            r = Math.min(ratio(pieces, c), Math.max(1, m / LEAST_ROWS));
            c = Math.min(ratio(pieces, r), Math.max(1, n / COLUMN_UNIT));
        }
        this.rows = r;
        this.columns = c;
        this.parts = batches * rows * columns;
    }

    /** Into how many pieces each matrix is cut. */
    private int pieces(int threads) {
        if (count == 1) {
            return threads * Math.clamp(m / (MANY_ROWS * threads), 1, PARTS_PER_THREAD);
        }
        // No more than make an equal share for each thread.
        int pieces = 1;
        while (batches * pieces < threads * PARTS_PER_THREAD && batches * pieces % threads != 0) {
            pieces++;
        }
        return pieces;
    }

    private static int ratio(int a, int b) {
        return Math.ceilDiv(a, b); // which, unlike (a + b - 1) / b, does not overflow
    }

    /** The first matrix of a part; the part after the last gives the end, here and below. */
    int matrix(int part) {
        return cut(part / (rows * columns), batches, count, 1);
    }

    int matrixEnd(int part) {
        return cut(part / (rows * columns) + 1, batches, count, 1);
    }

    int row(int part) {
        return cut(part / columns % rows, rows, m, ROW_UNIT);
    }

    int rowEnd(int part) {
        return cut(part / columns % rows + 1, rows, m, ROW_UNIT);
    }

    int column(int part) {
        return cut(part % columns, columns, n, COLUMN_UNIT);
    }

    int columnEnd(int part) {
        return cut(part % columns + 1, columns, n, COLUMN_UNIT);
    }

    /** Where piece {@code i} of {@code pieces} starts, which differ by one unit at most. */
    private static int cut(int i, int pieces, int length, int unit) {
        long units = ratio(length, unit);
        return (int) Math.min(length, units * i / pieces * unit);
    }
}
