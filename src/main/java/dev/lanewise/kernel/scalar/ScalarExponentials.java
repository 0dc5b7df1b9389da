package dev.lanewise.kernel.scalar;

/** Exponential, logarithm and what is made of them. */
final class ScalarExponentials {

    private ScalarExponentials() {}

    static void exp(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = exp(x[xo + i]);
        }
    }

    static void log(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = log(x[xo + i]);
        }
    }

    static void tanh(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = tanh(x[xo + i]);
        }
    }

    static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = sigmoid(x[xo + i]);
        }
    }

    static void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = pow(a[ao + i], b[bo + i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = pow(a[ao + i * aStep], b[bo + i * bStep]);
            }
        }
    }

    static float exp(float x) {
        return (float) Math.exp(x);
    }

    static float log(float x) {
        return (float) Math.log(x);
    }

    static float tanh(float x) {
        return (float) Math.tanh(x);
    }

    static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-(double) x)));
    }

    static float pow(float a, float b) {
        return (float) Math.pow(a, b);
    }
}
