package dev.lanewise.bench.engine;

/**
 * A chain of operations on one number, in turn: times a factor, plus a term, tanh.
 *
 * @param length how many operations
 */
public record Chain(int length) {

    float start() {
        return 0.5f;
    }

    float factor() {
        return 1.25f;
    }

    float term() {
        return 0.125f;
    }

    /** The derivative of the last number by the first, in double. */
    public double gradient() {
        double x = start();
        double gradient = 1;
        for (int i = 0; i < length; i++) {
            switch (i % 3) {
                case 0 -> {
                    x *= factor();
                    gradient *= factor();
                }
                case 1 -> x += term();
                default -> {
                    x = Math.tanh(x);
                    gradient *= 1 - x * x;
                }
            }
        }
        return gradient;
    }
}
