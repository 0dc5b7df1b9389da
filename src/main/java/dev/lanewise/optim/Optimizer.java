package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Trainable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Replaces the values of a set of parameters by better ones.
 *
 * <p>A step touches a parameter only if it is {@linkplain Trainable#isTrainable trainable} then and has a gradient. A
 * frozen one keeps its value to the bit, whatever weight decay or momentum is set, and so does what the optimizer
 * remembers of it, so it may come back later. An update puts a new leaf, without a gradient, in the place of the old: a
 * step uses gradients up, and {@link #zeroGrad} is needed only for passes that no step followed.
 *
 * <p>An optimizer belongs to one thread at a time; other threads may read the parameters meanwhile.
 */
public abstract class Optimizer {

    private final String name;
    private final List<Trainable> parameters;
    private final IdentityHashMap<Trainable, Memory> memories = new IdentityHashMap<>();
    private double learningRate;
    private float[] gradient = {};

    /** What an optimizer remembers of one parameter between its updates. */
    public static final class Memory {

        private final int size;
        private final List<float[]> arrays = new ArrayList<>();
        private long updates;

        private Memory(int size) {
            this.size = size;
        }

        /** One of the remembered arrays, of the parameter's size; made of zeros when it is first asked for. */
        public float[] array(int number) {
            while (arrays.size() <= number) {
                arrays.add(new float[size]);
            }
            return arrays.get(number);
        }

        /** How many updates the parameter has had, the present one included. */
        public long updates() {
            return updates;
        }
    }

    /**
     * An optimizer of the given parameters, in their order.
     *
     * @param name what it is called in messages
     * @throws IllegalArgumentException if there are none, if one stands there twice, or if the learning rate is negative
     *     or not finite
     */
    protected Optimizer(String name, Collection<? extends Trainable> parameters, double learningRate) {
        this.name = name;
        this.parameters = List.copyOf(parameters);
        if (this.parameters.isEmpty()) {
            throw new IllegalArgumentException(name + ": there are no parameters to train");
        }
        IdentityHashMap<Trainable, Boolean> seen = new IdentityHashMap<>();
        for (Trainable parameter : this.parameters) {
            if (seen.put(parameter, true) != null) {
                throw new IllegalArgumentException(
                        name + ": parameter '" + parameter.name() + "' was given twice and would be updated twice");
            }
        }
        this.learningRate = requireAtLeastZero("learning rate", learningRate);
    }

    /** The parameters that it was given, in their order; it cannot be changed. */
    public final List<Trainable> parameters() {
        return parameters;
    }

    /** The step size in force. */
    public final double learningRate() {
        return learningRate;
    }

    /**
     * Sets the step size from now on, as a schedule does.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public final void learningRate(double rate) {
        learningRate = requireAtLeastZero("learning rate", rate);
    }

    /**
     * Updates every parameter that is trainable and has a gradient.
     *
     * @return how many those were
     */
    public final int step() {
        int updated = 0;
        for (Trainable parameter : parameters) {
            AdjointArray leaf = parameter.leaf();
            FloatArray grad = leaf.grad();
            if (parameter.isTrainable() && grad != null) {
                update(parameter, leaf.value(), grad);
                updated++;
            }
        }
        return updated;
    }

    private void update(Trainable parameter, FloatArray value, FloatArray grad) {
        int size = value.size();
        if (gradient.length < size) {
            gradient = new float[size];
        }
        grad.copyTo(gradient, 0);
        Memory memory = memories.computeIfAbsent(parameter, p -> new Memory(size));
        memory.updates++;
        float[] numbers = value.toArray();
        update(numbers, gradient, memory);
        parameter.update(FloatArray.wrap(numbers, value.shape()));
    }

    /** Forgets the gradients of all its parameters. */
    public final void zeroGrad() {
        for (Trainable parameter : parameters) {
            parameter.leaf().zeroGrad();
        }
    }

    /**
     * Works out the new numbers of one parameter in place.
     *
     * @param numbers the parameter's numbers, to be overwritten by the new ones
     * @param gradient the gradient, in the same order; it may be longer than {@code numbers}, and may be overwritten
     * @param memory what is remembered of the parameter, to be brought up to date
     */
    protected abstract void update(float[] numbers, float[] gradient, Memory memory);

    /** The number itself; throws {@link IllegalArgumentException} if it is negative or not finite. */
    protected final double requireAtLeastZero(String what, double number) {
        if (!(number >= 0 && number <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(name + ": the " + what + " " + number + " is not a number from 0 on");
        }
        return number;
    }

    /** The number itself; throws {@link IllegalArgumentException} unless it is at least 0 and below 1. */
    protected final double requireFraction(String what, double number) {
        if (!(number >= 0 && number < 1)) {
            throw new IllegalArgumentException(name + ": a " + what + " of " + number + " is not in [0, 1)");
        }
        return number;
    }
}
