package dev.lanewise.demo;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import java.util.Locale;
import java.util.Random;

/**
 * A network of two layers, trained twice from the same start: with gradients written by hand, and with gradients pulled
 * back by closures. Both must come to the same weights.
 *
 * <p>The loss is half the summed square of the error, {@code 0.5·sum((relu(x·w1)·w2 - y)²)}, for 50 examples of 40
 * features, 100 hidden units and 10 outputs.
 */
public final class Demo02TwoLayerNet {

    private static final int EXAMPLES = 50;
    private static final int IN = 40;
    private static final int HIDDEN = 100;
    private static final int OUT = 10;
    private static final int STEPS = 100;
    private static final float RATE = 1e-4f;

    /** Two paths that round differently may part by this share of the largest weight in 100 steps. */
    private static final double TOLERANCE = 1e-4;

    /** The two weights and the losses on the way. */
    private record Trained(FloatArray w1, FloatArray w2, float[] losses) {}

    private Demo02TwoLayerNet() {}

    /**
     * Trains both ways and compares; ends with status 1 if they disagree.
     *
     * @param args none
     */
    public static void main(String[] args) {
        if (args.length > 0) {
            System.err.println("Demo02TwoLayerNet takes no arguments, and these were given: " + String.join(" ", args));
            System.exit(2);
        }
        Random random = new Random(0);
        FloatArray x = FloatArray.randn(random, EXAMPLES, IN);
        FloatArray y = FloatArray.randn(random, EXAMPLES, OUT);
        FloatArray w1 = FloatArray.randn(random, IN, HIDDEN);
        FloatArray w2 = FloatArray.randn(random, HIDDEN, OUT);

        Trained byHand = byHand(x, y, w1, w2);
        Trained byClosures = byClosures(x, y, w1, w2);

        System.out.printf(Locale.ROOT, "%6s %16s %16s%n", "step", "loss by hand", "by closures");
        for (int step = 0; step < STEPS; step += step < 10 ? 3 : 15) {
            System.out.printf(Locale.ROOT, "%6d %16.4f %16.4f%n", step, byHand.losses[step], byClosures.losses[step]);
        }
        System.out.printf(
                Locale.ROOT, "%6d %16.4f %16.4f%n", STEPS - 1, byHand.losses[STEPS - 1], byClosures.losses[STEPS - 1]);

        double first = difference(byHand.w1, byClosures.w1);
        double second = difference(byHand.w2, byClosures.w2);
        System.out.printf(
                Locale.ROOT,
                "largest difference after %d steps, relative to the largest weight: w1 %.2g, w2 %.2g%n",
                STEPS,
                first,
                second);
        boolean agree = Math.max(first, second) <= TOLERANCE;
        System.out.println(agree ? "Both agree." : "They disagree: more than " + TOLERANCE + " apart.");
        if (!agree) {
            System.exit(1);
        }
    }

    private static Trained byHand(FloatArray x, FloatArray y, FloatArray start1, FloatArray start2) {
        FloatArray w1 = start1;
        FloatArray w2 = start2;
        float[] losses = new float[STEPS];
        for (int step = 0; step < STEPS; step++) {
            FloatArray hidden = x.mm(w1);
            FloatArray active = hidden.relu();
            FloatArray error = active.mm(w2).sub(y);
            losses[step] = error.square().sum().mul(0.5f).item();

            FloatArray grad2 = active.t().mm(error);
            FloatArray grad1 = x.t().mm(error.mm(w2.t()).mul(hidden.gt(0)));
            w1 = w1.sub(grad1.mul(RATE));
            w2 = w2.sub(grad2.mul(RATE));
        }
        return new Trained(w1, w2, losses);
    }

    private static Trained byClosures(FloatArray x, FloatArray y, FloatArray start1, FloatArray start2) {
        AdjointArray input = AdjointArray.constant(x);
        AdjointArray target = AdjointArray.constant(y);
        FloatArray w1 = start1;
        FloatArray w2 = start2;
        float[] losses = new float[STEPS];
        for (int step = 0; step < STEPS; step++) {
            AdjointArray leaf1 = AdjointArray.variable(w1);
            AdjointArray leaf2 = AdjointArray.variable(w2);
            AdjointArray loss =
                    input.mm(leaf1).relu().mm(leaf2).sub(target).square().sum().mul(0.5f);
            losses[step] = loss.item();

            loss.backward();
            w1 = w1.sub(leaf1.grad().mul(RATE));
            w2 = w2.sub(leaf2.grad().mul(RATE));
        }
        return new Trained(w1, w2, losses);
    }

    /** The largest difference between two arrays, as a share of the largest element. */
    private static double difference(FloatArray a, FloatArray b) {
        return a.sub(b).abs().max().item() / (double) a.abs().max().item();
    }
}
