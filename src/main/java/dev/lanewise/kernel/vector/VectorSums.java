package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ReductionKernels.BLOCK;
import static dev.lanewise.kernel.ReductionKernels.PARTIALS;
import static dev.lanewise.kernel.ReductionKernels.leftOf;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of runs, in the order of {@link dev.lanewise.kernel.ReductionKernels}.
 *
 * <p>The 64 partial sums of a block are 4 rows of 16. Four accumulators hold one vector of each row, so a machine with 16
 * lanes goes once over the block, one with 8 lanes twice and one with 4 lanes four times (it is in the L1 cache), each
 * time for its own part of the rows. The order of folding is such that these passes meet only at its end.
 */
final class VectorSums {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Partial sums in a row, of which a pass takes {@code L}. */
    private static final int ROW = 16;

    private static final VectorShuffle<Float> SWAP_1 = swap(1);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_4 = swap(L > 4 ? 4 : 1);
    private static final VectorShuffle<Float> SWAP_8 = swap(L > 8 ? 8 : 1);

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

    private static float sumPass(int n, float[] x, int xo, int lane) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int i = lane;
        for (; i < n - (PARTIALS - 1) + lane; i += PARTIALS) {
            p0 = p0.add(FloatVector.fromArray(S, x, xo + i));
            p1 = p1.add(FloatVector.fromArray(S, x, xo + i + ROW));
            p2 = p2.add(FloatVector.fromArray(S, x, xo + i + 2 * ROW));
            p3 = p3.add(FloatVector.fromArray(S, x, xo + i + 3 * ROW));
        }
        if (n % PARTIALS != 0) {
            p0 = p0.add(FloatVector.fromArray(S, x, xo + i, within(n, i)));
            p1 = p1.add(FloatVector.fromArray(S, x, xo + i + ROW, within(n, i + ROW)));
            p2 = p2.add(FloatVector.fromArray(S, x, xo + i + 2 * ROW, within(n, i + 2 * ROW)));
            p3 = p3.add(FloatVector.fromArray(S, x, xo + i + 3 * ROW, within(n, i + 3 * ROW)));
        }
        return fold(p0.add(p2).add(p1.add(p3)));
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

    private static float dotPass(int n, float[] a, int ao, float[] b, int bo, int lane) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int i = lane;
        for (; i < n - (PARTIALS - 1) + lane; i += PARTIALS) {
            p0 = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), p0);
            p1 = FloatVector.fromArray(S, a, ao + i + ROW).fma(FloatVector.fromArray(S, b, bo + i + ROW), p1);
            p2 = FloatVector.fromArray(S, a, ao + i + 2 * ROW).fma(FloatVector.fromArray(S, b, bo + i + 2 * ROW), p2);
            p3 = FloatVector.fromArray(S, a, ao + i + 3 * ROW).fma(FloatVector.fromArray(S, b, bo + i + 3 * ROW), p3);
        }
        if (n % PARTIALS != 0) {
            VectorMask<Float> m0 = within(n, i);
            p0 = FloatVector.fromArray(S, a, ao + i, m0).fma(FloatVector.fromArray(S, b, bo + i, m0), p0);
            VectorMask<Float> m1 = within(n, i + ROW);
            p1 = FloatVector.fromArray(S, a, ao + i + ROW, m1).fma(FloatVector.fromArray(S, b, bo + i + ROW, m1), p1);
            VectorMask<Float> m2 = within(n, i + 2 * ROW);
            p2 = FloatVector.fromArray(S, a, ao + i + 2 * ROW, m2).fma(FloatVector.fromArray(S, b, bo + i + 2 * ROW, m2), p2);
            VectorMask<Float> m3 = within(n, i + 3 * ROW);
            p3 = FloatVector.fromArray(S, a, ao + i + 3 * ROW, m3).fma(FloatVector.fromArray(S, b, bo + i + 3 * ROW, m3), p3);
        }
        return fold(p0.add(p2).add(p1.add(p3)));
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
        return (q0 + sumSquaresPass(n, x, xo, center, 4)) + (sumSquaresPass(n, x, xo, center, 8) + sumSquaresPass(n, x, xo, center, 12));
    }

    private static float sumSquaresPass(int n, float[] x, int xo, float center, int lane) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int i = lane;
        for (; i < n - (PARTIALS - 1) + lane; i += PARTIALS) {
            FloatVector d0 = FloatVector.fromArray(S, x, xo + i).sub(center);
            p0 = d0.fma(d0, p0);
            FloatVector d1 = FloatVector.fromArray(S, x, xo + i + ROW).sub(center);
            p1 = d1.fma(d1, p1);
            FloatVector d2 = FloatVector.fromArray(S, x, xo + i + 2 * ROW).sub(center);
            p2 = d2.fma(d2, p2);
            FloatVector d3 = FloatVector.fromArray(S, x, xo + i + 3 * ROW).sub(center);
            p3 = d3.fma(d3, p3);
        }
        if (n % PARTIALS != 0) {
            VectorMask<Float> m0 = within(n, i);
            FloatVector d0 = FloatVector.fromArray(S, x, xo + i, m0).sub(center, m0);
            p0 = d0.fma(d0, p0);
            VectorMask<Float> m1 = within(n, i + ROW);
            FloatVector d1 = FloatVector.fromArray(S, x, xo + i + ROW, m1).sub(center, m1);
            p1 = d1.fma(d1, p1);
            VectorMask<Float> m2 = within(n, i + 2 * ROW);
            FloatVector d2 = FloatVector.fromArray(S, x, xo + i + 2 * ROW, m2).sub(center, m2);
            p2 = d2.fma(d2, p2);
            VectorMask<Float> m3 = within(n, i + 3 * ROW);
            FloatVector d3 = FloatVector.fromArray(S, x, xo + i + 3 * ROW, m3).sub(center, m3);
            p3 = d3.fma(d3, p3);
        }
        return fold(p0.add(p2).add(p1.add(p3)));
    }

    /** The sum of {@code e^(x - center)}. */
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
        return (q0 + sumExpPass(n, x, xo, center, 4)) + (sumExpPass(n, x, xo, center, 8) + sumExpPass(n, x, xo, center, 12));
    }

    private static float sumExpPass(int n, float[] x, int xo, float center, int lane) {
        FloatVector p0 = FloatVector.zero(S);
        FloatVector p1 = FloatVector.zero(S);
        FloatVector p2 = FloatVector.zero(S);
        FloatVector p3 = FloatVector.zero(S);
        int i = lane;
        for (; i < n - (PARTIALS - 1) + lane; i += PARTIALS) {
            p0 = p0.add(VectorExponentials.exp(FloatVector.fromArray(S, x, xo + i).sub(center)));
            p1 = p1.add(VectorExponentials.exp(FloatVector.fromArray(S, x, xo + i + ROW).sub(center)));
            p2 = p2.add(VectorExponentials.exp(FloatVector.fromArray(S, x, xo + i + 2 * ROW).sub(center)));
            p3 = p3.add(VectorExponentials.exp(FloatVector.fromArray(S, x, xo + i + 3 * ROW).sub(center)));
        }
        if (n % PARTIALS != 0) {
            VectorMask<Float> m0 = within(n, i);
            FloatVector v0 = FloatVector.fromArray(S, x, xo + i, m0).sub(center);
            p0 = p0.add(VectorExponentials.exp(v0), m0);
            VectorMask<Float> m1 = within(n, i + ROW);
            FloatVector v1 = FloatVector.fromArray(S, x, xo + i + ROW, m1).sub(center);
            p1 = p1.add(VectorExponentials.exp(v1), m1);
            VectorMask<Float> m2 = within(n, i + 2 * ROW);
            FloatVector v2 = FloatVector.fromArray(S, x, xo + i + 2 * ROW, m2).sub(center);
            p2 = p2.add(VectorExponentials.exp(v2), m2);
            VectorMask<Float> m3 = within(n, i + 3 * ROW);
            FloatVector v3 = FloatVector.fromArray(S, x, xo + i + 3 * ROW, m3).sub(center);
            p3 = p3.add(VectorExponentials.exp(v3), m3);
        }
        return fold(p0.add(p2).add(p1.add(p3)));
    }

    private static VectorMask<Float> within(int n, int i) {
        return S.indexInRange(i, n);
    }

    /** Adds the lanes: neighbours at a distance of 2, then 1, which makes quads, then 4, then 8. */
    private static float fold(FloatVector v) {
        FloatVector sum = v.add(v.rearrange(SWAP_2));
        sum = sum.add(sum.rearrange(SWAP_1));
        if (L > 4) {
            sum = sum.add(sum.rearrange(SWAP_4));
        }
        if (L > 8) {
            sum = sum.add(sum.rearrange(SWAP_8));
        }
        return sum.lane(0);
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(S, i -> i ^ distance);
    }
}
