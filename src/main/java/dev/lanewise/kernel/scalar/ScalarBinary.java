package dev.lanewise.kernel.scalar;

/**
 * The loops that make one number from two, by one arithmetic operation.
 *
 * <p>Two runs have a loop of their own, because C2 vectorises that one by itself and gives up on a multiplied index.
 */
final class ScalarBinary {

    private ScalarBinary() {}

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
