package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@code x·weight + bias}, from {@code in} to {@code out} features. The weight is stored {@code in x out}, so that it
 * multiplies as it lies. Inputs have the shape {@code … x in}, outputs {@code … x out}.
 */
public final class Linear implements Layer {

    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final SequencedMap<String, Parameter> parameters;

    private Linear(FloatArray weight, @Nullable FloatArray bias) {
        if (weight.rank() != 2) {
            throw new IllegalArgumentException("linear: a weight is in x out, not " + weight.shape());
        }
        if (bias != null && !bias.shape().equals(Shape.of(weight.shape().dim(1)))) {
            throw new IllegalArgumentException(
                    "linear: a bias of shape " + bias.shape() + " does not fit a weight of shape " + weight.shape());
        }
        this.weight = new Parameter("weight", weight);
        this.bias = bias == null ? null : new Parameter("bias", bias);
        this.parameters = Trees.own(this.weight, this.bias);
    }

    /**
     * A layer with the given weight and bias, which it shares.
     *
     * @throws IllegalArgumentException unless the weight is {@code in x out} and the bias has {@code out} elements
     */
    public static Linear of(FloatArray weight, FloatArray bias) {
        return new Linear(weight, bias);
    }

    /**
     * A layer with the given weight, which it shares, and no bias.
     *
     * @throws IllegalArgumentException unless the weight is {@code in x out}
     */
    public static Linear withoutBias(FloatArray weight) {
        return new Linear(weight, null);
    }

    /**
     * A new layer with weights drawn so, and biases of 0.
     *
     * @throws IllegalArgumentException unless in and out are at least 1
     */
    public static Linear of(int in, int out, Init init, RandomGenerator random) {
        return of(init.draw(random, in, out, in, out), FloatArray.zeros(out));
    }

    /**
     * A new layer for use before a rectifier: {@link Init#HE_NORMAL}.
     *
     * @throws IllegalArgumentException unless in and out are at least 1
     */
    public static Linear he(int in, int out, RandomGenerator random) {
        return of(in, out, Init.HE_NORMAL, random);
    }

    /**
     * A new layer for use before a saturating or no activation: {@link Init#XAVIER_UNIFORM}.
     *
     * @throws IllegalArgumentException unless in and out are at least 1
     */
    public static Linear xavier(int in, int out, RandomGenerator random) {
        return of(in, out, Init.XAVIER_UNIFORM, random);
    }

    /** The number of features of an input. */
    public int in() {
        return weight.shape().dim(0);
    }

    /** The number of features of an output. */
    public int out() {
        return weight.shape().dim(1);
    }

    @Override
    public SequencedMap<String, Parameter> parameters() {
        return parameters;
    }

    @Override
    public AdjointArray forward(AdjointArray x) {
        if (x.rank() == 0 || x.shape().dim(-1) != in()) {
            throw new IllegalArgumentException(this + ": the input has shape " + x.shape() + ", not ... x " + in());
        }
        return bias == null ? x.matmul(weight.leaf()) : x.linear(weight.leaf(), bias.leaf());
    }

    @Override
    public String toString() {
        return "linear " + in() + " to " + out();
    }
}
