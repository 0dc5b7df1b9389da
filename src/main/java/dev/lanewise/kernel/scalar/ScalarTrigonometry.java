package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.Elementary;

/** Sine and cosine. */
final class ScalarTrigonometry {

    private ScalarTrigonometry() {}

    static void sin(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.sin(x[xo + i]);
        }
    }

    static void cos(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.cos(x[xo + i]);
        }
    }
}
