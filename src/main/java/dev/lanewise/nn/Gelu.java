package dev.lanewise.nn;

import dev.lanewise.autodiff.AdjointArray;

/**
 * {@code x Phi(x)} as a layer, for inputs of any shape; Phi, the distribution function of the standard normal, by the error
 * function and not by a tanh that is near it (Hendrycks and Gimpel, <i>Gaussian Error Linear Units</i>, 2016).
 */
public final class Gelu implements Layer {

    /** A rectifier of this kind. All are alike. */
    public Gelu() {}

    @Override
    public AdjointArray forward(AdjointArray x) {
        return x.gelu();
    }

    @Override
    public String toString() {
        return "gelu";
    }
}
