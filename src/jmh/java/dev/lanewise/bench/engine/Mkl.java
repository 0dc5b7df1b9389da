package dev.lanewise.bench.engine;

import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** Intel's MKL, through its dispatching library. */
final class Mkl extends Cblas {

    Mkl() {
        mkl_rt.MKL_Set_Num_Threads(1);
    }

    @Override
    public String version() {
        byte[] text = new byte[256];
        mkl_rt.MKL_Get_Version_String(text, text.length);
        return new String(text, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
    }

    @Override
    void gemm(
            int order,
            int transA,
            int transB,
            int m,
            int n,
            int k,
            float alpha,
            FloatPointer a,
            int lda,
            FloatPointer b,
            int ldb,
            float beta,
            FloatPointer c,
            int ldc) {
        mkl_rt.cblas_sgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    }

    @Override
    void gemv(
            int order,
            int trans,
            int m,
            int n,
            float alpha,
            FloatPointer a,
            int lda,
            FloatPointer x,
            int incX,
            float beta,
            FloatPointer y,
            int incY) {
        mkl_rt.cblas_sgemv(order, trans, m, n, alpha, a, lda, x, incX, beta, y, incY);
    }
}
