package dev.lanewise.kernel.scalar;

/** The loop that chooses, and the one that gathers a strided view. */
final class ScalarChoice {

    private ScalarChoice() {}

    static void where(
            int n,
            float[] c,
            int co,
            int cStep,
            float[] a,
            int ao,
            int aStep,
            float[] b,
            int bo,
            int bStep,
            float[] y,
            int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = c[co + i * cStep] != 0 ? a[ao + i * aStep] : b[bo + i * bStep];
        }
    }

    static void copy(int rows, int columns, float[] x, int xo, int rowStride, int columnStride, float[] y, int yo) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[yo + i * columns + j] = x[xo + i * rowStride + j * columnStride];
            }
        }
    }
}
