package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Updates;
import java.util.List;

/** The bounds on gradients that an optimizer keeps. */
final class Clipping {

    private double norm = Double.POSITIVE_INFINITY;
    private double value = Double.POSITIVE_INFINITY;
    private double lastNorm = Double.NaN;

    void norm(String optimizer, double largest) {
        norm = requireBound(optimizer, "norm", largest);
    }

    void value(String optimizer, double largest) {
        value = requireBound(optimizer, "value", largest);
    }

    private static double requireBound(String optimizer, String what, double largest) {
        if (!(largest > 0)) {
            throw new IllegalArgumentException(
                    optimizer + ": the largest " + what + " of a gradient, " + largest + ", is not above 0");
        }
        return largest;
    }

    double lastNorm() {
        return lastNorm;
    }

    /** The gradient with its values clipped: itself where they are not. */
    FloatArray clipped(FloatArray gradient) {
        float bound = (float) value;
        return bound < Float.POSITIVE_INFINITY ? gradient.clamp(-bound, bound) : gradient;
    }

    /** What all of these gradients, whose values have been clipped, must be multiplied by. */
    float scale(String optimizer, List<FloatArray> gradients) {
        if (norm == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double sum = 0;
        for (FloatArray gradient : gradients) {
            sum += Updates.sumOfSquares(gradient);
        }
        double length = Math.sqrt(sum);
        if (!(length <= Double.MAX_VALUE)) {
            throw new IllegalStateException(optimizer + ": the norm of the gradients is " + length);
        }
        lastNorm = length;
        return length > norm ? (float) (norm / length) : 1;
    }
}
