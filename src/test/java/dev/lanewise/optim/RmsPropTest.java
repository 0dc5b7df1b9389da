package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RmsPropTest {

    @Test
    void oneStepByHand() {
        Weight w = new Weight("w", 1).pull(2);
        new RmsProp(List.of(w), 0.1).smoothing(0.75).step(); // v = 0.25 * 4 = 1
        assertEquals(1 - 0.1 * 2, w.value().get(0), 1e-6);
    }

    @Test
    void followsTheFormulaInDouble() {
        for (double momentum : new double[] {0, 0.9}) {
            for (double decay : new double[] {0, 0.3}) {
                Weight w = new Weight("w", References.numbers(new Random(1), References.SIZE));
                double[] v = new double[References.SIZE];
                double[] b = new double[References.SIZE];
                RmsProp optimizer = new RmsProp(List.of(w), 0.01)
                        .smoothing(0.9)
                        .epsilon(0.01)
                        .momentum(momentum)
                        .weightDecay(decay);
                References.assertFollows(w, optimizer, (i, weight, gradient) -> {
                    double d = gradient + decay * weight;
                    v[i] = 0.9 * v[i] + 0.1 * d * d;
                    b[i] = momentum * b[i] + d / (Math.sqrt(v[i]) + 0.01);
                    return weight - 0.01 * b[i];
                });
            }
        }
    }

    @Test
    void refusesWhatIsNoSetting() {
        RmsProp optimizer = new RmsProp(List.of(new Weight("w", 1)), 0.1);
        assertEquals(
                "rmsProp: a smoothing of 1.0 is not in [0, 1)",
                assertThrows(IllegalArgumentException.class, () -> optimizer.smoothing(1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> optimizer.momentum(-0.1));
        assertThrows(IllegalArgumentException.class, () -> optimizer.epsilon(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> optimizer.weightDecay(-1));
    }
}
