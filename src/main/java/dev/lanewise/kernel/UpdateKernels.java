package dev.lanewise.kernel;

/**
 * Loops that make new weights from old ones, their gradient, and what is remembered of them, in one pass over memory.
 *
 * <p>All runs are contiguous. Element {@code i} of the weights {@code w} stands at {@code wo + i}, of the gradient {@code g}
 * at {@code go + i}; of what is remembered ({@code b}, {@code m}, {@code v}) and of the new weights {@code y} at
 * {@code at + i}. What is remembered is brought up to date in place. None of the arrays that are
 * written may be another one of them. {@code n} may be 0.
 *
 * <p>In each formula {@code d = scale * g + decay * w}, which is worked out as {@code fma(decay, w, scale * g)}; a
 * {@code scale} of 1 changes no bit. Each product that something is added to is fused with that sum, so both
 * implementations give the same bits on every width of vectors; {@link PlainUpdates} defines them.
 *
 * <p>A mean of gradients ({@code b}, {@code m}) that has become subnormal is stored as 0. Of a weight that gets no gradient
 * any more it would never become 0 by itself, as 0.9 times each of the last few subnormal numbers rounds to that number
 * again, and every later step would pay the processor's assist for it.
 */
public interface UpdateKernels {

    /** {@code y = w - rate * d}. */
    void descend(int n, float[] w, int wo, float[] g, int go, float scale, float decay, float rate, float[] y, int at);

    /** {@code b = momentum * b + d; y = w - rate * b}. */
    void descendWithMomentum(
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
            int at);

    /**
     * {@code m = keep1 * m + take1 * d; v = keep2 * v + take2 * d * d; y = kept * w - rate * m / (sqrt v + epsilon)}.
     */
    void adam(
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
            int at);

    /** {@code v = keep * v + take * d * d; y = w - rate * (d / (sqrt v + epsilon))}. */
    void rmsProp(
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
            int at);

    /** {@code v = keep * v + take * d * d; b = momentum * b + d / (sqrt v + epsilon); y = w - rate * b}. */
    void rmsPropWithMomentum(
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
            int at);
}
