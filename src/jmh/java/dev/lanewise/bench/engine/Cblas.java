package dev.lanewise.bench.engine;

import org.bytedeco.javacpp.FloatPointer;

/** A native BLAS through its C interface: one call through JNI, operands outside of the heap. */
abstract class Cblas implements Multiplier {

    /** Constants of the C interface. */
    private static final int ROW_MAJOR = 101;

    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    abstract void gemm(
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
            int ldc);

    abstract void gemv(
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
            int incY);

    /** A matrix times a column goes to {@code gemv}, everything else to {@code gemm}. */
    @Override
    public final Call prepare(Product p) {
        FloatPointer a = OffHeap.copyOf(p.a());
        FloatPointer b = OffHeap.copyOf(p.b());
        FloatPointer c = OffHeap.zeros(p.outputs());
        return p.n() == 1 && !p.transposedA() ? new Gemv(this, p, a, b, c) : new Gemm(this, p, a, b, c);
    }

    private record Gemm(Cblas blas, Product p, FloatPointer a, FloatPointer b, FloatPointer c) implements Call {

        @Override
        public Object run() {
            int transA = p.transposedA() ? TRANSPOSED : AS_IS;
            int transB = p.transposedB() ? TRANSPOSED : AS_IS;
            int n = p.n();
            blas.gemm(ROW_MAJOR, transA, transB, p.m(), n, p.k(), 1, a, p.lda(), b, p.ldb(), 0, c, n);
            return c;
        }

        @Override
        public float[] result() {
            return OffHeap.read(c, p.outputs());
        }
    }

    private record Gemv(Cblas blas, Product p, FloatPointer a, FloatPointer x, FloatPointer y) implements Call {

        @Override
        public Object run() {
            blas.gemv(ROW_MAJOR, AS_IS, p.m(), p.k(), 1, a, p.lda(), x, 1, 0, y, 1);
            return y;
        }

        @Override
        public float[] result() {
            return OffHeap.read(y, p.outputs());
        }
    }
}
