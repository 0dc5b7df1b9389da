package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Trainable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Replaces the values of a set of parameters by better ones.
 *
 * <p>A step touches a parameter only if it is {@linkplain Trainable#isTrainable trainable} then and has a gradient. A
 * frozen one keeps its value to the bit, whatever weight decay or momentum is set, and so does what the optimizer
 * remembers of it, so it may come back later. An update puts a new leaf, without a gradient, in the place of the old: a
 * step uses gradients up, and {@link #zeroGrad} is needed only for passes that no step followed.
 *
 * <p>Gradients may be clipped on their way into a step, and some of the parameters may have another learning rate and weight
 * decay than the rest: a {@link #group}. What is remembered can be written to a file and read back ({@link #state}), so that
 * training goes on with the same bits.
 *
 * <p>An optimizer belongs to one thread at a time; other threads may read the parameters meanwhile.
 */
public abstract class Optimizer {

    private static final Factors ORDINARY = new Factors(1, 1);

    private final String name;
    private final List<Trainable> parameters;
    private final IdentityHashMap<Trainable, Memory> memories = new IdentityHashMap<>();
    private final IdentityHashMap<Trainable, Factors> groups = new IdentityHashMap<>();
    private final Clipping clipping = new Clipping();
    private double learningRate;

    /** What the learning rate and the weight decay of a group are multiplied by. */
    private record Factors(double learningRate, double weightDecay) {}

    /** What an optimizer remembers of one parameter between its updates. */
    public static final class Memory {

        private final int size;
        private final List<float[]> arrays = new ArrayList<>();
        private long updates;
        private double learningRate;
        private double decayFactor;

        Memory(int size) {
            this.size = size;
        }

        Memory(int size, List<float[]> arrays, long updates) {
            this(size);
            this.arrays.addAll(arrays);
            this.updates = updates;
        }

        /** All the arrays that have been asked for. */
        List<float[]> arrays() {
            return arrays;
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

        /** The step size for this update of the parameter: the optimizer's, times its group's. */
        public double learningRate() {
            return learningRate;
        }

        /** What the optimizer's weight decay is to be multiplied by: 1, unless its group says otherwise. */
        public double decayFactor() {
            return decayFactor;
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
        for (Trainable parameter : this.parameters) {
            if (groups.put(parameter, ORDINARY) != null) {
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
     * Multiplies the learning rate and the weight decay of some of its parameters, from now on: a smaller rate for the lower
     * layers of a pretrained model, say, or no decay for biases. What is set last for a parameter holds.
     *
     * @throws IllegalArgumentException for a parameter that this optimizer was not given, or a factor that is negative or not
     *     finite; nothing is changed then
     */
    public final void group(
            Collection<? extends Trainable> members, double learningRateFactor, double weightDecayFactor) {
        Factors factors = new Factors(
                requireAtLeastZero("learning rate's factor", learningRateFactor),
                requireAtLeastZero("weight decay's factor", weightDecayFactor));
        for (Trainable member : members) {
            if (!groups.containsKey(member)) {
                throw new IllegalArgumentException(
                        name + ": parameter '" + member.name() + "' of a group is not one of this optimizer");
            }
        }
        members.forEach(member -> groups.put(member, factors));
    }

    /**
     * From now on, scales all gradients of a step by one factor if their joint Euclidean norm is larger (Pascanu, Mikolov
     * and Bengio, <i>On the difficulty of training recurrent neural networks</i>, 2013). Infinity ends it.
     *
     * @throws IllegalArgumentException unless the norm is above 0
     */
    public final void clipNorm(double largest) {
        clipping.norm(name, largest);
    }

    /**
     * From now on, brings each number of a gradient to the nearest within {@code ±largest} (NaN stays), before its norm is
     * taken. Infinity ends it.
     *
     * @throws IllegalArgumentException unless the bound is above 0
     */
    public final void clipValue(double largest) {
        clipping.value(name, largest);
    }

    /**
     * The joint norm that the gradients of the last step had before it was clipped, within 2.2e-6 of its size; NaN if no step
     * has clipped it yet.
     */
    public final double gradientNorm() {
        return clipping.lastNorm();
    }

    /**
     * Updates every parameter that is trainable and has a gradient.
     *
     * @return how many those were
     * @throws IllegalStateException if a gradient is of a {@linkplain dev.lanewise.array.Workspace workspace's} run that is
     *     over; nothing is updated then
     * @throws IllegalStateException if gradients are {@linkplain #clipNorm clipped by their norm} and it is not finite;
     *     nothing is updated then
     */
    public final int step() {
        List<Trainable> due = new ArrayList<>();
        List<FloatArray> gradients = new ArrayList<>();
        for (Trainable parameter : parameters) {
            FloatArray grad = parameter.leaf().grad();
            if (parameter.isTrainable() && grad != null) {
                due.add(parameter);
                requireReadable(grad);
                gradients.add(clipping.clipped(grad));
            }
        }
        float scale = clipping.scale(name, gradients);
        for (int i = 0; i < due.size(); i++) {
            replace(due.get(i), gradients.get(i), scale);
        }
        return due.size();
    }

    /** That it is not of a workspace's run that is over: said before anything is updated. */
    private static void requireReadable(FloatArray gradient) {
        if (gradient.size() > 0) {
            gradient.get(new int[gradient.rank()]);
        }
    }

    private void replace(Trainable parameter, FloatArray gradient, float scale) {
        FloatArray value = parameter.leaf().value();
        Factors factors = Objects.requireNonNull(groups.get(parameter), "each of its parameters has factors");
        Memory remembered = memories.get(parameter);
        Memory memory = remembered == null ? new Memory(value.size()) : remembered;
        memory.learningRate = learningRate * factors.learningRate;
        memory.decayFactor = factors.weightDecay;
        memory.updates++;
        try {
            FloatArray next = update(value, gradient, scale, memory);
            parameter.update(Objects.requireNonNull(next, () -> name + ": the update of a parameter is null"));
        } catch (RuntimeException | Error e) {
            memory.updates--; // this one did not take place
            throw e;
        }
        memories.put(parameter, memory);
    }

    /**
     * What it remembers now, by name: for every parameter that it has updated, the arrays and the number of updates, and
     * the learning rate in force. Whole numbers stand there in pieces that a float holds exactly, so a file of float32
     * arrays keeps them. Settings, groups and clipping are not in it: they belong to the code that makes the optimizer.
     *
     * @return a new map of copies
     * @throws IllegalStateException if two parameters have one name
     */
    public final SequencedMap<String, FloatArray> state() {
        return new OptimizerState(name, parameters).write(learningRate, memories);
    }

    /**
     * Goes on from what an optimizer of the same kind and over parameters of the same names remembered.
     *
     * @throws IllegalArgumentException if something is missing, too much, or of another shape; nothing is changed then
     * @throws IllegalStateException if two parameters have one name
     */
    public final void restore(Map<String, FloatArray> state) {
        OptimizerState form = new OptimizerState(name, parameters);
        double rate = requireAtLeastZero("learning rate", form.learningRate(state));
        IdentityHashMap<Trainable, Memory> remembered = form.read(state);
        learningRate = rate;
        memories.clear();
        memories.putAll(remembered);
    }

    /** Forgets the gradients of all its parameters. */
    public final void zeroGrad() {
        for (Trainable parameter : parameters) {
            parameter.leaf().zeroGrad();
        }
    }

    /**
     * Works out the new value of one parameter. Written with operations on arrays it is right;
     * {@link dev.lanewise.array.Updates} does what the usual formulas need in one pass over memory.
     *
     * @param weights the parameter's value
     * @param gradient its gradient, clipped, of the same shape
     * @param memory what is remembered of the parameter, to be brought up to date once nothing can fail any more, and the
     *     learning rate and weight decay of its group
     * @return the new value, of the same shape, on storage of its own: of what operations made in the run of a
     *     {@link dev.lanewise.array.Workspace} it must be a {@link FloatArray#copy}
     */
    protected abstract FloatArray update(FloatArray weights, FloatArray gradient, Memory memory);

    /** The same of a gradient that is still to be multiplied by a factor: the optimizers here do so in their pass. */
    FloatArray update(FloatArray weights, FloatArray gradient, float scale, Memory memory) {
        return update(weights, scale == 1 ? gradient : gradient.mul(scale), memory);
    }

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
