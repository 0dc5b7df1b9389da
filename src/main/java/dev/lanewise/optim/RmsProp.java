package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Updates;
import dev.lanewise.autodiff.Trainable;
import java.util.Collection;

/**
 * RMSProp (Tieleman and Hinton, <i>Neural networks for machine learning</i>, lecture 6.5, 2012) with momentum and weight
 * decay, as PyTorch's {@code optim.RMSprop} defines them:
 *
 * <pre>
 *     d = gradient + weightDecay · w
 *     v = smoothing · v + (1 - smoothing) · d²
 *     b = momentum · b + d / (sqrt(v) + epsilon)
 *     w = w - learningRate · b
 * </pre>
 */
public final class RmsProp extends Optimizer {

    private double smoothing = 0.99;
    private double epsilon = 1e-8;
    private double momentum;
    private double weightDecay;

    /**
     * With a smoothing of 0.99, an epsilon of 1e-8, no momentum and no weight decay.
     *
     * @throws IllegalArgumentException if there are no parameters, if one stands there twice, or if the learning rate is
     *     negative or not finite
     */
    public RmsProp(Collection<? extends Trainable> parameters, double learningRate) {
        super("rmsProp", parameters, learningRate);
    }

    /**
     * Sets the share of the running mean of squares that is kept, from now on.
     *
     * @return this
     * @throws IllegalArgumentException unless it is at least 0 and below 1
     */
    public RmsProp smoothing(double share) {
        smoothing = requireFraction("smoothing", share);
        return this;
    }

    /**
     * Sets what keeps the division from blowing up, from now on.
     *
     * @return this
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public RmsProp epsilon(double small) {
        epsilon = requireAtLeastZero("epsilon", small);
        return this;
    }

    /**
     * Sets the share of the last direction that is kept, from now on.
     *
     * @return this
     * @throws IllegalArgumentException unless it is at least 0 and below 1
     */
    public RmsProp momentum(double share) {
        momentum = requireFraction("momentum", share);
        return this;
    }

    /**
     * Sets how much of a weight is added to its gradient, from now on.
     *
     * @return this
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public RmsProp weightDecay(double decay) {
        weightDecay = requireAtLeastZero("weight decay", decay);
        return this;
    }

    @Override
    protected FloatArray update(FloatArray weights, FloatArray gradient, Memory memory) {
        return update(weights, gradient, 1, memory);
    }

    @Override
    FloatArray update(FloatArray weights, FloatArray gradient, float scale, Memory memory) {
        float[] v = memory.array(0);
        float rate = (float) memory.learningRate();
        float decay = (float) (weightDecay * memory.decayFactor());
        float keep = (float) smoothing;
        float take = (float) (1 - smoothing);
        return momentum == 0
                ? Updates.rmsProp(weights, gradient, v, scale, decay, keep, take, rate, (float) epsilon)
                : Updates.rmsPropWithMomentum(
                        weights, gradient, v, memory.array(1), scale, decay, keep, take, (float) momentum, rate, (float)
                                epsilon);
    }
}
