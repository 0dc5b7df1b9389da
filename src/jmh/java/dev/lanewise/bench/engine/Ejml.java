package dev.lanewise.bench.engine;

import org.ejml.EjmlVersion;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML's single-threaded product of row-major matrices. */
final class Ejml implements Multiplier {

    @Override
    public String version() {
        return "EJML " + EjmlVersion.VERSION;
    }

    @Override
    public Call prepare(Product p) {
        p.requirePlain();
        FMatrixRMaj a = new FMatrixRMaj(p.m(), p.k(), true, p.a());
        FMatrixRMaj b = new FMatrixRMaj(p.k(), p.n(), true, p.b());
        return new Multiply(a, b, new FMatrixRMaj(p.m(), p.n()));
    }

    private record Multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) implements Call {

        @Override
        public Object run() {
            return CommonOps_FDRM.mult(a, b, c);
        }

        @Override
        public float[] result() {
            return c.getData().clone();
        }
    }
}
