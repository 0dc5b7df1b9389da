package dev.lanewise.bench.engine;

import java.util.SplittableRandom;

/**
 * Weights and a gradient for steps of an optimizer.
 *
 * @param optimizer {@code adam}, or {@code momentum} for descent with momentum; neither has weight decay
 * @param weights where it starts
 * @param gradient of every step
 */
public record Update(String optimizer, float[] weights, float[] gradient) {

    static final double RATE = 1e-3;
    static final double MOMENTUM = 0.9;

    /** The same numbers each time. */
    public static Update start(String optimizer, int n) {
        SplittableRandom random = new SplittableRandom(5);
        return new Update(optimizer, numbers(random, n), numbers(random, n));
    }

    private static float[] numbers(SplittableRandom random, int n) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    IllegalArgumentException unknown() {
        return new IllegalArgumentException("no optimizer " + optimizer);
    }
}
