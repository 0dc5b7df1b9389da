package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SgdTest {

    @Test
    void plainDescentByHand() {
        Weight w = new Weight("w", 1, -2).pull(0.5f, 1);
        new Sgd(List.of(w), 0.1).step();
        assertEquals(0.95, w.value().get(0), 1e-7);
        assertEquals(-2.1, w.value().get(1), 1e-6);
    }

    @Test
    void momentumAndWeightDecayByHand() {
        Weight w = new Weight("w", 1);
        Sgd sgd = new Sgd(List.of(w), 0.1).momentum(0.9).weightDecay(0.1);
        w.pull(0.5f);
        sgd.step(); // d = 0.5 + 0.1 * 1 = 0.6 = b
        assertEquals(0.94, w.value().get(0), 1e-6);
        w.pull(0.5f);
        sgd.step(); // d = 0.5 + 0.1 * 0.94 = 0.594, b = 0.9 * 0.6 + 0.594 = 1.134
        assertEquals(0.8266, w.value().get(0), 1e-6);
    }

    @Test
    void followsTheFormulaInDouble() {
        for (double momentum : new double[] {0, 0.9}) {
            for (double decay : new double[] {0, 0.3}) {
                Weight w = new Weight("w", References.numbers(new Random(1), References.SIZE));
                double[] b = new double[References.SIZE];
                References.assertFollows(
                        w, new Sgd(List.of(w), 0.05).momentum(momentum).weightDecay(decay), (i, weight, gradient) -> {
                            b[i] = momentum * b[i] + (gradient + decay * weight);
                            return weight - 0.05 * b[i];
                        });
            }
        }
    }

    @Test
    void momentumMayBeSetLater() {
        Weight w = new Weight("w", 0);
        Sgd sgd = new Sgd(List.of(w), 1);
        w.pull(1);
        sgd.step();
        sgd.momentum(0.5);
        w.pull(1);
        sgd.step(); // b begins now: 1
        w.pull(1);
        sgd.step(); // b = 0.5 * 1 + 1
        assertEquals(-3.5, w.value().get(0), 0);
    }

    @Test
    void refusesWhatIsNoSetting() {
        Sgd sgd = new Sgd(List.of(new Weight("w", 1)), 0.1);
        assertEquals(
                "sgd: a momentum of 1.0 is not in [0, 1)",
                assertThrows(IllegalArgumentException.class, () -> sgd.momentum(1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> sgd.momentum(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> sgd.weightDecay(-1));
        assertThrows(IllegalArgumentException.class, () -> sgd.weightDecay(Double.POSITIVE_INFINITY));
    }
}
