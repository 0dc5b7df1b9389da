package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Workspace;
import java.util.random.RandomGenerator;

/**
 * How the weights of a new layer are drawn, so that numbers neither grow nor vanish from layer to layer. A weight has
 * {@code in} inputs that it adds up, and each input goes into {@code out} outputs.
 *
 * <p>The same generator from the same seed draws the same bits, on any machine.
 */
public enum Init {

    /** Normal, of variance {@code 2 / in}: for use before a rectifier. */
    HE_NORMAL(true, false),

    /** Even over {@code ±sqrt(6 / in)}, which has the same variance. */
    HE_UNIFORM(false, false),

    /** Normal, of variance {@code 2 / (in + out)}: for use before a saturating or no activation. */
    XAVIER_NORMAL(true, true),

    /** Even over {@code ±sqrt(6 / (in + out))}, which has the same variance. */
    XAVIER_UNIFORM(false, true);

    private final boolean normal;
    private final boolean bothWays;

    Init(boolean normal, boolean bothWays) {
        this.normal = normal;
        this.bothWays = bothWays;
    }

    /**
     * Draws weights (Kaiming He, Zhang, Ren and Sun, <i>Delving deep into rectifiers</i>, 2015; Xavier Glorot and Bengio,
     * <i>Understanding the difficulty of training deep feedforward neural networks</i>, 2010).
     *
     * <p>The numbers are their own, also when they are drawn in a run of a {@link Workspace}: a layer outlives it.
     *
     * @param in how many inputs are added up for an output
     * @param out how many outputs an input goes into
     * @param dims the shape of the weights
     * @throws IllegalArgumentException unless in and out are at least 1
     */
    public FloatArray draw(RandomGenerator random, int in, int out, int... dims) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException("draw: weights from " + in + " inputs to " + out + " outputs are none");
        }
        double connections = bothWays ? (double) in + out : in;
        if (normal) {
            return FloatArray.randn(random, dims)
                    .mul((float) Math.sqrt(2 / connections))
                    .copy();
        }
        float bound = (float) Math.sqrt(6 / connections);
        return FloatArray.rand(random, dims).mul(2 * bound).sub(bound).copy();
    }
}
