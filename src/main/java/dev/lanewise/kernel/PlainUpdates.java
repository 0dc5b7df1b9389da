package dev.lanewise.kernel;

/**
 * The loops of {@link UpdateKernels} in plain Java. They define the bits: they are the scalar kernels, and the vector kernels
 * perform the same rounded operations in the same order, and call these for the numbers that fill no vector.
 */
public final class PlainUpdates implements UpdateKernels {

    /** Stateless. */
    public PlainUpdates() {}

    @Override
    public void descend(
            int n, float[] w, int wo, float[] g, int go, float scale, float decay, float rate, float[] y, int at) {
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wo + i], scale * g[go + i]);
            y[at + i] = Math.fma(-rate, d, w[wo + i]);
        }
    }

    @Override
    public void descendWithMomentum(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] b,
            float scale,
            float decay,
            float momentum,
            float rate,
            float[] y,
            int at) {
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wo + i], scale * g[go + i]);
            float mean = normal(Math.fma(momentum, b[at + i], d));
            b[at + i] = mean;
            y[at + i] = Math.fma(-rate, mean, w[wo + i]);
        }
    }

    @Override
    public void adam(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] m,
            float[] v,
            float scale,
            float decay,
            float kept,
            float keep1,
            float take1,
            float keep2,
            float take2,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wo + i], scale * g[go + i]);
            float mean = normal(Math.fma(keep1, m[at + i], take1 * d));
            float square = Math.fma(keep2, v[at + i], take2 * d * d);
            m[at + i] = mean;
            v[at + i] = square;
            float step = rate * mean / ((float) Math.sqrt(square) + epsilon);
            y[at + i] = Math.fma(kept, w[wo + i], -step);
        }
    }

    @Override
    public void rmsProp(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            float scale,
            float decay,
            float keep,
            float take,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wo + i], scale * g[go + i]);
            float square = Math.fma(keep, v[at + i], take * d * d);
            v[at + i] = square;
            float step = d / ((float) Math.sqrt(square) + epsilon);
            y[at + i] = Math.fma(-rate, step, w[wo + i]);
        }
    }

    @Override
    public void rmsPropWithMomentum(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            float[] b,
            float scale,
            float decay,
            float keep,
            float take,
            float momentum,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        for (int i = 0; i < n; i++) {
            float d = Math.fma(decay, w[wo + i], scale * g[go + i]);
            float square = Math.fma(keep, v[at + i], take * d * d);
            v[at + i] = square;
            float step = d / ((float) Math.sqrt(square) + epsilon);
            float mean = normal(Math.fma(momentum, b[at + i], step));
            b[at + i] = mean;
            y[at + i] = Math.fma(-rate, mean, w[wo + i]);
        }
    }

    /** The number itself, or 0 if it is subnormal. */
    private static float normal(float number) {
        return Math.abs(number) < Float.MIN_NORMAL ? 0 : number;
    }
}
