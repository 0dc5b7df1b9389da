package dev.lanewise.bench.engine;

import java.util.SplittableRandom;

/**
 * The start of a small network's training: half the summed square of {@code relu(x·w1)·w2 - y}, for 50 examples of 40
 * features, 100 hidden units and 10 outputs.
 */
public record TwoLayerNet(float[] x, float[] y, float[] w1, float[] w2) {

    static final int EXAMPLES = 50;
    static final int IN = 40;
    static final int HIDDEN = 100;
    static final int OUT = 10;
    static final float RATE = 1e-4f;

    /** The same numbers each time. */
    public static TwoLayerNet start() {
        SplittableRandom random = new SplittableRandom(2);
        return new TwoLayerNet(
                gaussian(random, EXAMPLES * IN),
                gaussian(random, EXAMPLES * OUT),
                gaussian(random, IN * HIDDEN),
                gaussian(random, HIDDEN * OUT));
    }

    private static float[] gaussian(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
