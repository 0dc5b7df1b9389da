package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamWTest {

    @Test
    void followsTheFormulaInDouble() {
        for (double decay : new double[] {0, 0.3}) {
            for (double epsilon : new double[] {1e-8, 0.1}) {
                Weight w = new Weight("w", References.numbers(new Random(1), References.SIZE));
                double[] m = new double[References.SIZE];
                double[] v = new double[References.SIZE];
                int[] t = new int[References.SIZE];
                AdamW adam = new AdamW(List.of(w), 0.05)
                        .betas(0.8, 0.95)
                        .epsilon(epsilon)
                        .weightDecay(decay);
                References.assertFollows(w, adam, (i, weight, gradient) -> {
                    t[i]++;
                    m[i] = 0.8 * m[i] + 0.2 * gradient;
                    v[i] = 0.95 * v[i] + 0.05 * gradient * gradient;
                    double first = m[i] / (1 - Math.pow(0.8, t[i]));
                    double second = v[i] / (1 - Math.pow(0.95, t[i]));
                    return weight * (1 - 0.05 * decay) - 0.05 * first / (Math.sqrt(second) + epsilon);
                });
            }
        }
    }

    @Test
    void decayIsNotScaledByTheGradientAsInAdam() {
        // A step of Adam is as long whatever the gradient's size, so only what is apart from it shows the decay.
        for (float gradient : new float[] {0.001f, 1000}) {
            Weight w = new Weight("w", 10).pull(gradient);
            new AdamW(List.of(w), 0.1).weightDecay(0.5).step();
            assertEquals(10 - 0.1 * 0.5 * 10 - 0.1, w.value().get(0), 1e-5);
        }
        Weight w = new Weight("w", 10).pull(1000);
        new Adam(List.of(w), 0.1).weightDecay(0.5).step();
        assertEquals(10 - 0.1, w.value().get(0), 1e-5);
    }

    @Test
    void withoutDecayItIsAdamToTheBit() {
        Weight w = new Weight("w", 1, -2, 3);
        Weight u = new Weight("u", 1, -2, 3);
        AdamW adamW = new AdamW(List.of(w), 0.01).weightDecay(0);
        Adam adam = new Adam(List.of(u), 0.01);
        for (int step = 0; step < 5; step++) {
            w.pull(step, 0.3f, -2);
            u.pull(step, 0.3f, -2);
            adamW.step();
            adam.step();
        }
        assertEquals(u.value(), w.value());
    }

    @Test
    void refusesWhatIsNoSetting() {
        AdamW adam = new AdamW(List.of(new Weight("w", 1)), 0.1);
        assertEquals(
                "adamW: a beta1 of 1.0 is not in [0, 1)",
                assertThrows(IllegalArgumentException.class, () -> adam.betas(1, 0.9))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> adam.epsilon(-1));
        assertThrows(IllegalArgumentException.class, () -> adam.weightDecay(-1));
    }
}
