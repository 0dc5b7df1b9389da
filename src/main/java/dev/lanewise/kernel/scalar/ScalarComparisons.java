package dev.lanewise.kernel.scalar;

/** The loops that compare. */
final class ScalarComparisons {

    private ScalarComparisons() {}

    static void eq(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] == b[bo + i] ? 1 : 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] == b[bo + i * bStep] ? 1 : 0;
            }
        }
    }

    static void ne(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] != b[bo + i] ? 1 : 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] != b[bo + i * bStep] ? 1 : 0;
            }
        }
    }

    static void lt(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] < b[bo + i] ? 1 : 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] < b[bo + i * bStep] ? 1 : 0;
            }
        }
    }

    static void le(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (aStep == 1 && bStep == 1) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i] <= b[bo + i] ? 1 : 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] <= b[bo + i * bStep] ? 1 : 0;
            }
        }
    }
}
