package dev.lanewise.kernel.scalar;

/** Sine and cosine. */
final class ScalarTrigonometry {

    private ScalarTrigonometry() {}

    static void sin(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = sin(x[xo + i]);
        }
    }

    static void cos(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = cos(x[xo + i]);
        }
    }

    static float sin(float x) {
        return (float) Math.sin(x);
    }

    static float cos(float x) {
        return (float) Math.cos(x);
    }
}
