package dev.lanewise.bench.engine;

import dev.ludovic.netlib.blas.JavaBLAS;

/** dev.ludovic.netlib's BLAS in Java. It is column-major: row-major {@code A·B} is its {@code B·A}. */
final class Netlib implements Multiplier {

    private final JavaBLAS blas = JavaBLAS.getInstance();

    @Override
    public String version() {
        return blas.getClass().getName();
    }

    @Override
    public Call prepare(Product p) {
        p.requirePlain();
        return new Multiply(blas, p, new float[p.outputs()]);
    }

    private record Multiply(JavaBLAS blas, Product p, float[] c) implements Call {

        @Override
        public Object run() {
            int n = p.n();
            blas.sgemm("N", "N", n, p.m(), p.k(), 1, p.b(), n, p.a(), p.k(), 0, c, n);
            return c;
        }

        @Override
        public float[] result() {
            return c.clone();
        }
    }
}
