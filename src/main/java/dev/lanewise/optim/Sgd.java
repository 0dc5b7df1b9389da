package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Updates;
import dev.lanewise.autodiff.Trainable;
import java.util.Collection;

/**
 * Stochastic gradient descent with momentum (Sutskever, Martens, Dahl and Hinton, <i>On the importance of
 * initialization and momentum in deep learning</i>, 2013) and weight decay, as PyTorch's {@code optim.SGD} defines them:
 *
 * <pre>
 *     d = gradient + weightDecay · w
 *     b = momentum · b + d        (b = d in the first update)
 *     w = w - learningRate · b
 * </pre>
 */
public final class Sgd extends Optimizer {

    private double momentum;
    private double weightDecay;

    /**
     * Plain descent: no momentum, no weight decay.
     *
     * @throws IllegalArgumentException if there are no parameters, if one stands there twice, or if the learning rate is
     *     negative or not finite
     */
    public Sgd(Collection<? extends Trainable> parameters, double learningRate) {
        super("sgd", parameters, learningRate);
    }

    /**
     * Sets the share of the last direction that is kept, from now on.
     *
     * @return this
     * @throws IllegalArgumentException unless it is at least 0 and below 1
     */
    public Sgd momentum(double share) {
        momentum = requireFraction("momentum", share);
        return this;
    }

    /**
     * Sets how much of a weight is added to its gradient, from now on.
     *
     * @return this
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Sgd weightDecay(double decay) {
        weightDecay = requireAtLeastZero("weight decay", decay);
        return this;
    }

    @Override
    protected FloatArray update(FloatArray weights, FloatArray gradient, Memory memory) {
        return update(weights, gradient, 1, memory);
    }

    @Override
    FloatArray update(FloatArray weights, FloatArray gradient, float scale, Memory memory) {
        float rate = (float) memory.learningRate();
        float decay = (float) (weightDecay * memory.decayFactor());
        return momentum == 0
                ? Updates.descend(weights, gradient, scale, decay, rate)
                : Updates.descendWithMomentum(weights, gradient, memory.array(0), scale, decay, (float) momentum, rate);
    }
}
