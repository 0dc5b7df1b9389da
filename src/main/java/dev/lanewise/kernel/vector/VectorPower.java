package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;
import static jdk.incubator.vector.VectorOperators.*;

import dev.lanewise.kernel.Elementary;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers, by the operations of {@link Elementary#pow} lane by lane. The polynomials are evaluated in double, on the lower
 * and the upper half of the lanes one after the other.
 *
 * <p>One loop serves operands of either step: what loops of their own would gain is nothing beside 150 operations. Nor are
 * the halves vectors of half the size: a second species of floats would teach C2's profiles of the JDK's methods that
 * receivers vary, and other loops would then be compiled to boxed calls.
 */
final class VectorPower {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final VectorShuffle<Float> SWAP_HALVES = VectorShuffle.fromOp(S, i -> i ^ L / 2);

    private VectorPower() {}

    static void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        int reach = n & -L;
        powVectors(reach, a, ao, aStep, b, bo, bStep, y, yo);
        for (int i = reach; i < n; i++) {
            y[yo + i] = Elementary.pow(a[ao + i * aStep], b[bo + i * bStep]);
        }
    }

    private static void powVectors(
            int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorMask<Float> upper = S.indexInRange(0, L / 2).not();
        for (int i = 0; i < n; i += L) {
            FloatVector va = aStep == 0 ? FloatVector.broadcast(S, a[ao]) : FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = bStep == 0 ? FloatVector.broadcast(S, b[bo]) : FloatVector.fromArray(S, b, bo + i);

            // |a| = 2^k (1 + f)
            FloatVector m = va.abs();
            VectorMask<Float> subnormal = m.lt(Float.MIN_NORMAL);
            IntVector bits = m.blend(m.mul(SUBNORMAL_SCALE), subnormal).reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
            FloatVector f =
                    bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1);
            exponent = exponent.lanewise(SUB, SUBNORMAL_EXPONENT, subnormal.cast(I));
            FloatVector k = (FloatVector) exponent.convert(I2F, 0);
            k = m.blend(k, m.lt(Float.POSITIVE_INFINITY));
            k = k.blend(Float.NEGATIVE_INFINITY, m.compare(EQ, 0));

            // the lower half: b log2 |a|, and 2^ that, put together in double, so that a subnormal result is rounded
            // once
            DoubleVector f0 = (DoubleVector) f.convert(F2D, 0);
            DoubleVector p0 = f0.fma(G13, G12);
            p0 = p0.lanewise(FMA, f0, G11);
            p0 = p0.lanewise(FMA, f0, G10);
            p0 = p0.lanewise(FMA, f0, G9);
            p0 = p0.lanewise(FMA, f0, G8);
            p0 = p0.lanewise(FMA, f0, G7);
            p0 = p0.lanewise(FMA, f0, G6);
            p0 = p0.lanewise(FMA, f0, G5);
            p0 = p0.lanewise(FMA, f0, G4);
            p0 = p0.lanewise(FMA, f0, G3);
            p0 = p0.lanewise(FMA, f0, G2);
            p0 = p0.lanewise(FMA, f0, G1);
            p0 = p0.lanewise(FMA, f0, k.convert(F2D, 0));
            DoubleVector t0 = p0.mul(vb.convert(F2D, 0));
            t0 = t0.blend(POW_LARGEST, t0.compare(GT, POW_LARGEST));
            t0 = t0.blend(POW_SMALLEST, t0.lt(POW_SMALLEST));
            DoubleVector shifted0 = t0.add(ROUND_DOUBLE);
            DoubleVector r0 = t0.sub(shifted0.sub(ROUND_DOUBLE));
            DoubleVector q0 = r0.fma(P6, P5);
            q0 = q0.lanewise(FMA, r0, P4);
            q0 = q0.lanewise(FMA, r0, P3);
            q0 = q0.lanewise(FMA, r0, P2);
            q0 = q0.lanewise(FMA, r0, P1);
            q0 = q0.lanewise(FMA, r0, 1);
            LongVector scale0 = shifted0.reinterpretAsLongs().lanewise(LSHL, 52);
            q0 = q0.reinterpretAsLongs().add(scale0).reinterpretAsDoubles();
            FloatVector w0 = (FloatVector) q0.convert(D2F, 0);

            // the upper half
            DoubleVector f1 = (DoubleVector) f.rearrange(SWAP_HALVES).convert(F2D, 0);
            DoubleVector p1 = f1.fma(G13, G12);
            p1 = p1.lanewise(FMA, f1, G11);
            p1 = p1.lanewise(FMA, f1, G10);
            p1 = p1.lanewise(FMA, f1, G9);
            p1 = p1.lanewise(FMA, f1, G8);
            p1 = p1.lanewise(FMA, f1, G7);
            p1 = p1.lanewise(FMA, f1, G6);
            p1 = p1.lanewise(FMA, f1, G5);
            p1 = p1.lanewise(FMA, f1, G4);
            p1 = p1.lanewise(FMA, f1, G3);
            p1 = p1.lanewise(FMA, f1, G2);
            p1 = p1.lanewise(FMA, f1, G1);
            p1 = p1.lanewise(FMA, f1, k.rearrange(SWAP_HALVES).convert(F2D, 0));
            DoubleVector t1 = p1.mul(vb.rearrange(SWAP_HALVES).convert(F2D, 0));
            t1 = t1.blend(POW_LARGEST, t1.compare(GT, POW_LARGEST));
            t1 = t1.blend(POW_SMALLEST, t1.lt(POW_SMALLEST));
            DoubleVector shifted1 = t1.add(ROUND_DOUBLE);
            DoubleVector r1 = t1.sub(shifted1.sub(ROUND_DOUBLE));
            DoubleVector q1 = r1.fma(P6, P5);
            q1 = q1.lanewise(FMA, r1, P4);
            q1 = q1.lanewise(FMA, r1, P3);
            q1 = q1.lanewise(FMA, r1, P2);
            q1 = q1.lanewise(FMA, r1, P1);
            q1 = q1.lanewise(FMA, r1, 1);
            LongVector scale1 = shifted1.reinterpretAsLongs().lanewise(LSHL, 52);
            q1 = q1.reinterpretAsLongs().add(scale1).reinterpretAsDoubles();
            FloatVector w1 = (FloatVector) q1.convert(D2F, 0);

            FloatVector w = w0.blend(w1.rearrange(SWAP_HALVES), upper);
            IntVector sign = va.reinterpretAsInts().and(Integer.MIN_VALUE);
            if (sign.compare(NE, 0).anyTrue()) {
                // an odd power keeps the sign, one that is no integer is NaN, unless of zero or infinity
                FloatVector e = vb.abs();
                FloatVector half = e.mul(0.5f);
                VectorMask<Float> integer = e.add(0x1p23f).sub(0x1p23f).eq(e).or(e.compare(GE, 0x1p23f));
                VectorMask<Float> even = half.add(0x1p23f).sub(0x1p23f).eq(half).or(half.compare(GE, 0x1p23f));
                sign = sign.blend(0, even.or(integer.not()).cast(I));
                w = w.reinterpretAsInts().lanewise(XOR, sign).reinterpretAsFloats();
                VectorMask<Float> negative = va.lt(0).and(va.compare(GT, Float.NEGATIVE_INFINITY));
                w = w.blend(Float.NaN, negative.andNot(integer));
            }
            w = w.blend(1, vb.compare(EQ, 0));
            w.intoArray(y, yo + i);
        }
    }
}
