package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;

import dev.lanewise.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sine and cosine. A vector in which any argument is too large for the fast reduction, infinite or NaN goes through
 * {@link Elementary} lane by lane.
 */
final class VectorTrigonometry {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorTrigonometry() {}

    static void sin(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            sinRun(n, x, xo, y, yo);
        } else {
            sinEach(n, x, xo, y, yo);
        }
    }

    private static void sinRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            if (reducedByParts(v)) {
                sin(v).intoArray(y, yo + i);
            } else {
                sinEach(L, x, xo + i, y, yo + i);
            }
        }
        if (reducedByParts(end)) {
            sin(end).intoArray(y, yo + last);
        } else {
            end.intoArray(y, yo + last);
            sinEach(L, y, yo + last, y, yo + last);
        }
    }

    private static void sinEach(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.sin(x[xo + i]);
        }
    }

    static void cos(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            cosRun(n, x, xo, y, yo);
        } else {
            cosEach(n, x, xo, y, yo);
        }
    }

    private static void cosRun(int n, float[] x, int xo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, x, xo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            if (reducedByParts(v)) {
                sineAhead(v.abs(), 1).intoArray(y, yo + i);
            } else {
                cosEach(L, x, xo + i, y, yo + i);
            }
        }
        if (reducedByParts(end)) {
            sineAhead(end.abs(), 1).intoArray(y, yo + last);
        } else {
            end.intoArray(y, yo + last);
            cosEach(L, y, yo + last, y, yo + last);
        }
    }

    private static void cosEach(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.cos(x[xo + i]);
        }
    }

    private static boolean reducedByParts(FloatVector x) {
        VectorMask<Float> small = x.abs().compare(VectorOperators.LE, REDUCED_BY_PARTS);
        return small.allTrue();
    }

    // ---- the functions, on vectors of arguments that the parts of pi/2 reduce

    /** {@link Elementary#sin}. */
    private static FloatVector sin(FloatVector x) {
        IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
        IntVector y = sineAhead(x.abs(), 0).reinterpretAsInts();
        return y.lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
    }

    /** The sine of {@code x >= 0} plus that many quarter turns. */
    private static FloatVector sineAhead(FloatVector x, int quarters) {
        FloatVector shifted = x.fma(all(TWO_OVER_PI), all(ROUND));
        FloatVector k = shifted.sub(ROUND);
        FloatVector r = k.fma(all(-HALF_PI_HIGH), x);
        r = k.fma(all(-HALF_PI_MIDDLE), r);
        r = k.fma(all(-HALF_PI_LOW), r);
        FloatVector z = r.mul(r);
        FloatVector sine = z.fma(all(S7), all(S5));
        sine = sine.fma(z, all(S3));
        sine = sine.mul(z).fma(r, r);
        FloatVector cosine = z.fma(all(C8), all(C6));
        cosine = cosine.fma(z, all(C4));
        cosine = cosine.fma(z, all(-0.5f));
        cosine = cosine.fma(z, all(1));
        IntVector turns = shifted.reinterpretAsInts().add(quarters);
        VectorMask<Float> even = turns.and(1).compare(VectorOperators.EQ, 0).cast(S);
        IntVector sign = turns.and(2).lanewise(VectorOperators.LSHL, 30);
        IntVector y = cosine.blend(sine, even).reinterpretAsInts();
        return y.lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
    }

    private static FloatVector all(float c) {
        return FloatVector.broadcast(S, c);
    }
}
