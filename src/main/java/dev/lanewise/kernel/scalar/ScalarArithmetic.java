package dev.lanewise.kernel.scalar;

/**
 * The loops whose elements are one arithmetic operation each.
 *
 * <p>Where both operands of a binary loop are runs it has a loop of its own, because C2 vectorises that one by itself
 * and gives up on a multiplied index.
 */
final class ScalarArithmetic {

    private ScalarArithmetic() {}

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

    static void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
        }
    }

    static void add(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] + b[bo + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] + b[bo + i * bStep];
            }
        }
    }

    static void sub(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] - b[bo + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] - b[bo + i * bStep];
            }
        }
    }

    static void mul(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] * b[bo + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] * b[bo + i * bStep];
            }
        }
    }

    static void div(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] / b[bo + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] / b[bo + i * bStep];
            }
        }
    }

    static void max(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Math.max(a[ao + i], b[bo + i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Math.max(a[ao + i * aStep], b[bo + i * bStep]);
            }
        }
    }

    static void min(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Math.min(a[ao + i], b[bo + i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Math.min(a[ao + i * aStep], b[bo + i * bStep]);
            }
        }
    }
}
