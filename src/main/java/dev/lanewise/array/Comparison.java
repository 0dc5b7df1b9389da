package dev.lanewise.array;

import java.util.Arrays;

/** Arrays as values: equality by bits, and nearness of numbers. */
final class Comparison {

    private Comparison() {}

    static boolean same(FloatArray a, FloatArray b) {
        if (!a.shape().equals(b.shape())) {
            return false;
        }
        FloatArray x = Views.dense(a);
        FloatArray y = Views.dense(b);
        int n = x.size();
        return Arrays.equals(x.data("equals"), x.offset, x.offset + n, y.data("equals"), y.offset, y.offset + n);
    }

    static int hash(FloatArray a) {
        FloatArray x = Views.dense(a);
        float[] data = x.data("hashCode");
        int hash = x.shape().hashCode();
        for (int i = 0; i < x.size(); i++) {
            hash = 31 * hash + Float.floatToIntBits(data[x.offset + i]);
        }
        return hash;
    }

    static boolean closeTo(FloatArray a, FloatArray b, double rtol, double atol) {
        if (!(rtol >= 0 && atol >= 0)) {
            throw new IllegalArgumentException("closeTo: " + a.shape() + " and " + b.shape() + ": tolerances " + rtol
                    + " and " + atol + " are to be at least 0");
        }
        if (!a.shape().equals(b.shape())) {
            return false;
        }
        FloatArray x = Views.dense(a);
        FloatArray y = Views.dense(b);
        float[] xs = x.data("closeTo");
        float[] ys = y.data("closeTo");
        for (int i = 0; i < x.size(); i++) {
            if (!near(xs[x.offset + i], ys[y.offset + i], rtol, atol)) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(double x, double y, double rtol, double atol) {
        if (x == y) {
            return true;
        }
        // Without the second test an infinite y would make room for everything.
        return Math.abs(x - y) <= atol + rtol * Math.abs(y) && !Double.isInfinite(x) && !Double.isInfinite(y);
    }
}
