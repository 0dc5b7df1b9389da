package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Updates;
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
    protected FloatArray update(FloatArray weights, FloatArray gradient, Memory memory) {
        return update(weights, gradient, 1, memory);
    }

    @Override
    FloatArray update(FloatArray weights, FloatArray gradient, float scale, Memory memory) {
        double decay = weightDecay * memory.decayFactor();
        return step(weights, gradient, scale, decay, 1, memory, beta1, beta2, epsilon);
    }

    /**
     * Adam's formula, with the weights first multiplied by a factor. The means are corrected for having begun at 0 by the
     * learning rate and epsilon, {@code r (m / a) / (sqrt(v / b) + e) = (r sqrt b / a) m / (sqrt v + e sqrt b)}: worked out
     * in double, since {@code 1 - beta^t} begins with a difference of nearly equal numbers, and rounded once.
     */
    static FloatArray step(
            FloatArray weights,
            FloatArray gradient,
            float scale,
            double decay,
            double kept,
            Memory memory,
            double beta1,
            double beta2,
            double epsilon) {
        double first = 1 - Math.pow(beta1, (double) memory.updates());
        double rootOfSecond = Math.sqrt(1 - Math.pow(beta2, (double) memory.updates()));
        return Updates.adam(
                weights,
                gradient,
                memory.array(0),
                memory.array(1),
                scale,
                (float) decay,
                (float) kept,
                (float) beta1,
                (float) (1 - beta1),
                (float) beta2,
                (float) (1 - beta2),
                (float) (memory.learningRate() * rootOfSecond / first),
                (float) (epsilon * rootOfSecond));
    }
}
