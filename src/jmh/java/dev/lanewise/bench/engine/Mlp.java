package dev.lanewise.bench.engine;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A classifier of three linear layers, 784-512-512-10, with rectifiers between them, and a batch for it.
 *
 * @param batch examples
 * @param x batch x 784
 * @param labels the class of each
 * @param weights of each layer, inputs x outputs; the biases start as zeros
 */
public record Mlp(int batch, float[] x, int[] labels, List<float[]> weights) {

    static final int[] SIZES = {784, 512, 512, 10};
    static final int LAYERS = SIZES.length - 1;

    static final float RATE = 0.01f;

    /** The same numbers each time. */
    public static Mlp start(int batch) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = numbers(random, batch * SIZES[0], 1);
        int[] labels = random.ints(batch, 0, SIZES[LAYERS]).toArray();
        List<float[]> weights = IntStream.range(0, LAYERS)
                .mapToObj(i -> numbers(random, SIZES[i] * SIZES[i + 1], Math.sqrt(6.0 / SIZES[i])))
                .toList();
        return new Mlp(batch, x, labels, weights);
    }

    /** Between -limit and limit. */
    private static float[] numbers(SplittableRandom random, int count, double limit) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-limit, limit);
        }
        return numbers;
    }
}
