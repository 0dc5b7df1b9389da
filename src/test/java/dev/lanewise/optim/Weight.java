package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Trainable;

/** The least that an optimizer can work on. */
final class Weight implements Trainable {

    private final String name;
    private AdjointArray leaf;

    Weight(String name, float... numbers) {
        this.name = name;
        this.leaf = AdjointArray.variable(FloatArray.of(numbers));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AdjointArray leaf() {
        return leaf;
    }

    @Override
    public void update(FloatArray value) {
        leaf = AdjointArray.variable(value).requiresGrad(leaf.requiresGrad());
    }

    /** Lets a backward pass add exactly this gradient. */
    Weight pull(float... gradient) {
        leaf.mul(AdjointArray.constant(FloatArray.of(gradient))).sum().backward();
        return this;
    }

    FloatArray value() {
        return leaf.value();
    }
}
