package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.PlainUpdates;
import dev.lanewise.kernel.UpdateKernels;

/** The plain loops of {@link UpdateKernels}, which {@link PlainUpdates} has because the vector kernels use them too. */
final class ScalarUpdates implements UpdateKernels {

    @Override
    public void descend(
            int n, float[] w, int wo, float[] g, int go, float scale, float decay, float rate, float[] y, int at) {
        PlainUpdates.descend(n, w, wo, g, go, scale, decay, rate, y, at);
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
        PlainUpdates.descendWithMomentum(n, w, wo, g, go, b, scale, decay, momentum, rate, y, at);
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
        PlainUpdates.adam(n, w, wo, g, go, m, v, scale, decay, kept, keep1, take1, keep2, take2, rate, epsilon, y, at);
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
        PlainUpdates.rmsProp(n, w, wo, g, go, v, scale, decay, keep, take, rate, epsilon, y, at);
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
        PlainUpdates.rmsPropWithMomentum(
                n, w, wo, g, go, v, b, scale, decay, keep, take, momentum, rate, epsilon, y, at);
    }
}
