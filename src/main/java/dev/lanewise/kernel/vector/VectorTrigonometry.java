package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;
import static jdk.incubator.vector.VectorOperators.*;

import dev.lanewise.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sine and cosine, by the operations of {@link Elementary} lane by lane. A vector in which any argument is too large for
 * the fast reduction, infinite or NaN goes through {@link Elementary} itself.
 */
final class VectorTrigonometry {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorTrigonometry() {}

    /** {@link Elementary#sin}. */
    static void sin(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        sineAheadVectors(reach, x, xo, 0, y, yo);
        sineAheadEach(n - reach, x, xo + reach, 0, y, yo + reach);
    }

    /** {@link Elementary#cos}. */
    static void cos(int n, float[] x, int xo, float[] y, int yo) {
        int reach = Masks.reach(n, L);
        sineAheadVectors(reach, x, xo, 1, y, yo);
        sineAheadEach(n - reach, x, xo + reach, 1, y, yo + reach);
    }

    /** The sine of x plus that many quarter turns: 0 for the sine, 1 for the cosine. */
    private static void sineAheadVectors(int n, float[] x, int xo, int quarters, float[] y, int yo) {
        int signOfSine = quarters == 0 ? Integer.MIN_VALUE : 0;
        VectorMask<Float> rest = S.indexInRange(0, n & L - 1);
        for (int i = 0; i < n; i += L) {
            boolean whole = i <= n - L;
            FloatVector v = whole ? FloatVector.fromArray(S, x, xo + i) : FloatVector.fromArray(S, x, xo + i, rest);
            FloatVector a = v.abs();
            if (!a.compare(LE, REDUCED_BY_PARTS).allTrue()) {
                sineAheadEach(Math.min(L, n - i), x, xo + i, quarters, y, yo + i);
                continue;
            }
            FloatVector shifted = a.fma(TWO_OVER_PI, ROUND);
            FloatVector k = shifted.sub(ROUND);
            FloatVector r = k.lanewise(FMA, -HALF_PI_HIGH, a);
            r = k.lanewise(FMA, -HALF_PI_MIDDLE, r);
            r = k.lanewise(FMA, -HALF_PI_LOW, r);
            FloatVector z = r.mul(r);
            FloatVector sine = z.fma(S7, S5);
            sine = sine.lanewise(FMA, z, S3);
            sine = sine.mul(z).fma(r, r);
            FloatVector cosine = z.fma(C8, C6);
            cosine = cosine.lanewise(FMA, z, C4);
            cosine = cosine.lanewise(FMA, z, -0.5f);
            cosine = cosine.lanewise(FMA, z, 1);
            IntVector turns = shifted.reinterpretAsInts().add(quarters);
            VectorMask<Float> even = turns.and(1).compare(EQ, 0).cast(S);
            IntVector sign = turns.and(2).lanewise(LSHL, 30);
            sign = sign.lanewise(XOR, v.reinterpretAsInts().and(signOfSine));
            FloatVector w = cosine.blend(sine, even);
            w = w.reinterpretAsInts().lanewise(XOR, sign).reinterpretAsFloats();
            if (whole) {
                w.intoArray(y, yo + i);
            } else {
                w.intoArray(y, yo + i, rest);
            }
        }
    }

    private static void sineAheadEach(int n, float[] x, int xo, int quarters, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = quarters == 0 ? Elementary.sin(x[xo + i]) : Elementary.cos(x[xo + i]);
        }
    }
}
