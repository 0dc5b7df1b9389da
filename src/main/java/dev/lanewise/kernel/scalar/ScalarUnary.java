package dev.lanewise.kernel.scalar;

/** The loops that make one number from one, by one arithmetic operation. */
final class ScalarUnary {

    private ScalarUnary() {}

    static void neg(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = -x[xo + i];
        }
    }

    static void abs(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.abs(x[xo + i]);
        }
    }

    static void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) Math.sqrt(x[xo + i]);
        }
    }

    static void rsqrt(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = 1 / (float) Math.sqrt(x[xo + i]);
        }
    }

    static void square(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * x[xo + i];
        }
    }

    static void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = 1 / x[xo + i];
        }
    }

    static void relu(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = v <= 0 ? 0 : v; // false for NaN, which so stays
        }
    }

    static void leakyRelu(int n, float[] x, int xo, float slope, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = v > 0 ? v : slope * v;
        }
    }

    static void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            v = v < low ? low : v;
            y[yo + i] = v > high ? high : v;
        }
    }

    /** {@code y = x * factor}, which ends a softmax. */
    static void scale(int n, float[] x, int xo, float factor, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * factor;
        }
    }

    /** {@code y = (x - b) - c}, which ends a logarithmic softmax. */
    static void subTwice(int n, float[] x, int xo, float b, float c, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (x[xo + i] - b) - c;
        }
    }
}
