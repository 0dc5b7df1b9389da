package dev.lanewise.nn;

import dev.lanewise.autodiff.AdjointArray;

/** The rectifier {@code max(x, 0)} as a layer, for inputs of any shape. */
public final class Relu implements Layer {

    /** A rectifier. All are alike. */
    public Relu() {}

    @Override
    public AdjointArray forward(AdjointArray x) {
        return x.relu();
    }

    @Override
    public String toString() {
        return "relu";
    }
}
