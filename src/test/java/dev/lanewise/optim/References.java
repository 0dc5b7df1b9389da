package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

/** What the tests of single optimizers share: gradients to feed them, and comparison with a formula in double. */
final class References {

    static final int SIZE = 37; // no multiple of a vector's length
    static final int STEPS = 6;

    private References() {}

    /** The new numbers of one element, worked out in double. */
    interface Formula {
        double next(int element, double weight, double gradient);
    }

    /** Lets the optimizer and the formula take the same steps from the same start, and compares after each. */
    static void assertFollows(Weight weight, Optimizer optimizer, Formula formula) {
        Random random = new Random(3);
        double[] wanted = new double[weight.value().size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = weight.value().get(i);
        }
        for (int step = 0; step < STEPS; step++) {
            float[] gradient = numbers(random, wanted.length);
            weight.pull(gradient);
            assertEquals(1, optimizer.step());
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = formula.next(i, wanted[i], gradient[i]);
                assertEquals(wanted[i], weight.value().get(i), 2e-6 * Math.max(1, Math.abs(wanted[i])), "step " + step);
            }
        }
    }

    static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
