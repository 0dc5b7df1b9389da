package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;
import static jdk.incubator.vector.VectorOperators.*;

import dev.lanewise.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Numbers times the derivatives of activation functions, those of an exponential by the operations of {@link Elementary} lane
 * by lane. One loop serves operands of either step: in a backward pass both are runs, but for a gradient that is one number.
 */
final class VectorGradients {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorGradients() {}

    /** With {@link Elementary#geluSlope}. */
    static void geluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        geluGradientVectors(reach, a, ao, aStep, b, bo, bStep, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = b[bo + i * bStep] * Elementary.geluSlope(a[ao + i * aStep]);
        }
    }

    private static void geluGradientVectors(
            int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = aStep == 0
                    ? FloatVector.broadcast(S, a[ao])
                    : whole ? FloatVector.fromArray(S, a, ao + i) : FloatVector.fromArray(S, a, ao + i, rest);
            FloatVector g = bStep == 0
                    ? FloatVector.broadcast(S, b[bo])
                    : whole ? FloatVector.fromArray(S, b, bo + i) : FloatVector.fromArray(S, b, bo + i, rest);
            FloatVector c = v.abs();
            c = c.blend(GELU_SLOPE_ZERO, c.compare(GT, GELU_SLOPE_ZERO));
            FloatVector h = c.mul(0.5f);
            FloatVector s = h.mul(c);
            FloatVector minusS = s.neg();
            FloatVector lost = h.fma(c, minusS);
            FloatVector shifted = s.fma(-LOG2_E, ROUND_LIFTED);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            power = power.blend(0, c.compare(GE, GELU_SLOPE_ZERO));
            FloatVector k = shifted.sub(ROUND_LIFTED);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, minusS);
            r = r.sub(k.lanewise(FMA, LN2_LOW, lost));
            FloatVector above = c.fma(N4, N3);
            above = above.lanewise(FMA, c, N2);
            above = above.lanewise(FMA, c, N1);
            above = above.lanewise(FMA, c, N0);
            FloatVector below = c.fma(D5, D4);
            below = below.lanewise(FMA, c, D3);
            below = below.lanewise(FMA, c, D2);
            below = below.lanewise(FMA, c, D1);
            below = below.lanewise(FMA, c, D0);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.fma(r.mul(r), r);
            FloatVector t = c.lanewise(FMA, -DENSITY_AT_0, above.div(below)).mul(power);
            t = t.fma(p, t);
            VectorMask<Float> negative = v.lt(0);
            FloatVector base = FloatVector.broadcast(S, 1).blend(0, negative);
            base = v.lanewise(FMA, 0f, base);
            FloatVector slope = t.neg().blend(t, negative).lanewise(FMA, LIFTED, base);
            FloatVector w = g.mul(slope);
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** With {@link Elementary#siluSlope}. */
    static void siluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        siluGradientVectors(reach, a, ao, aStep, b, bo, bStep, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = b[bo + i * bStep] * Elementary.siluSlope(a[ao + i * aStep]);
        }
    }

    private static void siluGradientVectors(
            int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = aStep == 0
                    ? FloatVector.broadcast(S, a[ao])
                    : whole ? FloatVector.fromArray(S, a, ao + i) : FloatVector.fromArray(S, a, ao + i, rest);
            FloatVector g = bStep == 0
                    ? FloatVector.broadcast(S, b[bo])
                    : whole ? FloatVector.fromArray(S, b, bo + i) : FloatVector.fromArray(S, b, bo + i, rest);
            FloatVector c = v.abs();
            c = c.blend(SILU_ZERO, c.compare(GT, SILU_ZERO));
            FloatVector shifted = c.fma(-LOG2_E, ROUND_LIFTED);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            power = power.blend(0, c.compare(GE, SILU_ZERO));
            FloatVector k = shifted.sub(ROUND_LIFTED);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, c.neg());
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.fma(r.mul(r), r);
            FloatVector e = power.fma(p, power);
            FloatVector q = FloatVector.broadcast(S, 1).div(e.fma(LIFTED, 1));
            VectorMask<Float> negative = v.lt(0);
            FloatVector aq = c.mul(q);
            FloatVector t = aq.blend(c.neg().lanewise(FMA, q, 1), negative).mul(e.mul(q));
            FloatVector base = v.lanewise(FMA, 0f, q.blend(0, negative));
            FloatVector w = g.mul(t.lanewise(FMA, LIFTED, base));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    static void tanhGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        int reach = n & -L;
        tanhGradientVectors(reach, a, ao, aStep, b, bo, bStep, y, yo);
        for (int i = reach; i < n; i++) {
            float v = a[ao + i * aStep];
            y[yo + i] = b[bo + i * bStep] * Math.fma(-v, v, 1);
        }
    }

    private static void tanhGradientVectors(
            int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = aStep == 0 ? FloatVector.broadcast(S, a[ao]) : FloatVector.fromArray(S, a, ao + i);
            FloatVector g = bStep == 0 ? FloatVector.broadcast(S, b[bo]) : FloatVector.fromArray(S, b, bo + i);
            g.mul(v.neg().lanewise(FMA, v, 1)).intoArray(y, yo + i);
        }
    }

    static void sigmoidGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        int reach = n & -L;
        sigmoidGradientVectors(reach, a, ao, aStep, b, bo, bStep, y, yo);
        for (int i = reach; i < n; i++) {
            float v = a[ao + i * aStep];
            y[yo + i] = b[bo + i * bStep] * Math.fma(-v, v, v);
        }
    }

    private static void sigmoidGradientVectors(
            int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = aStep == 0 ? FloatVector.broadcast(S, a[ao]) : FloatVector.fromArray(S, a, ao + i);
            FloatVector g = bStep == 0 ? FloatVector.broadcast(S, b[bo]) : FloatVector.fromArray(S, b, bo + i);
            g.mul(v.neg().lanewise(FMA, v, v)).intoArray(y, yo + i);
        }
    }

    static void reluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        int reach = n & -L;
        reluGradientVectors(reach, a, ao, aStep, b, bo, bStep, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = a[ao + i * aStep] <= 0 ? 0 : b[bo + i * bStep];
        }
    }

    private static void reluGradientVectors(
            int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector v = aStep == 0 ? FloatVector.broadcast(S, a[ao]) : FloatVector.fromArray(S, a, ao + i);
            FloatVector g = bStep == 0 ? FloatVector.broadcast(S, b[bo]) : FloatVector.fromArray(S, b, bo + i);
            g.blend(0, v.compare(LE, 0)).intoArray(y, yo + i);
        }
    }
}
