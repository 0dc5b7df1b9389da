package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Polynomials.*;
import static dev.lanewise.kernel.ReductionKernels.BLOCK;
import static dev.lanewise.kernel.ReductionKernels.PARTIALS;
import static dev.lanewise.kernel.ReductionKernels.leftOf;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of runs, in the order of {@link dev.lanewise.kernel.ReductionKernels}.
 *
 * <p>The 64 partial sums of a block are 4 rows of 16. Four accumulators hold one vector of each row, so a machine with 16
 * lanes goes once over the block, one with 8 lanes twice and one with 4 lanes four times (it is in the L1 cache), each
 * time for its own columns of the rows. The order of folding is such that these passes meet only at its end.
 *
 * <p>Where one row is handled at a time the accumulators take turns: the first is added to and becomes the last. Where
 * that ends does not matter, as the last two additions pair the first with the third and the second with the fourth.
 */
final class VectorSums {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Partial sums in a row, of which a pass takes {@code L}. */
    static final int ROW = 16;

    /** Lanes at that distance change places. */
    static final VectorShuffle<Float> SWAP_1 = swap(1);

    static final VectorShuffle<Float> SWAP_2 = swap(2);
    static final VectorShuffle<Float> SWAP_4 = swap(L > 4 ? 4 : 1);
    static final VectorShuffle<Float> SWAP_8 = swap(L > 8 ? 8 : 1);

    private VectorSums() {}

    /** The sum of a run. */
    static float sum(int n, float[] x, int xo) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return sum(left, x, xo) + sum(n - left, x, xo + left);
        }
        float q0 = sumPass(n, x, xo, 0);
        if (L == 16) {
            return q0;
        }
        if (L == 8) {
            return q0 + sumPass(n, x, xo, 8);
        }
        return (q0 + sumPass(n, x, xo, 4)) + (sumPass(n, x, xo, 8) + sumPass(n, x, xo, 12));
    }

    private static float sumPass(int n, float[] x, int xo, int column) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int whole = n & -PARTIALS;
        for (int i = column; i < whole; i += PARTIALS) {
            p0 = p0.add(FloatVector.fromArray(S, x, xo + i));
            p1 = p1.add(FloatVector.fromArray(S, x, xo + i + ROW));
            p2 = p2.add(FloatVector.fromArray(S, x, xo + i + 2 * ROW));
            p3 = p3.add(FloatVector.fromArray(S, x, xo + i + 3 * ROW));
        }
        for (int i = whole + column; i < n; i += ROW) {
            FloatVector next = p0.add(FloatVector.fromArray(S, x, xo + i, S.indexInRange(i, n)));
            p0 = p1;
            p1 = p2;
            p2 = p3;
            p3 = next;
        }
        FloatVector s = p0.add(p2).add(p1.add(p3));
        s = s.add(s.rearrange(SWAP_2));
        s = s.add(s.rearrange(SWAP_1)); // quads
        if (L > 4) {
            s = s.add(s.rearrange(SWAP_4));
        }
        if (L > 8) {
            s = s.add(s.rearrange(SWAP_8));
        }
        return s.lane(0);
    }

    /** The sum of products of two runs. */
    static float dot(int n, float[] a, int ao, float[] b, int bo) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return dot(left, a, ao, b, bo) + dot(n - left, a, ao + left, b, bo + left);
        }
        float q0 = dotPass(n, a, ao, b, bo, 0);
        if (L == 16) {
            return q0;
        }
        if (L == 8) {
            return q0 + dotPass(n, a, ao, b, bo, 8);
        }
        return (q0 + dotPass(n, a, ao, b, bo, 4)) + (dotPass(n, a, ao, b, bo, 8) + dotPass(n, a, ao, b, bo, 12));
    }

    private static float dotPass(int n, float[] a, int ao, float[] b, int bo, int column) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int whole = n & -PARTIALS;
        for (int i = column; i < whole; i += PARTIALS) {
            p0 = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), p0);
            p1 = FloatVector.fromArray(S, a, ao + i + ROW).fma(FloatVector.fromArray(S, b, bo + i + ROW), p1);
            p2 = FloatVector.fromArray(S, a, ao + i + 2 * ROW).fma(FloatVector.fromArray(S, b, bo + i + 2 * ROW), p2);
            p3 = FloatVector.fromArray(S, a, ao + i + 3 * ROW).fma(FloatVector.fromArray(S, b, bo + i + 3 * ROW), p3);
        }
        for (int i = whole + column; i < n; i += ROW) {
            VectorMask<Float> within = S.indexInRange(i, n);
            FloatVector va = FloatVector.fromArray(S, a, ao + i, within);
            FloatVector sum = va.fma(FloatVector.fromArray(S, b, bo + i, within), p0);
            FloatVector next = p0.blend(sum, within); // a sum of -0 that gets nothing stays -0
            p0 = p1;
            p1 = p2;
            p2 = p3;
            p3 = next;
        }
        FloatVector s = p0.add(p2).add(p1.add(p3));
        s = s.add(s.rearrange(SWAP_2));
        s = s.add(s.rearrange(SWAP_1)); // quads
        if (L > 4) {
            s = s.add(s.rearrange(SWAP_4));
        }
        if (L > 8) {
            s = s.add(s.rearrange(SWAP_8));
        }
        return s.lane(0);
    }

    /** The sum of squared distances from the center. */
    static float sumSquares(int n, float[] x, int xo, float center) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return sumSquares(left, x, xo, center) + sumSquares(n - left, x, xo + left, center);
        }
        float q0 = sumSquaresPass(n, x, xo, center, 0);
        if (L == 16) {
            return q0;
        }
        if (L == 8) {
            return q0 + sumSquaresPass(n, x, xo, center, 8);
        }
        return (q0 + sumSquaresPass(n, x, xo, center, 4))
                + (sumSquaresPass(n, x, xo, center, 8) + sumSquaresPass(n, x, xo, center, 12));
    }

    private static float sumSquaresPass(int n, float[] x, int xo, float center, int column) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int whole = n & -PARTIALS;
        for (int i = column; i < whole; i += PARTIALS) {
            FloatVector d0 = FloatVector.fromArray(S, x, xo + i).sub(center);
            p0 = d0.fma(d0, p0);
            FloatVector d1 = FloatVector.fromArray(S, x, xo + i + ROW).sub(center);
            p1 = d1.fma(d1, p1);
            FloatVector d2 = FloatVector.fromArray(S, x, xo + i + 2 * ROW).sub(center);
            p2 = d2.fma(d2, p2);
            FloatVector d3 = FloatVector.fromArray(S, x, xo + i + 3 * ROW).sub(center);
            p3 = d3.fma(d3, p3);
        }
        for (int i = whole + column; i < n; i += ROW) {
            VectorMask<Float> within = S.indexInRange(i, n);
            FloatVector d = FloatVector.fromArray(S, x, xo + i, within).sub(center, within);
            FloatVector next = d.fma(d, p0);
            p0 = p1;
            p1 = p2;
            p2 = p3;
            p3 = next;
        }
        FloatVector s = p0.add(p2).add(p1.add(p3));
        s = s.add(s.rearrange(SWAP_2));
        s = s.add(s.rearrange(SWAP_1)); // quads
        if (L > 4) {
            s = s.add(s.rearrange(SWAP_4));
        }
        if (L > 8) {
            s = s.add(s.rearrange(SWAP_8));
        }
        return s.lane(0);
    }

    /** The sum of {@code e^(x - center)}, see {@link dev.lanewise.kernel.Elementary#exp}. */
    static float sumExp(int n, float[] x, int xo, float center) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            return sumExp(left, x, xo, center) + sumExp(n - left, x, xo + left, center);
        }
        float q0 = sumExpPass(n, x, xo, center, 0);
        if (L == 16) {
            return q0;
        }
        if (L == 8) {
            return q0 + sumExpPass(n, x, xo, center, 8);
        }
        return (q0 + sumExpPass(n, x, xo, center, 4))
                + (sumExpPass(n, x, xo, center, 8) + sumExpPass(n, x, xo, center, 12));
    }

    private static float sumExpPass(int n, float[] x, int xo, float center, int column) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        for (int i = column; i < n; i += ROW) {
            FloatVector v;
            if (i <= n - L) {
                v = FloatVector.fromArray(S, x, xo + i);
            } else { // lanes beyond the end add e^-infinity
                VectorMask<Float> within = S.indexInRange(i, n);
                v = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
                v = v.blend(FloatVector.fromArray(S, x, xo + i, within), within);
            }
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
            FloatVector e = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
            e = e.blend(0, a.lt(EXP_SMALLEST));
            e = e.mul(FloatVector.broadcast(S, 1).blend(0x1p-64f, scaled));
            e = a.mul(Float.POSITIVE_INFINITY).blend(e, a.compare(LE, EXP_LARGEST));
            FloatVector next = p0.add(e);
            p0 = p1;
            p1 = p2;
            p2 = p3;
            p3 = next;
        }
        FloatVector s = p0.add(p2).add(p1.add(p3));
        s = s.add(s.rearrange(SWAP_2));
        s = s.add(s.rearrange(SWAP_1)); // quads
        if (L > 4) {
            s = s.add(s.rearrange(SWAP_4));
        }
        if (L > 8) {
            s = s.add(s.rearrange(SWAP_8));
        }
        return s.lane(0);
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(S, i -> i ^ distance);
    }
}
