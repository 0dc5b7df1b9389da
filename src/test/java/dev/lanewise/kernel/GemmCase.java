package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;

/**
 * One matrix product, or a batch, with its data and its check: bit by bit against the chain of fused multiply-adds, or the
 * dot, that the contract states, and against a sum in double precision within the bound that it states. What lies around and
 * between the
 * rows of C must stay as it was.
 */
record GemmCase(int batch, int m, int n, int k, Layout a, Layout b, float alpha, float beta, int gap, long seed) {

    /**
     * How an operand lies in its array.
     *
     * @param transposed columns are contiguous instead of rows
     * @param step distance of neighbours: 1, more for a slice, negative for a reversed view
     * @param gap elements between one row (or column) and the next
     * @param rows whether all rows are one and the same (stride 0)
     * @param columns whether all columns are one and the same
     * @param shared whether all products of a batch share the operand
     */
    record Layout(boolean transposed, int step, int gap, boolean rows, boolean columns, boolean shared) {

        static final Layout PLAIN = new Layout(false, 1, 0, false, false, false);
        static final Layout TRANSPOSED = new Layout(true, 1, 0, false, false, false);

        Layout step(int newStep) {
            return new Layout(transposed, newStep, gap, rows, columns, shared);
        }

        Layout sharedByAll() {
            return new Layout(transposed, step, gap, rows, columns, true);
        }

        private int rowStride(int width) {
            return rows ? 0 : transposed ? step : lineStride(width);
        }

        private int columnStride(int height) {
            return columns ? 0 : transposed ? lineStride(height) : step;
        }

        private int lineStride(int length) {
            return (length + gap) * Math.abs(step);
        }
    }

    private static final float GUARD = -1234.5f;

    /** Where C starts in its array. */
    private static final int CO = 7;

    static GemmCase of(int m, int n, int k) {
        return new GemmCase(1, m, n, k, Layout.PLAIN, Layout.PLAIN, 1, 0, 0, 1);
    }

    GemmCase layouts(Layout newA, Layout newB) {
        return new GemmCase(batch, m, n, k, newA, newB, alpha, beta, gap, seed);
    }

    GemmCase factors(float newAlpha, float newBeta) {
        return new GemmCase(batch, m, n, k, a, b, newAlpha, newBeta, gap, seed);
    }

    GemmCase batch(int newBatch) {
        return new GemmCase(newBatch, m, n, k, a, b, alpha, beta, gap, seed);
    }

    /** An operand in its array: where it starts, its strides. */
    private static final class Operand {

        final float[] data;
        final int offset;
        final int batch;
        final int row;
        final int column;

        Operand(Layout layout, int products, int height, int width, Random random) {
            row = layout.rowStride(width);
            column = layout.columnStride(height);
            int rowExtent = Math.max(0, height - 1) * Math.abs(row);
            int columnExtent = Math.max(0, width - 1) * Math.abs(column);
            batch = layout.shared ? 0 : rowExtent + columnExtent + 3;
            offset = 3 + (row < 0 ? rowExtent : 0) + (column < 0 ? columnExtent : 0);
            data = new float[3 + rowExtent + columnExtent + 1 + batch * Math.max(0, products - 1)];
            for (int i = 0; i < data.length; i++) {
                data[i] = random.nextFloat() - 0.5f;
            }
        }

        float at(int i, int r, int c) {
            return data[offset + i * batch + r * row + c * column];
        }
    }

    /** Runs the case and fails with its description unless everything is as the contract says. */
    void check(GemmKernels kernels) {
        Random random = new Random(seed);
        Operand left = new Operand(a, batch, m, k, random);
        Operand right = new Operand(b, batch, k, n, random);
        int cRow = n + gap;
        int cBatch = m * cRow + gap;
        int co = CO;
        float[] c = new float[co + batch * cBatch + 7];
        Arrays.fill(c, GUARD);
        float[] before = c.clone();
        for (int i = 0; i < batch; i++) {
            for (int r = 0; r < m; r++) {
                for (int j = 0; j < n; j++) {
                    int at = co + i * cBatch + r * cRow + j;
                    c[at] = beta == 0 ? Float.NaN : random.nextFloat() - 0.5f;
                    before[at] = beta == 0 ? 0 : c[at];
                }
            }
        }
        run(kernels, left, right, c, co, cBatch, cRow);
        float[] expected = before.clone();
        for (int i = 0; i < batch; i++) {
            for (int r = 0; r < m; r++) {
                for (int j = 0; j < n; j++) {
                    int at = co + i * cBatch + r * cRow + j;
                    expected[at] = expected(left, right, i, r, j, before[at]);
                    checkBound(left, right, i, r, j, before[at], c[at]);
                }
            }
        }
        int different = Arrays.mismatch(c, expected);
        if (different >= 0) {
            fail("%s: element %d of C's array is %s, not %s"
                    .formatted(this, different - co, c[different], expected[different]));
        }
        if (batch == 1) {
            checkPacked(kernels, left, right, before, expected);
            checkEpilogue(kernels, left, right, before, expected);
        }
    }

    /** The same bits by a packed B, also of another m, since one is packed for many. */
    private void checkPacked(GemmKernels kernels, Operand left, Operand right, float[] before, float[] expected) {
        if (n == 1) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> kernels.pack(n, k, right.data, right.offset, right.row, right.column));
            return;
        }
        GemmKernels.Packed packed = kernels.pack(n, k, right.data, right.offset, right.row, right.column);
        int cRow = n + gap;
        for (int rows : new int[] {m, m / 2}) {
            float[] c = before.clone();
            if (beta == 0) {
                for (int r = 0; r < rows; r++) {
                    Arrays.fill(c, CO + r * cRow, CO + r * cRow + n, Float.NaN);
                }
            }
            boolean[] done = new boolean[rows * n];
            kernels.gemm(
                    rows,
                    alpha,
                    left.data,
                    left.offset,
                    left.row,
                    left.column,
                    packed,
                    beta,
                    c,
                    CO,
                    cRow,
                    (row, column, height, width) -> {
                        for (int r = row; r < row + height; r++) {
                            for (int j = column; j < column + width; j++) {
                                int at = CO + r * cRow + j;
                                if (done[r * n + j] || Float.compare(c[at], expected[at]) != 0) {
                                    fail("%s, packed: element %d, %d is called final twice, or as %s, not %s"
                                            .formatted(this, r, j, c[at], expected[at]));
                                }
                                done[r * n + j] = true;
                            }
                        }
                    });
            float[] wanted = before.clone();
            for (int r = 0; r < rows; r++) {
                System.arraycopy(expected, CO + r * cRow, wanted, CO + r * cRow, n);
            }
            int different = Arrays.mismatch(c, wanted);
            if (different >= 0) {
                fail("%s, packed, %d rows: element %d of C's array is %s, not %s"
                        .formatted(this, rows, different - CO, c[different], wanted[different]));
            }
            for (boolean each : done) {
                if (!each) {
                    fail("%s, packed, %d rows: an element is never called final".formatted(this, rows));
                }
            }
        }
    }

    /** The epilogue adds the number of its column to every element: once, and when nothing else is still to come. */
    private void checkEpilogue(GemmKernels kernels, Operand left, Operand right, float[] before, float[] expected) {
        int cRow = n + gap;
        float[] c = before.clone();
        kernels.gemm(
                m,
                n,
                k,
                alpha,
                left.data,
                left.offset,
                left.row,
                left.column,
                right.data,
                right.offset,
                right.row,
                right.column,
                beta,
                c,
                CO,
                cRow,
                (row, column, rows, columns) -> {
                    for (int r = row; r < row + rows; r++) {
                        for (int j = column; j < column + columns; j++) {
                            c[CO + r * cRow + j] += j + 1;
                        }
                    }
                });
        float[] wanted = expected.clone();
        for (int r = 0; r < m; r++) {
            for (int j = 0; j < n; j++) {
                wanted[CO + r * cRow + j] += j + 1;
            }
        }
        int different = Arrays.mismatch(c, wanted);
        if (different >= 0) {
            fail("%s, epilogue: element %d of C's array is %s, not %s"
                    .formatted(this, different - CO, c[different], wanted[different]));
        }
    }

    private void run(GemmKernels kernels, Operand left, Operand right, float[] c, int co, int cBatch, int cRow) {
        if (batch == 1) {
            kernels.gemm(
                    m,
                    n,
                    k,
                    alpha,
                    left.data,
                    left.offset,
                    left.row,
                    left.column,
                    right.data,
                    right.offset,
                    right.row,
                    right.column,
                    beta,
                    c,
                    co,
                    cRow);
        } else {
            kernels.gemmBatch(
                    batch,
                    m,
                    n,
                    k,
                    alpha,
                    left.data,
                    left.offset,
                    left.batch,
                    left.row,
                    left.column,
                    right.data,
                    right.offset,
                    right.batch,
                    right.row,
                    right.column,
                    beta,
                    c,
                    co,
                    cBatch,
                    cRow);
        }
    }

    /** Whether the contract wants dots: by one column, of contiguous rows of 64 elements at least. */
    private boolean ofDots(Operand left) {
        return n == 1 && k >= 64 && left.column == 1;
    }

    /** The chain of fused multiply-adds, or the dot in the order of the reductions. */
    private float expected(Operand left, Operand right, int i, int r, int j, float start) {
        if (ofDots(left)) {
            float[] row = new float[k];
            float[] column = new float[k];
            for (int p = 0; p < k; p++) {
                row[p] = left.at(i, r, p);
                column[p] = right.at(i, p, j);
            }
            float dot = Twins.SCALAR.reductions().dot(k, row, 0, column, 0);
            return beta == 0 ? alpha * dot : Math.fma(alpha, dot, beta * start);
        }
        float sum = beta == 0 ? 0 : beta * start;
        for (int p = 0; p < k; p++) {
            sum = Math.fma(alpha * left.at(i, r, p), right.at(i, p, j), sum);
        }
        return sum;
    }

    /** The error bound of the contract; the data is far from overflow and from subnormal numbers. */
    private void checkBound(Operand left, Operand right, int i, int r, int j, float start, float got) {
        double sum = (double) beta * start;
        double size = Math.abs(sum);
        for (int p = 0; p < k; p++) {
            double product = (double) alpha * left.at(i, r, p) * right.at(i, p, j);
            sum += product;
            size += Math.abs(product);
        }
        double u = Math.scalb(1.0, -24);
        double d = (ofDots(left) ? Math.min(k, 71 + Math.log(k / 4096.0) / Math.log(2)) : k) + 2;
        double bound = d * u / (1 - d * u) * size;
        if (!(Math.abs(got - sum) <= bound)) {
            fail("%s: C[%d,%d,%d] is %s, not %s within %s".formatted(this, i, r, j, got, sum, bound));
        }
    }
}
