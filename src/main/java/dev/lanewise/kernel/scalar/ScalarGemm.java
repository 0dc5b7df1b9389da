package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.GemmKernels;

/** The matrix product as plain loops. */
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
            int cRow) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum = Math.fma(a[ao + i * aRow + p * aColumn], b[bo + p * bRow + j * bColumn], sum);
                }
                int to = co + i * cRow + j;
                c[to] = beta == 0 ? alpha * sum : Math.fma(alpha, sum, beta * c[to]);
            }
        }
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
