package dev.lanewise.kernel.scalar;

import static dev.lanewise.kernel.ReductionKernels.PARTIALS;

import dev.lanewise.kernel.GemmKernels;
import java.util.Arrays;

/**
 * The matrix product as plain loops, in the order that suits the rows of B: for every row of A, rows of B are added to a
 * row of C.
 */
public final class ScalarGemm implements GemmKernels {

    /** Stateless. */
    public ScalarGemm() {}

    @Override
    public void gemm(
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bRow,
            int bColumn,
            float beta,
            float[] c,
            int co,
            int cRow,
            Epilogue epilogue) {
        if (GemmKernels.isOfDots(n, k, aColumn)) {
            dots(m, k, alpha, a, ao, aRow, b, bo, bRow, beta, c, co, cRow);
        } else {
            chains(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, cRow);
        }
        if (m > 0 && n > 0) {
            epilogue.block(0, 0, m, n);
        }
    }

    private static void chains(
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bRow,
            int bColumn,
            float beta,
            float[] c,
            int co,
            int cRow) {
        for (int i = 0; i < m; i++) {
            int ci = co + i * cRow;
            int ai = ao + i * aRow;
            start(n, beta, c, ci);
            if (bColumn == 1) {
                addRows(n, k, alpha, a, ai, aColumn, b, bo, bRow, c, ci);
            } else {
                for (int j = 0; j < n; j++) {
                    c[ci + j] = chain(k, alpha, a, ai, aColumn, b, bo + j * bColumn, bRow, c[ci + j]);
                }
            }
        }
    }

    /** A dense copy. */
    private static final class Rows implements Packed {

        private final int n;
        private final int k;
        private final float[] b;

        Rows(int n, int k, float[] b) {
            this.n = n;
            this.k = k;
            this.b = b;
        }

        @Override
        public int n() {
            return n;
        }

        @Override
        public int k() {
            return k;
        }
    }

    /** Never: rows are read where they lie. */
    @Override
    public boolean gainsFromPacking(int m, int n, int k) {
        return false;
    }

    @Override
    public Packed pack(int n, int k, float[] b, int bo, int bRow, int bColumn) {
        GemmKernels.requireNoColumn(n);
        float[] rows = new float[Math.multiplyExact(k, n)];
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                rows[p * n + j] = b[bo + p * bRow + j * bColumn];
            }
        }
        return new Rows(n, k, rows);
    }

    @Override
    public void gemm(
            int m,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            Packed b,
            float beta,
            float[] c,
            int co,
            int cRow,
            Epilogue epilogue) {
        Rows rows = (Rows) b;
        int n = rows.n;
        gemm(m, n, rows.k, alpha, a, ao, aRow, aColumn, rows.b, 0, n, 1, beta, c, co, cRow, epilogue);
    }

    /** B is one column, rows of A are contiguous. */
    private static void dots(
            int m,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            float beta,
            float[] c,
            int co,
            int cRow) {
        float[] column = b;
        int start = bo;
        if (bRow != 1) {
            column = new float[k];
            start = 0;
            for (int p = 0; p < k; p++) {
                column[p] = b[bo + p * bRow];
            }
        }
        float[] partials = new float[PARTIALS];
        for (int i = 0; i < m; i++) {
            float dot = ScalarSums.dot(k, a, ao + i * aRow, column, start, partials);
            int at = co + i * cRow;
            c[at] = beta == 0 ? alpha * dot : Math.fma(alpha, dot, beta * c[at]);
        }
    }

    /** What the sums of a row of C start from. */
    private static void start(int n, float beta, float[] c, int co) {
        if (beta == 0) {
            Arrays.fill(c, co, co + n, 0);
        } else if (beta != 1) {
            for (int j = 0; j < n; j++) {
                c[co + j] *= beta;
            }
        }
    }

    /** Adds multiples of the rows of B to a row of C, four at a time so that C is read and written a quarter as often. */
    private static void addRows(
            int n, int k, float alpha, float[] a, int ao, int aColumn, float[] b, int bo, int bRow, float[] c, int co) {
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            int ap = ao + p * aColumn;
            float a0 = alpha * a[ap];
            float a1 = alpha * a[ap + aColumn];
            float a2 = alpha * a[ap + 2 * aColumn];
            float a3 = alpha * a[ap + 3 * aColumn];
            int b0 = bo + p * bRow;
            int b1 = b0 + bRow;
            int b2 = b1 + bRow;
            int b3 = b2 + bRow;
            for (int j = 0; j < n; j++) {
                float sum = Math.fma(a0, b[b0 + j], c[co + j]);
                sum = Math.fma(a1, b[b1 + j], sum);
                sum = Math.fma(a2, b[b2 + j], sum);
                c[co + j] = Math.fma(a3, b[b3 + j], sum);
            }
        }
        for (; p < k; p++) {
            float a0 = alpha * a[ao + p * aColumn];
            int b0 = bo + p * bRow;
            for (int j = 0; j < n; j++) {
                c[co + j] = Math.fma(a0, b[b0 + j], c[co + j]);
            }
        }
    }

    /** One element of C, for a B whose rows are not contiguous. */
    private static float chain(
            int k, float alpha, float[] a, int ao, int aColumn, float[] b, int bo, int bRow, float start) {
        float sum = start;
        for (int p = 0; p < k; p++) {
            sum = Math.fma(alpha * a[ao + p * aColumn], b[bo + p * bRow], sum);
        }
        return sum;
    }

    @Override
    public void gemmBatch(
            int batch,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aBatch,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bBatch,
            int bRow,
            int bColumn,
            float beta,
            float[] c,
            int co,
            int cBatch,
            int cRow) {
        for (int i = 0; i < batch; i++) {
            gemm(
                    m,
                    n,
                    k,
                    alpha,
                    a,
                    ao + i * aBatch,
                    aRow,
                    aColumn,
                    b,
                    bo + i * bBatch,
                    bRow,
                    bColumn,
                    beta,
                    c,
                    co + i * cBatch,
                    cRow);
        }
    }
}
