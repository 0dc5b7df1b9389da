package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ReductionKernels;
import dev.lanewise.kernel.UpdateKernels;

/**
 * Steps of optimizers, each in one pass over memory: new weights from old ones, their gradient, and what is remembered of
 * them. The optimizers of {@code dev.lanewise.optim} are made of these; one of your own may be, too.
 *
 * <p>In the formulas {@code w} are the weights, {@code g} the gradient, and {@code d = scale * g + decay * w}. A result is a
 * dense array on storage of its own, also in the run of a {@link Workspace}: it replaces weights that outlive the run. What
 * is remembered are arrays of as many numbers as there are weights, in row-major order, zeros at first; they are brought up
 * to date in place, and have to be different arrays. A mean of gradients that has become subnormal becomes 0. The bits do not
 * depend on the number of threads ({@link Compute}).
 *
 * <p>All throw {@link IllegalArgumentException} if the gradient has another shape than the weights, or something remembered
 * another number of numbers; nothing is changed then, nor where the arrays cannot be read or there is no memory for the result.
 */
public final class Updates {

    private static final UpdateKernels K = Kernels.UPDATES;
    private static final ReductionKernels R = Kernels.REDUCTIONS;

    /** Sums of squares from here up have lost nothing that matters to numbers too small for float32. */
    private static final float LEAST_SUM = 0x1p-100f;

    private Updates() {}

    /** Plain descent: {@code w - rate * d}. */
    public static FloatArray descend(FloatArray w, FloatArray g, float scale, float decay, float rate) {
        requireSame("descend", w, g);
        return made(w, g, (n, x, xo, y, yo, to, at) -> K.descend(n, x, xo, y, yo, scale, decay, rate, to, at));
    }

    /** Descent with momentum: {@code b = momentum * b + d}, then {@code w - rate * b}. */
    public static FloatArray descendWithMomentum(
            FloatArray w, FloatArray g, float[] b, float scale, float decay, float momentum, float rate) {
        requireSame("descendWithMomentum", w, g, b);
        return made(
                w,
                g,
                (n, x, xo, y, yo, to, at) ->
                        K.descendWithMomentum(n, x, xo, y, yo, b, scale, decay, momentum, rate, to, at));
    }

    /**
     * Adam: {@code m = keep1 * m + take1 * d} and {@code v = keep2 * v + take2 * d²}, then
     * {@code kept * w - rate * m / (sqrt v + epsilon)}. The corrections of the means for having begun at 0 belong into
     * {@code rate} and {@code epsilon}, weight decay as in AdamW into {@code kept}.
     */
    public static FloatArray adam(
            FloatArray w,
            FloatArray g,
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
            float epsilon) {
        requireSame("adam", w, g, m, v);
        return made(
                w,
                g,
                (n, x, xo, y, yo, to, at) -> K.adam(
                        n, x, xo, y, yo, m, v, scale, decay, kept, keep1, take1, keep2, take2, rate, epsilon, to, at));
    }

    /** RMSProp: {@code v = keep * v + take * d²}, then {@code w - rate * (d / (sqrt v + epsilon))}. */
    public static FloatArray rmsProp(
            FloatArray w,
            FloatArray g,
            float[] v,
            float scale,
            float decay,
            float keep,
            float take,
            float rate,
            float epsilon) {
        requireSame("rmsProp", w, g, v);
        return made(
                w,
                g,
                (n, x, xo, y, yo, to, at) ->
                        K.rmsProp(n, x, xo, y, yo, v, scale, decay, keep, take, rate, epsilon, to, at));
    }

    /** RMSProp with momentum: v as there, {@code b = momentum * b + d / (sqrt v + epsilon)}, then {@code w - rate * b}. */
    public static FloatArray rmsPropWithMomentum(
            FloatArray w,
            FloatArray g,
            float[] v,
            float[] b,
            float scale,
            float decay,
            float keep,
            float take,
            float momentum,
            float rate,
            float epsilon) {
        requireSame("rmsPropWithMomentum", w, g, v, b);
        return made(
                w,
                g,
                (n, x, xo, y, yo, to, at) -> K.rmsPropWithMomentum(
                        n, x, xo, y, yo, v, b, scale, decay, keep, take, momentum, rate, epsilon, to, at));
    }

    /**
     * The sum of the squares, without overflow: blocks of 4096 numbers are summed in float32, in an order of which an error of at
     * most 4.3e-6 of the sum remains, and the blocks in double. A block whose sum float32 cannot hold is summed in double.
     */
    public static double sumOfSquares(FloatArray x) {
        FloatArray dense = Views.dense(x);
        float[] numbers = dense.data("sumOfSquares");
        int size = dense.size();
        double sum = 0;
        for (int i = 0, n; i < size; i += n) {
            n = Math.min(ReductionKernels.BLOCK, size - i);
            sum += sumOfBlock(n, numbers, dense.offset + i);
        }
        return sum;
    }

    private static double sumOfBlock(int n, float[] x, int xo) {
        float sum = R.sumSquares(n, x, xo, 0);
        if (sum >= LEAST_SUM && sum <= Float.MAX_VALUE) {
            return sum;
        }
        if (sum == 0 && R.max(n, x, xo) == 0 && R.min(n, x, xo) == 0) {
            return 0; // as of the rows of a table that no word of a batch has
        }
        double exact = 0;
        for (int i = 0; i < n; i++) {
            exact += (double) x[xo + i] * x[xo + i];
        }
        return exact;
    }

    /** A kernel, bound to what is remembered and to its settings. */
    @FunctionalInterface
    private interface Step {
        void run(int n, float[] w, int wo, float[] g, int go, float[] y, int at);
    }

    private static FloatArray made(FloatArray w, FloatArray g, Step step) {
        FloatArray weights = Views.dense(w);
        FloatArray gradient = Views.dense(g);
        float[] old = weights.data("update");
        float[] slope = gradient.data("update");
        float[] y = new float[w.size()];
        Chunks.run(y.length, (from, count) -> {
            for (int i = from, n; i < from + count; i += n) {
                n = Math.min(Elementwise.RUN, from + count - i);
                step.run(n, old, weights.offset + i, slope, gradient.offset + i, y, i);
            }
        });
        return new FloatArray(y, w.shape());
    }

    private static void requireSame(String name, FloatArray w, FloatArray g, float[]... remembered) {
        if (!Shapes.given(name, w).shape().equals(Shapes.given(name, g).shape())) {
            throw new IllegalArgumentException(
                    name + ": weights of shape " + w.shape() + " and a gradient of shape " + g.shape() + " differ");
        }
        for (float[] numbers : remembered) {
            if (numbers.length != w.size()) {
                throw new IllegalArgumentException(name + ": weights of shape " + w.shape() + " have " + w.size()
                        + " elements, and " + numbers.length + " are remembered");
            }
        }
    }
}
