package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;
import static jdk.incubator.vector.VectorOperators.*;

import dev.lanewise.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponential, logarithm and what is made of them, by the operations of {@link Elementary} lane by lane; where that
 * branches, both sides are worked out and blended.
 *
 * <p>Each loop is written out, the exponential four times over (and once in {@link VectorSums}). A method of its own
 * would read better, but once C2 has compiled such a method by itself, as big as it is, it never inlines it again, and
 * every vector is then boxed: in half of all runs, depending on what was compiled first.
 *
 * <p>Lanes whose exponential is 0 are set to it before the scaling, which could make subnormal numbers of them: those
 * cost the processor an assist of some 150 cycles.
 */
final class VectorExponentials {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorExponentials() {}

    /** {@code y = e^x}. Subtracting 0 changes no number, so this needs no loop of its own. */
    static void exp(int n, float[] x, int xo, float[] y, int yo) {
        expCentered(n, x, xo, 0, y, yo);
    }

    /** {@code y = e^(x - center)}, see {@link Elementary#exp}. */
    static void expCentered(int n, float[] x, int xo, float center, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        expCenteredVectors(reach, x, xo, center, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.exp(x[xo + i] - center);
        }
    }

    private static void expCenteredVectors(int n, float[] x, int xo, float center, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.sub(center);
            FloatVector shifted = a.fma(LOG2_E, ROUND);
            FloatVector k = shifted.sub(ROUND);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, a);
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.lanewise(FMA, r, 1);
            p = p.lanewise(FMA, r, 1);
            IntVector exponent = shifted.reinterpretAsInts().lanewise(LSHL, 23);
            VectorMask<Float> scaled = a.lt(EXP_SCALED);
            exponent = exponent.lanewise(ADD, 64 << 23, scaled.cast(I));
            FloatVector w = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            w = w.blend(0, a.lt(EXP_SMALLEST));
            w = w.mul(FloatVector.broadcast(S, 1).blend(0x1p-64f, scaled));
            w = a.mul(Float.POSITIVE_INFINITY).blend(w, a.compare(LE, EXP_LARGEST));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#log}. */
    static void log(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        logVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.log(x[xo + i]);
        }
    }

    private static void logVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            VectorMask<Float> subnormal = v.lt(Float.MIN_NORMAL);
            IntVector bits = v.blend(v.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
            FloatVector f =
                    bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1);
            exponent = exponent.lanewise(SUB, SUBNORMAL_EXPONENT, subnormal.cast(I));
            FloatVector k = (FloatVector) exponent.convert(I2F, 0);
            FloatVector p = f.fma(L10, L9);
            p = p.lanewise(FMA, f, L8);
            p = p.lanewise(FMA, f, L7);
            p = p.lanewise(FMA, f, L6);
            p = p.lanewise(FMA, f, L5);
            p = p.lanewise(FMA, f, L4);
            p = p.lanewise(FMA, f, L3);
            p = p.lanewise(FMA, f, -0.5f);
            p = p.fma(f.mul(f), f);
            p = k.lanewise(FMA, LN2_LOW, p);
            p = k.lanewise(FMA, LN2_HIGH, p);
            FloatVector w = v.blend(p, v.lt(Float.POSITIVE_INFINITY));
            w = w.blend(Float.NEGATIVE_INFINITY, v.compare(EQ, 0));
            w = w.blend(Float.NaN, v.lt(0));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#tanh}. */
    static void tanh(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        tanhVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.tanh(x[xo + i]);
        }
    }

    private static void tanhVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.abs();
            FloatVector z = a.mul(a);
            FloatVector low = z.fma(T13, T11);
            low = low.lanewise(FMA, z, T9);
            low = low.lanewise(FMA, z, T7);
            low = low.lanewise(FMA, z, T5);
            low = low.lanewise(FMA, z, T3);
            low = low.mul(z).fma(a, a);
            FloatVector twice = a.add(a).blend(TANH_ONE * 2, a.compare(GT, TANH_ONE));
            FloatVector shifted = twice.fma(LOG2_E, ROUND);
            FloatVector k = shifted.sub(ROUND);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, twice);
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.lanewise(FMA, r, 1);
            p = p.lanewise(FMA, r, 1);
            IntVector exponent = shifted.reinterpretAsInts().lanewise(LSHL, 23);
            FloatVector e = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            FloatVector high =
                    FloatVector.broadcast(S, 1).sub(FloatVector.broadcast(S, 2).div(e.add(1)));
            IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector w = low.blend(high, a.compare(GE, TANH_SPLIT));
            w = w.reinterpretAsInts().or(sign).reinterpretAsFloats();
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#sigmoid}. */
    static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        sigmoidVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.sigmoid(x[xo + i]);
        }
    }

    private static void sigmoidVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
            FloatVector shifted = a.fma(LOG2_E, ROUND);
            FloatVector k = shifted.sub(ROUND);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, a);
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.lanewise(FMA, r, 1);
            p = p.lanewise(FMA, r, 1);
            IntVector exponent = shifted.reinterpretAsInts().lanewise(LSHL, 23);
            VectorMask<Float> scaled = a.lt(EXP_SCALED);
            exponent = exponent.lanewise(ADD, 64 << 23, scaled.cast(I));
            FloatVector e = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            e = e.blend(0, a.lt(EXP_SMALLEST));
            e = e.mul(FloatVector.broadcast(S, 1).blend(0x1p-64f, scaled));
            FloatVector numerator = FloatVector.broadcast(S, 1).blend(e, v.lt(0));
            FloatVector minusD = FloatVector.broadcast(S, -1).sub(e);
            FloatVector minusLost = FloatVector.broadcast(S, -1).sub(minusD).sub(e);
            FloatVector q = FloatVector.broadcast(S, -1).div(minusD);
            FloatVector w = numerator.mul(q);
            FloatVector error = w.fma(minusD, numerator);
            error = w.fma(minusLost, error);
            w = error.fma(q, w);
            w = v.blend(w, v.eq(v)); // NaN
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#erf}. */
    static void erf(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        erfVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.erf(x[xo + i]);
        }
    }

    private static void erfVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.abs();
            FloatVector z = a.mul(a);
            FloatVector low = z.fma(F11, F9);
            low = low.lanewise(FMA, z, F7);
            low = low.lanewise(FMA, z, F5);
            low = low.lanewise(FMA, z, F3);
            low = low.lanewise(FMA, z, F1);
            low = low.fma(a, a);
            FloatVector b = a.blend(ERF_ONE, a.compare(GT, ERF_ONE));
            FloatVector q = b.fma(H6, H5);
            q = q.lanewise(FMA, b, H4);
            q = q.lanewise(FMA, b, H3);
            q = q.lanewise(FMA, b, H2);
            q = q.lanewise(FMA, b, H1);
            q = q.lanewise(FMA, b, H0);
            FloatVector shifted = q.fma(LOG2_E, ROUND);
            FloatVector k = shifted.sub(ROUND);
            FloatVector r = k.lanewise(FMA, -LN2_HIGH, q);
            r = k.lanewise(FMA, -LN2_LOW, r);
            FloatVector p = r.fma(E6, E5);
            p = p.lanewise(FMA, r, E4);
            p = p.lanewise(FMA, r, E3);
            p = p.lanewise(FMA, r, E2);
            p = p.lanewise(FMA, r, 1);
            p = p.lanewise(FMA, r, 1);
            IntVector exponent = shifted.reinterpretAsInts().lanewise(LSHL, 23);
            FloatVector high = FloatVector.broadcast(S, 1)
                    .sub(p.reinterpretAsInts().add(exponent).reinterpretAsFloats());
            IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector w = low.blend(high, a.compare(GE, ERF_SPLIT));
            w = w.reinterpretAsInts().or(sign).reinterpretAsFloats();
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#expm1}. */
    static void expm1(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        expm1Vectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.expm1(x[xo + i]);
        }
    }

    private static void expm1Vectors(int n, float[] x, int xo, float[] y, int yo) {
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
            FloatVector w = p.fma(half, half.sub(0.5f));
            w = w.add(w);
            w = w.blend(Float.POSITIVE_INFINITY, v.compare(GT, EXP_LARGEST));
            w = v.blend(w, v.abs().compare(GE, EXPM1_SAME));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    /** {@link Elementary#log1p}. */
    static void log1p(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        log1pVectors(reach, x, xo, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.log1p(x[xo + i]);
        }
    }

    private static void log1pVectors(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            IntVector exponent =
                    v.add(1).reinterpretAsInts().sub(THREE_QUARTERS_BITS).lanewise(ASHR, 23);
            IntVector power = IntVector.broadcast(I, ONE_BITS)
                    .sub(exponent.lanewise(MIN, LOG1P_LARGE).lanewise(LSHL, 23));
            FloatVector f = v.reinterpretAsInts()
                    .sub(exponent.lanewise(LSHL, 23))
                    .reinterpretAsFloats()
                    .sub(FloatVector.broadcast(S, 1).sub(power.reinterpretAsFloats()));
            FloatVector p = f.fma(W10, W9);
            p = p.lanewise(FMA, f, W8);
            p = p.lanewise(FMA, f, W7);
            p = p.lanewise(FMA, f, W6);
            p = p.lanewise(FMA, f, W5);
            p = p.lanewise(FMA, f, W4);
            p = p.lanewise(FMA, f, W3);
            p = p.lanewise(FMA, f, -0.5f);
            p = p.fma(f.mul(f), f);
            FloatVector k = (FloatVector) exponent.convert(I2F, 0);
            p = k.lanewise(FMA, LN2_LOW, p);
            p = k.lanewise(FMA, LN2_HIGH, p);
            FloatVector w = v.blend(p, v.lt(Float.POSITIVE_INFINITY).and(v.compare(NE, 0)));
            w = w.blend(Float.NEGATIVE_INFINITY, v.compare(EQ, -1));
            w = w.blend(Float.NaN, v.lt(-1));
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }
}
