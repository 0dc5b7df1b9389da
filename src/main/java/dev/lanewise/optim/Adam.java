package dev.lanewise.optim;

import dev.lanewise.autodiff.Trainable;
import java.util.Collection;

/**
 * Adam (Kingma and Ba, <i>Adam: a method for stochastic optimization</i>, 2015), with weight decay added to the gradient
 * as in PyTorch's {@code optim.Adam}. In the t-th update of a parameter:
 *
 * <pre>
 *     d = gradient + weightDecay · w
 *     m = beta1 · m + (1 - beta1) · d
 *     v = beta2 · v + (1 - beta2) · d²
 *     w = w - learningRate · (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>The updates are counted for each parameter, so one that was frozen goes on where it stopped.
 */
public final class Adam extends Optimizer {

    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-8;
    private double weightDecay;

    /**
     * With betas of 0.9 and 0.999, an epsilon of 1e-8 and no weight decay.
     *
     * @throws IllegalArgumentException if there are no parameters, if one stands there twice, or if the learning rate is
     *     negative or not finite
     */
    public Adam(Collection<? extends Trainable> parameters, double learningRate) {
        super("adam", parameters, learningRate);
    }

    /**
     * Sets the shares of the running means of gradients and of their squares that are kept, from now on.
     *
     * @return this
     * @throws IllegalArgumentException unless both are at least 0 and below 1
     */
    public Adam betas(double first, double second) {
        requireFraction("beta1", first);
        requireFraction("beta2", second);
        beta1 = first;
        beta2 = second;
        return this;
    }

    /**
     * Sets what keeps the division from blowing up, from now on.
     *
     * @return this
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adam epsilon(double small) {
        epsilon = requireAtLeastZero("epsilon", small);
        return this;
    }

    /**
     * Sets how much of a weight is added to its gradient, from now on.
     *
     * @return this
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adam weightDecay(double decay) {
        weightDecay = requireAtLeastZero("weight decay", decay);
        return this;
    }

    @Override
    protected void update(float[] numbers, float[] gradient, Memory memory) {
        float[] m = memory.array(0);
        float[] v = memory.array(1);
        mix(numbers, gradient, m, v, beta1, beta2, weightDecay * memory.decayFactor());
        move(numbers, m, v, memory.updates(), memory.learningRate(), beta1, beta2, epsilon);
    }

    /** Brings the running means of gradients and of their squares up to date. */
    static void mix(float[] w, float[] g, float[] m, float[] v, double beta1, double beta2, double weightDecay) {
        mix(w, g, m, v, (float) beta1, (float) (1 - beta1), (float) beta2, (float) (1 - beta2), (float) weightDecay);
    }

    private static void mix(
            float[] w,
            float[] g,
            float[] m,
            float[] v,
            float keep1,
            float take1,
            float keep2,
            float take2,
            float decay) {
        for (int i = 0; i < w.length; i++) {
            float d = g[i] + decay * w[i];
            m[i] = keep1 * m[i] + take1 * d;
            v[i] = keep2 * v[i] + take2 * d * d;
        }
    }

    /** Moves the weights by the means, which are corrected for having begun at 0. */
    static void move(
            float[] w, float[] m, float[] v, long updates, double rate, double beta1, double beta2, double epsilon) {
        // The corrections are worked out in double, since 1 - beta2^t begins with a difference of nearly equal numbers.
        double first = 1 - Math.pow(beta1, (double) updates);
        double second = 1 - Math.pow(beta2, (double) updates);
        move(w, m, v, (float) (rate / first), (float) Math.sqrt(second), (float) epsilon);
    }

    private static void move(float[] w, float[] m, float[] v, float rate, float rootOfSecond, float epsilon) {
        for (int i = 0; i < w.length; i++) {
            w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) / rootOfSecond + epsilon);
        }
    }
}
