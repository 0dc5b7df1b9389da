package dev.lanewise.kernel.scalar;

/** The largest and smallest of runs. */
final class ScalarExtremes {

    private ScalarExtremes() {}

    static float max(int n, float[] x, int xo) {
        float max = x[xo];
        for (int i = 1; i < n; i++) {
            max = Math.max(max, x[xo + i]);
        }
        return max;
    }

    static float min(int n, float[] x, int xo) {
        float min = x[xo];
        for (int i = 1; i < n; i++) {
            min = Math.min(min, x[xo + i]);
        }
        return min;
    }

    static int argmax(int n, float[] x, int xo) {
        int best = 0;
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            if (Float.isNaN(v)) {
                return i;
            }
            if (v > x[xo + best]) {
                best = i;
            }
        }
        return best;
    }
}
