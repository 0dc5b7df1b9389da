package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.Elementary;

/** Powers. */
final class ScalarPower {

    private ScalarPower() {}

    static void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Elementary.pow(a[ao + i * aStep], b[bo + i * bStep]);
        }
    }
}
