package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
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

    /** What all of these gradients must be multiplied by, after their values were clipped. */
    float scale(String optimizer, List<FloatArray> gradients) {
        if (norm == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double sum = 0;
        for (FloatArray gradient : gradients) {
            sum += squares(gradient.toArray(), (float) value);
        }
        double length = Math.sqrt(sum);
        if (!(length <= Double.MAX_VALUE)) {
            throw new IllegalStateException(optimizer + ": the norm of the gradients is " + length);
        }
        lastNorm = length;
        return length > norm ? (float) (norm / length) : 1;
    }

    private static double squares(float[] g, float bound) {
        double sum = 0;
        for (float number : g) {
            double clipped = Math.clamp(number, -bound, bound);
            sum += clipped * clipped;
        }
        return sum;
    }

    /** Clips the first numbers of a gradient in place. */
    void apply(float[] g, int size, float scale) {
        float bound = (float) value;
        if (bound < Float.POSITIVE_INFINITY) {
            for (int i = 0; i < size; i++) {
                g[i] = Math.clamp(g[i], -bound, bound);
            }
        }
        if (scale != 1) {
            for (int i = 0; i < size; i++) {
                g[i] *= scale;
            }
        }
    }
}
