package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import java.util.SequencedMap;

/**
 * Every row of the last axis shifted and scaled to mean 0 and variance 1, then multiplied by {@code gain}, plus {@code bias}
 * (Ba, Kiros and Hinton, <i>Layer normalization</i>, 2016). Inputs and outputs have the shape {@code … x width}, gain and
 * bias the shape {@code width}.
 */
public final class LayerNorm implements Layer {

    private final Parameter gain;
    private final Parameter bias;
    private final float eps;
    private final SequencedMap<String, Parameter> parameters;

    private LayerNorm(FloatArray gain, FloatArray bias, float eps) {
        if (gain.rank() != 1 || !gain.shape().equals(bias.shape())) {
            throw new IllegalArgumentException("layer norm: a gain of shape " + gain.shape() + " and a bias of shape "
                    + bias.shape() + " are not two vectors of one length");
        }
        if (!(eps >= 0 && eps <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "layer norm " + gain.size() + ": an eps of " + eps + " is not finite, or negative");
        }
        this.gain = new Parameter("gain", gain);
        this.bias = new Parameter("bias", bias);
        this.eps = eps;
        this.parameters = Trees.own(this.gain, this.bias);
    }

    /**
     * A layer with the given gain and bias, which it shares.
     *
     * @param eps what is added to the variance before its root is taken
     * @throws IllegalArgumentException unless both are vectors of one length, or if eps is negative or not finite
     */
    public static LayerNorm of(FloatArray gain, FloatArray bias, float eps) {
        return new LayerNorm(gain, bias, eps);
    }

    /**
     * A layer that has learned nothing yet: gains of 1 and biases of 0.
     *
     * @param eps what is added to the variance before its root is taken
     * @throws IllegalArgumentException if eps is negative or not finite
     */
    public static LayerNorm of(int width, float eps) {
        return new LayerNorm(FloatArray.ones(width), FloatArray.zeros(width), eps);
    }

    /** The length of a row. */
    public int width() {
        return gain.shape().dim(0);
    }

    @Override
    public SequencedMap<String, Parameter> parameters() {
        return parameters;
    }

    @Override
    public AdjointArray forward(AdjointArray x) {
        if (x.rank() == 0 || x.shape().dim(-1) != width()) {
            throw new IllegalArgumentException(this + ": the input has shape " + x.shape() + ", not ... x " + width());
        }
        return x.layerNorm(gain.leaf(), bias.leaf(), eps, -1);
    }

    @Override
    public String toString() {
        return "layer norm " + width();
    }
}
