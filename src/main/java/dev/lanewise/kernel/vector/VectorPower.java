package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;

import dev.lanewise.kernel.Elementary;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers. The polynomials are evaluated in double, so a step handles half as many floats as a vector of floats has; the
 * function on vectors performs the operations of {@link Elementary#pow} lane by lane.
 */
final class VectorPower {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorShape HALF = VectorShape.forBitSize(D.vectorBitSize() / 2);
    private static final VectorSpecies<Float> S = VectorSpecies.of(float.class, HALF);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, HALF);
    private static final int L = S.length();

    private VectorPower() {}

    static void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Elementary.pow(a[ao + i * aStep], b[bo + i * bStep]);
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, Elementary.pow(a[ao], b[bo]));
        } else if (bStep == 0) {
            powScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            scalarPow(n, a[ao], b, bo, y, yo);
        } else {
            powRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void powRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            pow(va, FloatVector.fromArray(S, b, bo + i)).intoArray(y, yo + i);
        }
        pow(endA, endB).intoArray(y, yo + last);
    }

    private static void powScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            pow(FloatVector.fromArray(S, a, ao + i), all(b)).intoArray(y, yo + i);
        }
        pow(end, all(b)).intoArray(y, yo + last);
    }

    private static void scalarPow(int n, float a, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            pow(all(a), FloatVector.fromArray(S, b, bo + i)).intoArray(y, yo + i);
        }
        pow(all(a), end).intoArray(y, yo + last);
    }

    // ---- the function, on vectors

    /** {@link Elementary#pow}. */
    private static FloatVector pow(FloatVector a, FloatVector b) {
        DoubleVector t = wide(b).mul(log2(a.abs()));
        t = t.blend(POW_LARGEST, t.compare(VectorOperators.GT, POW_LARGEST));
        t = t.blend(POW_SMALLEST, t.lt(POW_SMALLEST));
        FloatVector y = exp2(t);
        IntVector aBits = a.reinterpretAsInts();
        VectorMask<Float> integer = isInteger(b);
        VectorMask<Float> odd = integer.andNot(isInteger(b.mul(0.5f)));
        IntVector sign = IntVector.zero(I).blend(aBits.and(Integer.MIN_VALUE), odd.cast(I));
        y = y.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
        VectorMask<Float> negative = a.lt(0).and(a.compare(VectorOperators.GT, Float.NEGATIVE_INFINITY));
        y = y.blend(Float.NaN, negative.andNot(integer));
        return y.blend(1, b.compare(VectorOperators.EQ, 0));
    }

    /** {@code log2 m} of {@code m >= 0}; the infinities where they belong, NaN of NaN. */
    private static DoubleVector log2(FloatVector m) {
        VectorMask<Float> subnormal = m.lt(Float.MIN_NORMAL);
        IntVector bits = m.blend(m.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector reduced = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
        exponent = exponent.lanewise(VectorOperators.SUB, SUBNORMAL_EXPONENT, subnormal.cast(I));
        FloatVector n = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
        n = m.blend(n, m.lt(Float.POSITIVE_INFINITY));
        n = n.blend(Float.NEGATIVE_INFINITY, m.compare(VectorOperators.EQ, 0));
        DoubleVector f = wide(reduced.sub(1));
        DoubleVector p = f.fma(all(G13), all(G12));
        p = p.fma(f, all(G11));
        p = p.fma(f, all(G10));
        p = p.fma(f, all(G9));
        p = p.fma(f, all(G8));
        p = p.fma(f, all(G7));
        p = p.fma(f, all(G6));
        p = p.fma(f, all(G5));
        p = p.fma(f, all(G4));
        p = p.fma(f, all(G3));
        p = p.fma(f, all(G2));
        p = p.fma(f, all(G1));
        return p.fma(f, wide(n));
    }

    /** {@code 2^t} as floats. */
    private static FloatVector exp2(DoubleVector t) {
        DoubleVector shifted = t.add(ROUND_DOUBLE);
        DoubleVector r = t.sub(shifted.sub(ROUND_DOUBLE));
        DoubleVector p = r.fma(all(P6), all(P5));
        p = p.fma(r, all(P4));
        p = p.fma(r, all(P3));
        p = p.fma(r, all(P2));
        p = p.fma(r, all(P1));
        p = p.fma(r, all(1.0));
        LongVector n = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        DoubleVector y = p.reinterpretAsLongs().add(n).reinterpretAsDoubles();
        return (FloatVector) y.convertShape(VectorOperators.D2F, S, 0);
    }

    /** Where b is an integer; infinities are, NaN is not. */
    private static VectorMask<Float> isInteger(FloatVector b) {
        FloatVector m = b.abs();
        return m.add(0x1p23f).sub(0x1p23f).eq(m).or(m.compare(VectorOperators.GE, 0x1p23f));
    }

    private static DoubleVector wide(FloatVector v) {
        return (DoubleVector) v.convertShape(VectorOperators.F2D, D, 0);
    }

    private static FloatVector all(float c) {
        return FloatVector.broadcast(S, c);
    }

    private static DoubleVector all(double c) {
        return DoubleVector.broadcast(D, c);
    }
}
