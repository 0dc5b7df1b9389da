package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;
import static jdk.incubator.vector.VectorOperators.*;

import dev.lanewise.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activation functions that are made of an exponential, by the operations of {@link Elementary} lane by lane, each loop
 * written out for the reason given at {@link VectorExponentials}.
 */
final class VectorActivations {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorActivations() {}

    /** {@link Elementary#gelu}. */
    static void gelu(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        geluVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.gelu(x[xo + i]);
        }
    }

    private static void geluVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.abs();
            a = a.blend(GELU_ZERO, a.compare(GT, GELU_ZERO));
            FloatVector h = a.mul(0.5f);
            FloatVector s = h.mul(a);
            FloatVector minusS = s.neg();
            FloatVector lost = h.fma(a, minusS);
            FloatVector shifted = s.fma(-LOG2_E, ROUND_LIFTED);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            power = power.blend(0, a.compare(GE, GELU_ZERO));
            FloatVector k = shifted.sub(ROUND_LIFTED);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, minusS);
            r = r.sub(k.lanewise(FMA, LN2_LOW, lost));
            FloatVector above = a.fma(N4, N3);
            above = above.lanewise(FMA, a, N2);
            above = above.lanewise(FMA, a, N1);
            above = above.lanewise(FMA, a, N0);
            FloatVector below = a.fma(D5, D4);
            below = below.lanewise(FMA, a, D3);
            below = below.lanewise(FMA, a, D2);
            below = below.lanewise(FMA, a, D1);
            below = below.lanewise(FMA, a, D0);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.fma(r.mul(r), r);
            FloatVector t = above.mul(a).mul(power);
            t = t.fma(p, t);
            FloatVector w = t.div(below).lanewise(FMA, -LIFTED, v.blend(-0f, v.lt(0)));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#silu}. */
    static void silu(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        siluVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.silu(x[xo + i]);
        }
    }

    private static void siluVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.abs();
            a = a.blend(SILU_ZERO, a.compare(GT, SILU_ZERO));
            FloatVector shifted = a.fma(-LOG2_E, ROUND_LIFTED);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            power = power.blend(0, a.compare(GE, SILU_ZERO));
            FloatVector k = shifted.sub(ROUND_LIFTED);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, a.neg());
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.fma(r.mul(r), r);
            FloatVector e = power.fma(p, power);
            FloatVector minusD = e.lanewise(FMA, -LIFTED, -1);
            FloatVector minusLost =
                    e.lanewise(FMA, -LIFTED, FloatVector.broadcast(S, -1).sub(minusD));
            FloatVector numerator = a.mul(power);
            numerator = numerator.fma(p, numerator);
            FloatVector q = FloatVector.broadcast(S, -1).div(minusD);
            FloatVector t = numerator.mul(q);
            FloatVector error = t.fma(minusD, numerator);
            error = t.fma(minusLost, error);
            t = error.fma(q, t);
            FloatVector w = t.lanewise(FMA, -LIFTED, v.blend(-0f, v.lt(0)));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#softplus}. */
    static void softplus(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        softplusVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.softplus(x[xo + i]);
        }
    }

    private static void softplusVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.abs();
            FloatVector shifted = a.fma(-LOG2_E, ROUND_LIFTED);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector k = shifted.sub(ROUND_LIFTED);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, a.neg());
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.fma(r.mul(r), r);
            FloatVector e = power.fma(p, power);
            e = e.blend(0, a.compare(GT, -EXP_SMALLEST));
            e = e.mul(LIFTED);
            FloatVector u = e.fma(U10, U9);
            u = u.lanewise(FMA, e, U8);
            u = u.lanewise(FMA, e, U7);
            u = u.lanewise(FMA, e, U6);
            u = u.lanewise(FMA, e, U5);
            u = u.lanewise(FMA, e, U4);
            u = u.lanewise(FMA, e, U3);
            u = u.lanewise(FMA, e, U2);
            u = u.fma(e.mul(e), e);
            FloatVector w = v.blend(0, v.lt(0)).add(u);
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#elu}. */
    static void elu(int n, float[] x, int xo, float alpha, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        eluVectors(reach, x, xo, alpha, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.elu(x[xo + i], alpha);
        }
    }

    private static void eluVectors(int n, float[] x, int xo, float alpha, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.blend(EXPM1_LEAST, v.lt(EXPM1_LEAST));
            FloatVector shifted = a.fma(LOG2_E, ROUND_HALVED);
            FloatVector half = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector k = shifted.sub(ROUND_HALVED);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, a);
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(M7, M6);
            p = p.lanewise(FMA, r, M5);
            p = p.lanewise(FMA, r, M4);
            p = p.lanewise(FMA, r, M3);
            p = p.lanewise(FMA, r, 0.5f);
            p = p.fma(r.mul(r), r);
            FloatVector e = p.fma(half, half.sub(0.5f));
            e = e.add(e);
            e = v.blend(e, v.abs().compare(GE, EXPM1_SAME));
            FloatVector w = e.mul(alpha).blend(v, v.compare(GT, 0));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }
}
