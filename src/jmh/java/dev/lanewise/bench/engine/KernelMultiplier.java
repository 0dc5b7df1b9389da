package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import dev.lanewise.kernel.GemmKernels;
import dev.lanewise.kernel.Kernels;

/** The kernel contract itself, as the arrays call it, for one product; the arrays for a batch. */
record KernelMultiplier(GemmKernels kernels) implements Multiplier {

    @Override
    public String version() {
        return kernels == Kernels.GEMM ? Kernels.describe() : "scalar kernels";
    }

    @Override
    public Call prepare(Product p) {
        if (p.batch() > 1) {
            p.requirePlain();
            if (kernels != Kernels.GEMM) {
                throw new IllegalArgumentException(
                        "batches are measured on the arrays, which use " + Kernels.describe());
            }
            FloatArray a = FloatArray.of(p.a(), p.batch(), p.m(), p.k());
            FloatArray b = FloatArray.of(p.b(), p.batch(), p.k(), p.n());
            return new LanewiseCall(() -> a.matmul(b));
        }
        return new KernelCall(kernels, p, new float[p.outputs()]);
    }

    private record KernelCall(GemmKernels kernels, Product p, float[] c) implements Call {

        @Override
        public Object run() {
            int aRow = p.transposedA() ? 1 : p.k();
            int aColumn = p.transposedA() ? p.m() : 1;
            int bRow = p.transposedB() ? 1 : p.n();
            int bColumn = p.transposedB() ? p.k() : 1;
            int n = p.n();
            kernels.gemm(p.m(), n, p.k(), 1, p.a(), 0, aRow, aColumn, p.b(), 0, bRow, bColumn, 0, c, 0, n);
            return c;
        }

        @Override
        public float[] result() {
            return c.clone();
        }
    }
}
