package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.Elementary;

/** Exponential, logarithm and what is made of them. */
final class ScalarExponentials {

    private ScalarExponentials() {}

    static void exp(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.exp(x[xo + i]);
        }
    }

    static void log(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.log(x[xo + i]);
        }
    }

    static void tanh(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.tanh(x[xo + i]);
        }
    }

    static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.sigmoid(x[xo + i]);
        }
    }

    static void erf(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.erf(x[xo + i]);
        }
    }

    static void expm1(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.expm1(x[xo + i]);
        }
    }

    static void log1p(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.log1p(x[xo + i]);
        }
    }

    /** {@code y = e^(x - center)}. */
    static void expCentered(int n, float[] x, int xo, float center, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.exp(x[xo + i] - center);
        }
    }
}
