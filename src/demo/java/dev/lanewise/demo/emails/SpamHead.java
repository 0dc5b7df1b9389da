package dev.lanewise.demo.emails;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * From the vectors of sentences to two logits, ham's and spam's. Each feature is first shifted and scaled to mean 0 and
 * deviation 1 over the mail that the head was made for, since those of pretrained encoders differ much in both.
 */
public final class SpamHead implements Layer {

    private final FloatArray mean;
    private final FloatArray deviation;
    private final Linear linear;

    private SpamHead(FloatArray mean, FloatArray deviation, Linear linear) {
        this.mean = mean;
        this.deviation = deviation;
        this.linear = linear;
        nameParameters();
    }

    /** A head that knows nothing yet, its weights 0: it says one half of any mail. Vectors are {@code count x width}. */
    static SpamHead over(FloatArray vectors) {
        FloatArray mean = vectors.mean(0);
        FloatArray deviation = vectors.sub(mean).square().mean(0).add(1e-12f).sqrt();
        int width = vectors.shape().dim(1);
        return new SpamHead(mean, deviation, Linear.of(FloatArray.zeros(width, 2), FloatArray.zeros(2)));
    }

    /** Another head with the same numbers, to be trained on its own. */
    SpamHead copy() {
        return new SpamHead(mean, deviation, Linear.of(weight().value(), bias().value()));
    }

    Parameter weight() {
        return linear.parameter("weight");
    }

    Parameter bias() {
        return linear.parameter("bias");
    }

    @Override
    public SequencedMap<String, Layer> children() {
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        children.put("linear", linear);
        return children;
    }

    @Override
    public AdjointArray forward(AdjointArray vectors) {
        return linear.forward(vectors.sub(AdjointArray.constant(mean)).div(AdjointArray.constant(deviation)));
    }
}
