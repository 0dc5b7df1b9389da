package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;

import dev.lanewise.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponential, logarithm and what is made of them.
 *
 * <p>The functions of vectors perform the operations of {@link Elementary} lane by lane; where that branches, they work
 * out both sides and blend.
 */
final class VectorExponentials {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorExponentials() {}

    static void exp(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            expRun(n, x, xo, y, yo);
        } else if (L >= Masks.LEAST_LANES) {
            expShort(n, x, xo, y, yo);
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Elementary.exp(x[xo + i]);
            }
        }
    }

    private static void expRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            exp(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        exp(end).intoArray(y, yo + last);
    }

    private static void expShort(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> within = S.indexInRange(0, n);
        exp(FloatVector.fromArray(S, x, xo, within)).intoArray(y, yo, within);
    }

    static void log(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            logRun(n, x, xo, y, yo);
        } else if (L >= Masks.LEAST_LANES) {
            logShort(n, x, xo, y, yo);
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Elementary.log(x[xo + i]);
            }
        }
    }

    private static void logRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            log(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        log(end).intoArray(y, yo + last);
    }

    private static void logShort(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> within = S.indexInRange(0, n);
        log(FloatVector.fromArray(S, x, xo, within)).intoArray(y, yo, within);
    }

    static void tanh(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            tanhRun(n, x, xo, y, yo);
        } else if (L >= Masks.LEAST_LANES) {
            tanhShort(n, x, xo, y, yo);
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Elementary.tanh(x[xo + i]);
            }
        }
    }

    private static void tanhRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            tanh(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tanh(end).intoArray(y, yo + last);
    }

    private static void tanhShort(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> within = S.indexInRange(0, n);
        tanh(FloatVector.fromArray(S, x, xo, within)).intoArray(y, yo, within);
    }

    static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            sigmoidRun(n, x, xo, y, yo);
        } else if (L >= Masks.LEAST_LANES) {
            sigmoidShort(n, x, xo, y, yo);
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Elementary.sigmoid(x[xo + i]);
            }
        }
    }

    private static void sigmoidRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            sigmoid(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        sigmoid(end).intoArray(y, yo + last);
    }

    private static void sigmoidShort(int n, float[] x, int xo, float[] y, int yo) {
        VectorMask<Float> within = S.indexInRange(0, n);
        sigmoid(FloatVector.fromArray(S, x, xo, within)).intoArray(y, yo, within);
    }

    /** {@code y = e^(x - center)}. */
    static void expCentered(int n, float[] x, int xo, float center, float[] y, int yo) {
        if (n >= L) {
            expCenteredRun(n, x, xo, center, y, yo);
        } else if (L >= Masks.LEAST_LANES) {
            expCenteredShort(n, x, xo, center, y, yo);
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Elementary.exp(x[xo + i] - center);
            }
        }
    }

    private static void expCenteredRun(int n, float[] x, int xo, float center, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            exp(FloatVector.fromArray(S, x, xo + i).sub(center)).intoArray(y, yo + i);
        }
        exp(end.sub(center)).intoArray(y, yo + last);
    }

    private static void expCenteredShort(int n, float[] x, int xo, float center, float[] y, int yo) {
        VectorMask<Float> within = S.indexInRange(0, n);
        exp(FloatVector.fromArray(S, x, xo, within).sub(center)).intoArray(y, yo, within);
    }

    // ---- the functions, on vectors

    /** {@link Elementary#exp}. */
    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(all(LOG2_E), all(ROUND));
        FloatVector p = expReduced(x, shifted.sub(ROUND));
        VectorMask<Float> scaled = x.lt(EXP_SCALED);
        IntVector n = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        n = n.lanewise(VectorOperators.ADD, 64 << 23, scaled.cast(I));
        FloatVector y = p.reinterpretAsInts().add(n).reinterpretAsFloats();
        y = y.mul(all(1).blend(0x1p-64f, scaled));
        y = x.mul(Float.POSITIVE_INFINITY).blend(y, x.compare(VectorOperators.LE, EXP_LARGEST));
        return y.blend(0, x.lt(EXP_SMALLEST));
    }

    /** {@code e^(x - n ln 2)}. */
    private static FloatVector expReduced(FloatVector x, FloatVector n) {
        FloatVector r = n.fma(all(-LN2_HIGH), x);
        r = n.fma(all(-LN2_LOW), r);
        FloatVector p = r.fma(all(E6), all(E5));
        p = p.fma(r, all(E4));
        p = p.fma(r, all(E3));
        p = p.fma(r, all(E2));
        p = p.fma(r, all(1));
        return p.fma(r, all(1));
    }

    /** {@link Elementary#log}. */
    private static FloatVector log(FloatVector x) {
        VectorMask<Float> subnormal = x.lt(Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1);
        exponent = exponent.lanewise(VectorOperators.SUB, SUBNORMAL_EXPONENT, subnormal.cast(I));
        FloatVector n = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
        FloatVector p = f.fma(all(L10), all(L9));
        p = p.fma(f, all(L8));
        p = p.fma(f, all(L7));
        p = p.fma(f, all(L6));
        p = p.fma(f, all(L5));
        p = p.fma(f, all(L4));
        p = p.fma(f, all(L3));
        p = p.fma(f, all(-0.5f));
        p = p.fma(f.mul(f), f);
        p = n.fma(all(LN2_LOW), p);
        p = n.fma(all(LN2_HIGH), p);
        p = x.blend(p, x.lt(Float.POSITIVE_INFINITY));
        p = p.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
        return p.blend(Float.NaN, x.lt(0));
    }

    /** {@link Elementary#tanh}. */
    private static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector z = a.mul(a);
        FloatVector low = z.fma(all(T13), all(T11));
        low = low.fma(z, all(T9));
        low = low.fma(z, all(T7));
        low = low.fma(z, all(T5));
        low = low.fma(z, all(T3));
        low = low.mul(z).fma(a, a);
        FloatVector twice = a.add(a).blend(TANH_ONE * 2, a.compare(VectorOperators.GT, TANH_ONE));
        FloatVector shifted = twice.fma(all(LOG2_E), all(ROUND));
        IntVector n = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector p = expReduced(twice, shifted.sub(ROUND));
        FloatVector e = p.reinterpretAsInts().add(n).reinterpretAsFloats();
        FloatVector high = all(1).sub(all(2).div(e.add(1)));
        FloatVector y = low.blend(high, a.compare(VectorOperators.GE, TANH_SPLIT));
        IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
        return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    /** {@link Elementary#sigmoid}. */
    private static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        FloatVector numerator = all(1).blend(e, x.lt(0));
        FloatVector d = e.add(1);
        FloatVector lost = e.sub(d.sub(1));
        FloatVector q = all(1).div(d);
        FloatVector y = numerator.mul(q);
        FloatVector minusY = y.neg();
        FloatVector rest = minusY.fma(d, numerator);
        rest = minusY.fma(lost, rest);
        return rest.fma(q, y);
    }

    private static FloatVector all(float c) {
        return FloatVector.broadcast(S, c);
    }
}
