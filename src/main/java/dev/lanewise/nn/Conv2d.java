package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import dev.lanewise.autodiff.AdjointArray;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with filters that are learned, and a bias for each. Inputs have the shape
 * {@code n x in x height x width}, outputs {@code n x out x down x right}: a row and a column for each place of the window.
 * Filters are stored {@code out x in/groups x rows x columns}.
 */
public final class Conv2d implements Layer {

    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final Window window;
    private final int groups;
    private final SequencedMap<String, Parameter> parameters;

    private Conv2d(FloatArray weight, @Nullable FloatArray bias, Window window, int groups) {
        Shape shape = weight.shape();
        if (weight.rank() != 4
                || shape.dim(2) != window.rows().length()
                || shape.dim(3) != window.columns().length()) {
            throw new IllegalArgumentException(
                    "conv2d: filters are out x in/groups x rows x columns of " + window + ", not " + shape);
        }
        if (groups < 1 || shape.dim(0) % groups != 0) {
            throw new IllegalArgumentException(
                    "conv2d: " + groups + " groups do not divide the " + shape.dim(0) + " filters of shape " + shape);
        }
        if (bias != null && !bias.shape().equals(Shape.of(shape.dim(0)))) {
            throw new IllegalArgumentException(
                    "conv2d: a bias of shape " + bias.shape() + " does not fit filters of shape " + shape);
        }
        this.weight = new Parameter("weight", weight);
        this.bias = bias == null ? null : new Parameter("bias", bias);
        this.window = window;
        this.groups = groups;
        this.parameters = Trees.own(this.weight, this.bias);
    }

    /**
     * A layer with the given filters and biases, which it shares.
     *
     * @throws IllegalArgumentException unless the filters have the window's size, the groups divide them, and there is a
     *     bias for each
     */
    public static Conv2d of(FloatArray filters, FloatArray bias, Window window, int groups) {
        return new Conv2d(filters, bias, window, groups);
    }

    /**
     * A layer with the given filters, which it shares, and no bias: for use before a normalization.
     *
     * @throws IllegalArgumentException unless the filters have the window's size and the groups divide them
     */
    public static Conv2d withoutBias(FloatArray filters, Window window, int groups) {
        return new Conv2d(filters, null, window, groups);
    }

    /**
     * A new layer in one group with filters drawn so, and biases of 0.
     *
     * @throws IllegalArgumentException unless in and out are at least 1
     */
    public static Conv2d of(int in, int out, Window window, Init init, RandomGenerator random) {
        int rows = window.rows().length();
        int columns = window.columns().length();
        int size = rows * columns;
        return of(init.draw(random, in * size, out * size, out, in, rows, columns), FloatArray.zeros(out), window, 1);
    }

    /**
     * A new layer for use before a rectifier: {@link Init#HE_NORMAL}.
     *
     * @throws IllegalArgumentException unless in and out are at least 1
     */
    public static Conv2d he(int in, int out, Window window, RandomGenerator random) {
        return of(in, out, window, Init.HE_NORMAL, random);
    }

    /** The number of channels of an input. */
    public int in() {
        return weight.shape().dim(1) * groups;
    }

    /** The number of channels of an output. */
    public int out() {
        return weight.shape().dim(0);
    }

    @Override
    public SequencedMap<String, Parameter> parameters() {
        return parameters;
    }

    @Override
    public AdjointArray forward(AdjointArray x) {
        Shape shape = x.shape();
        if (x.rank() != 4 || shape.dim(1) != in()) {
            throw new IllegalArgumentException(
                    this + ": the input has shape " + shape + ", not n x " + in() + " x height x width");
        }
        MaxPool2d.requireRoom(this, window, shape);
        AdjointArray convolved = x.conv2d(weight.leaf(), window, groups);
        return bias == null ? convolved : convolved.add(bias.leaf().reshape(out(), 1, 1));
    }

    @Override
    public String toString() {
        return "conv2d " + in() + " to " + out() + (groups == 1 ? "" : " in " + groups + " groups") + ", " + window;
    }
}
