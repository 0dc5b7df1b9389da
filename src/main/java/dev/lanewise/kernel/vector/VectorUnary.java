package dev.lanewise.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops that make one number from one, by one arithmetic operation. Each {@code …Run} takes at least a vector. */
final class VectorUnary {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorUnary() {}

    static void neg(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            negRun(n, x, xo, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = -x[xo + i];
        }
    }

    private static void negRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.neg().intoArray(y, yo + i);
        }
        end.neg().intoArray(y, yo + last);
    }

    static void abs(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            absRun(n, x, xo, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.abs(x[xo + i]);
        }
    }

    private static void absRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.abs().intoArray(y, yo + i);
        }
        end.abs().intoArray(y, yo + last);
    }

    static void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            sqrtRun(n, x, xo, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) Math.sqrt(x[xo + i]);
        }
    }

    private static void sqrtRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.sqrt().intoArray(y, yo + i);
        }
        end.sqrt().intoArray(y, yo + last);
    }

    static void rsqrt(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            rsqrtRun(n, x, xo, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = 1 / (float) Math.sqrt(x[xo + i]);
        }
    }

    private static void rsqrtRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector.broadcast(S, 1).div(v.sqrt()).intoArray(y, yo + i);
        }
        FloatVector.broadcast(S, 1).div(end.sqrt()).intoArray(y, yo + last);
    }

    static void square(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            squareRun(n, x, xo, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * x[xo + i];
        }
    }

    private static void squareRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.mul(v).intoArray(y, yo + i);
        }
        end.mul(end).intoArray(y, yo + last);
    }

    static void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            reciprocalRun(n, x, xo, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = 1 / x[xo + i];
        }
    }

    private static void reciprocalRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector.broadcast(S, 1).div(v).intoArray(y, yo + i);
        }
        FloatVector.broadcast(S, 1).div(end).intoArray(y, yo + last);
    }

    static void relu(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            reluRun(n, x, xo, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = v <= 0 ? 0 : v;
        }
    }

    private static void reluRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.blend(0, v.compare(VectorOperators.LE, 0)).intoArray(y, yo + i);
        }
        end.blend(0, end.compare(VectorOperators.LE, 0)).intoArray(y, yo + last);
    }

    static void leakyRelu(int n, float[] x, int xo, float slope, float[] y, int yo) {
        if (n >= L) {
            leakyReluRun(n, x, xo, slope, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = v > 0 ? v : slope * v;
        }
    }

    private static void leakyReluRun(int n, float[] x, int xo, float slope, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0)).intoArray(y, yo + i);
        }
        end.mul(slope).blend(end, end.compare(VectorOperators.GT, 0)).intoArray(y, yo + last);
    }

    static void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        if (n >= L) {
            clampRun(n, x, xo, low, high, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            v = v < low ? low : v;
            y[yo + i] = v > high ? high : v;
        }
    }

    private static void clampRun(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v = v.blend(low, v.lt(low));
            v.blend(high, v.compare(VectorOperators.GT, high)).intoArray(y, yo + i);
        }
        end = end.blend(low, end.lt(low));
        end.blend(high, end.compare(VectorOperators.GT, high)).intoArray(y, yo + last);
    }

    /** {@code y = x * factor}, which ends a softmax. */
    static void scale(int n, float[] x, int xo, float factor, float[] y, int yo) {
        if (n >= L) {
            scaleRun(n, x, xo, factor, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * factor;
        }
    }

    private static void scaleRun(int n, float[] x, int xo, float factor, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.mul(factor).intoArray(y, yo + i);
        }
        end.mul(factor).intoArray(y, yo + last);
    }

    /** {@code y = (x - b) - c}, which ends a logarithmic softmax. */
    static void subTwice(int n, float[] x, int xo, float b, float c, float[] y, int yo) {
        if (n >= L) {
            subTwiceRun(n, x, xo, b, c, y, yo);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = (x[xo + i] - b) - c;
        }
    }

    private static void subTwiceRun(int n, float[] x, int xo, float b, float c, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            v.sub(b).sub(c).intoArray(y, yo + i);
        }
        end.sub(b).sub(c).intoArray(y, yo + last);
    }
}
