package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamTest {

    @Test
    void twoStepsByHand() {
        Weight w = new Weight("w", 1);
        Adam adam = new Adam(List.of(w), 0.1);
        w.pull(0.5f);
        adam.step(); // m / (1 - 0.9) = 0.5, v / (1 - 0.999) = 0.25: a whole learning rate down
        assertEquals(0.9, w.value().get(0), 1e-6);
        w.pull(-0.25f);
        adam.step();
        // m = 0.9 * 0.05 - 0.1 * 0.25 = 0.02, over 0.19; v = 0.999 * 0.00025 + 0.001 * 0.0625 = 0.00031225, over
        // 0.001999
        assertEquals(
                0.9 - 0.1 * (0.02 / 0.19) / Math.sqrt(0.00031225 / 0.001999),
                w.value().get(0),
                1e-6);
        assertEquals(0.873366, w.value().get(0), 1e-6);
    }

    @Test
    void followsTheFormulaInDouble() {
        for (double decay : new double[] {0, 0.3}) {
            for (double epsilon : new double[] {1e-8, 0.1}) {
                Weight w = new Weight("w", References.numbers(new Random(1), References.SIZE));
                double[] m = new double[References.SIZE];
                double[] v = new double[References.SIZE];
                int[] t = new int[References.SIZE];
                Adam adam = new Adam(List.of(w), 0.01)
                        .betas(0.8, 0.95)
                        .epsilon(epsilon)
                        .weightDecay(decay);
                References.assertFollows(w, adam, (i, weight, gradient) -> {
                    t[i]++;
                    double d = gradient + decay * weight;
                    m[i] = 0.8 * m[i] + 0.2 * d;
                    v[i] = 0.95 * v[i] + 0.05 * d * d;
                    double first = m[i] / (1 - Math.pow(0.8, t[i]));
                    double second = v[i] / (1 - Math.pow(0.95, t[i]));
                    return weight - 0.01 * first / (Math.sqrt(second) + epsilon);
                });
            }
        }
    }

    @Test
    void updatesAreCountedForEachParameter() {
        Weight early = new Weight("early", 1);
        Weight late = new Weight("late", 1);
        Adam adam = new Adam(List.of(early, late), 0.1);
        early.pull(1);
        adam.step();
        early.pull(1);
        adam.step();
        late.pull(1); // its first update: a whole learning rate, however many steps there were
        adam.step();
        assertEquals(0.9, late.value().get(0), 1e-6);
        assertEquals(0.8, early.value().get(0), 1e-6);
    }

    @Test
    void refusesWhatIsNoSetting() {
        Adam adam = new Adam(List.of(new Weight("w", 1)), 0.1);
        assertEquals(
                "adam: a beta2 of 1.0 is not in [0, 1)",
                assertThrows(IllegalArgumentException.class, () -> adam.betas(0.9, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> adam.betas(-0.1, 0.9));
        assertThrows(IllegalArgumentException.class, () -> adam.epsilon(-1));
        assertThrows(IllegalArgumentException.class, () -> adam.weightDecay(Double.NaN));
    }
}
