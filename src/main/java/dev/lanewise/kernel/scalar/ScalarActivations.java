package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.Elementary;

/** Activation functions that are made of an exponential. */
final class ScalarActivations {

    private ScalarActivations() {}

    static void gelu(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.gelu(x[xo + i]);
        }
    }

    static void silu(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.silu(x[xo + i]);
        }
    }

    static void softplus(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.softplus(x[xo + i]);
        }
    }

    static void elu(int n, float[] x, int xo, float alpha, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.elu(x[xo + i], alpha);
        }
    }
}
