package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Trainable;
import java.util.Collection;

/**
 * Adam with weight decay apart from the gradient (Loshchilov and Hutter, <i>Decoupled weight decay regularization</i>,
 * 2019), as PyTorch's {@code optim.AdamW} defines it. In the t-th update of a parameter:
 *
 * <pre>
 *     m = beta1 · m + (1 - beta1) · gradient
 *     v = beta2 · v + (1 - beta2) · gradient²
 *     w = w - learningRate · weightDecay · w
 *     w = w - learningRate · (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>In {@link Adam} the decay goes through m and v, so that weights with large gradients decay less.
 */
public final class AdamW extends Optimizer {

    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-8;
    private double weightDecay = 0.01;

    /**
     * With betas of 0.9 and 0.999, an epsilon of 1e-8 and a weight decay of 0.01.
     *
     * @throws IllegalArgumentException if there are no parameters, if one stands there twice, or if the learning rate is
     *     negative or not finite
     */
    public AdamW(Collection<? extends Trainable> parameters, double learningRate) {
        super("adamW", parameters, learningRate);
    }

    /**
     * Sets the shares of the running means of gradients and of their squares that are kept, from now on.
     *
     * @return this
     * @throws IllegalArgumentException unless both are at least 0 and below 1
     */
    public AdamW betas(double first, double second) {
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
    public AdamW epsilon(double small) {
        epsilon = requireAtLeastZero("epsilon", small);
        return this;
    }

    /**
     * Sets how much of a weight is taken away for a learning rate of 1, from now on.
     *
     * @return this
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public AdamW weightDecay(double decay) {
        weightDecay = requireAtLeastZero("weight decay", decay);
        return this;
    }

    @Override
    protected FloatArray update(FloatArray weights, FloatArray gradient, Memory memory) {
        return update(weights, gradient, 1, memory);
    }

    @Override
    FloatArray update(FloatArray weights, FloatArray gradient, float scale, Memory memory) {
        double kept = 1 - memory.learningRate() * weightDecay * memory.decayFactor();
        return Adam.step(weights, gradient, scale, 0, kept, memory, beta1, beta2, epsilon);
    }
}
