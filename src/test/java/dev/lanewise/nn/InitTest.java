package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Workspace;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InitTest {

    private static final int IN = 200;
    private static final int OUT = 300;

    private static FloatArray draw(Init init) {
        return init.draw(new Random(1), IN, OUT, IN, OUT);
    }

    @Test
    void hasTheVarianceOfItsFormula() {
        for (Init init : Init.values()) {
            boolean he = init == Init.HE_NORMAL || init == Init.HE_UNIFORM;
            double variance = he ? 2.0 / IN : 2.0 / (IN + OUT);
            FloatArray weights = draw(init);
            assertEquals(Shape.of(IN, OUT), weights.shape());
            // The variance of 60,000 normal numbers strays by 0.6 % itself, of even ones by 0.4 %; 5 of those are
            // allowed.
            assertEquals(1, weights.square().mean().item() / variance, 0.03, init::toString);
            assertEquals(0, weights.mean().item(), 5 * Math.sqrt(variance / 60_000), init::toString);
        }
    }

    @Test
    void evenNumbersKeepWithinTheirBoundAndNormalOnesDoNot() {
        for (Init init : Init.values()) {
            boolean he = init == Init.HE_NORMAL || init == Init.HE_UNIFORM;
            double bound = Math.sqrt(he ? 6.0 / IN : 6.0 / (IN + OUT));
            boolean within = draw(init).abs().max().item() <= bound * 1.0001;
            assertEquals(init == Init.HE_UNIFORM || init == Init.XAVIER_UNIFORM, within, init::toString);
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        for (Init init : Init.values()) {
            assertEquals(draw(init), draw(init));
            assertNotEquals(draw(init), init.draw(new Random(2), IN, OUT, IN, OUT));
        }
        FloatArray weights = Linear.of(IN, OUT, Init.HE_UNIFORM, new Random(1))
                .parameter("weight")
                .value();
        assertEquals(draw(Init.HE_UNIFORM), weights);
    }

    @Test
    void layersThatAreMadeInARunOutliveIt() {
        Workspace workspace = new Workspace();
        for (Init init : Init.values()) {
            FloatArray weights = workspace.call(() -> draw(init));
            workspace.run(() -> FloatArray.ones(IN, OUT).mul(2)); // on the same storage
            assertEquals(draw(init), weights);
        }
        Layer layer = workspace.call(() -> Linear.he(IN, OUT, new Random(1)));
        assertEquals(Shape.of(2, OUT), layer.infer(FloatArray.ones(2, IN)).shape());
    }

    @Test
    void weightsFromNowhereAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Init.HE_NORMAL.draw(new Random(1), 0, 3, 0, 3))
                .getMessage();
        assertTrue(message.startsWith("draw: weights from 0 inputs"), message);
    }
}
