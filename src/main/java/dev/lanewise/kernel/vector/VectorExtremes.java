package dev.lanewise.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest and smallest of runs. Order does not matter to them, so they may read numbers twice: the last vector
 * overlaps the one before.
 */
final class VectorExtremes {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorExtremes() {}

    static float max(int n, float[] x, int xo) {
        if (n >= L) {
            return maxRun(n, x, xo);
        }
        float max = x[xo];
        for (int i = 1; i < n; i++) {
            max = Math.max(max, x[xo + i]);
        }
        return max;
    }

    private static float maxRun(int n, float[] x, int xo) {
        int last = n - L;
        FloatVector m0 = FloatVector.fromArray(S, x, xo + last);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int i = 0;
        for (; i < last - 3 * L; i += 4 * L) {
            m0 = m0.max(FloatVector.fromArray(S, x, xo + i));
            m1 = m1.max(FloatVector.fromArray(S, x, xo + i + L));
            m2 = m2.max(FloatVector.fromArray(S, x, xo + i + 2 * L));
            m3 = m3.max(FloatVector.fromArray(S, x, xo + i + 3 * L));
        }
        for (; i < last; i += L) {
            m0 = m0.max(FloatVector.fromArray(S, x, xo + i));
        }
        return m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
    }

    static float min(int n, float[] x, int xo) {
        if (n >= L) {
            return minRun(n, x, xo);
        }
        float min = x[xo];
        for (int i = 1; i < n; i++) {
            min = Math.min(min, x[xo + i]);
        }
        return min;
    }

    private static float minRun(int n, float[] x, int xo) {
        int last = n - L;
        FloatVector m0 = FloatVector.fromArray(S, x, xo + last);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int i = 0;
        for (; i < last - 3 * L; i += 4 * L) {
            m0 = m0.min(FloatVector.fromArray(S, x, xo + i));
            m1 = m1.min(FloatVector.fromArray(S, x, xo + i + L));
            m2 = m2.min(FloatVector.fromArray(S, x, xo + i + 2 * L));
            m3 = m3.min(FloatVector.fromArray(S, x, xo + i + 3 * L));
        }
        for (; i < last; i += L) {
            m0 = m0.min(FloatVector.fromArray(S, x, xo + i));
        }
        return m0.min(m1).min(m2.min(m3)).reduceLanes(VectorOperators.MIN);
    }

    /** Finds the largest first and then where it stands: two plain passes are faster than one that carries indices. */
    static int argmax(int n, float[] x, int xo) {
        float max = max(n, x, xo);
        int i = Float.isNaN(max) ? vectorsWithoutNan(n, x, xo) : vectorsWithout(max, n, x, xo);
        for (; i < n; i++) {
            float v = x[xo + i];
            if (v == max || Float.isNaN(v)) {
                return i;
            }
        }
        throw new AssertionError("the largest of a run is not in it");
    }

    /** How many numbers stand in whole vectors before the first vector that has {@code wanted}. */
    private static int vectorsWithout(float wanted, int n, float[] x, int xo) {
        int i = 0;
        for (; i < n - (L - 1); i += L) {
            VectorMask<Float> found = FloatVector.fromArray(S, x, xo + i).eq(wanted);
            if (found.anyTrue()) {
                break;
            }
        }
        return i;
    }

    private static int vectorsWithoutNan(int n, float[] x, int xo) {
        int i = 0;
        for (; i < n - (L - 1); i += L) {
            VectorMask<Float> found = FloatVector.fromArray(S, x, xo + i).test(VectorOperators.IS_NAN);
            if (found.anyTrue()) {
                break;
            }
        }
        return i;
    }
}
