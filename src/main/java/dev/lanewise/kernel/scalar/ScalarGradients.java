package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.Elementary;

/** Numbers times the derivatives of activation functions. */
final class ScalarGradients {

    private ScalarGradients() {}

    static void geluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = b[bo + i * bStep] * Elementary.geluSlope(a[ao + i * aStep]);
        }
    }

    static void siluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = b[bo + i * bStep] * Elementary.siluSlope(a[ao + i * aStep]);
        }
    }

    static void tanhGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = a[ao + i * aStep];
            y[yo + i] = b[bo + i * bStep] * Math.fma(-v, v, 1);
        }
    }

    static void sigmoidGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = a[ao + i * aStep];
            y[yo + i] = b[bo + i * bStep] * Math.fma(-v, v, v);
        }
    }

    static void reluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i * aStep] <= 0 ? 0 : b[bo + i * bStep];
        }
    }
}
