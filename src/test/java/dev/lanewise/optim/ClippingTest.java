package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClippingTest {

    private final Weight a = new Weight("a", 0, 0);
    private final Weight b = new Weight("b", 0);
    private final Sgd sgd = new Sgd(List.of(a, b), 1); // so that a weight of 0 becomes minus its gradient

    private void step(float x, float y, float z) {
        a.update(FloatArray.zeros(2));
        b.update(FloatArray.zeros(1));
        a.pull(x, y);
        b.pull(z);
        sgd.step();
    }

    private void assertMoved(double x, double y, double z) {
        assertEquals(-x, a.value().get(0), 1e-6);
        assertEquals(-y, a.value().get(1), 1e-6);
        assertEquals(-z, b.value().get(0), 1e-6);
    }

    @Test
    void aLongGradientIsScaledAsAWhole() {
        sgd.clipNorm(6);
        step(2, 4, -4); // its norm is 6
        assertMoved(2, 4, -4);
        assertEquals(6, sgd.gradientNorm(), 1e-12);
        step(0.5f, 0, 0); // a short one is not made longer
        assertMoved(0.5, 0, 0);
        sgd.clipNorm(3);
        step(2, 4, -4);
        assertMoved(1, 2, -2);
        assertEquals(6, sgd.gradientNorm(), 1e-12);
        sgd.clipNorm(Double.POSITIVE_INFINITY);
        step(2, 4, -4);
        assertMoved(2, 4, -4);
    }

    @Test
    void theNormNeitherOverflowsNorVanishes() {
        sgd.clipNorm(1);
        step(3e30f, 0, -4e30f);
        assertMoved(0.6, 0, -0.8);
        sgd.clipNorm(1e-30);
        step(3e-25f, 0, -4e-25f);
        assertEquals(5e-25, sgd.gradientNorm(), 1e-31);
    }

    @Test
    void largeNumbersAreCutOff() {
        sgd.clipValue(3);
        step(2, 4, -4);
        assertMoved(2, 3, -3);
    }

    @Test
    void valuesAreClippedBeforeTheNormIsTaken() {
        sgd.clipValue(2);
        sgd.clipNorm(1.5);
        step(1, 200, -200);
        assertEquals(3, sgd.gradientNorm(), 1e-12);
        assertMoved(0.5, 1, -1);
    }

    @Test
    void whatIsNotTrainedIsNotPartOfTheNorm() {
        sgd.clipNorm(5);
        a.pull(3, 4);
        b.pull(100);
        b.leaf().requiresGrad(false);
        assertEquals(1, sgd.step());
        assertEquals(5, sgd.gradientNorm(), 1e-12);
    }

    @Test
    void aNormThatIsNotFiniteUpdatesNothing() {
        sgd.clipNorm(1);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            FloatArray before = a.value();
            a.pull(bad, 1);
            b.pull(1);
            IllegalStateException e = assertThrows(IllegalStateException.class, sgd::step);
            assertTrue(e.getMessage().startsWith("sgd: the norm of the gradients is "), e.getMessage());
            assertEquals(before, a.value());
            assertEquals(FloatArray.zeros(1), b.value());
            sgd.zeroGrad();
        }
    }

    @Test
    void refusesBoundsThatLetNothingThrough() {
        assertEquals(
                "sgd: the largest norm of a gradient, 0.0, is not above 0",
                assertThrows(IllegalArgumentException.class, () -> sgd.clipNorm(0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> sgd.clipValue(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> sgd.clipValue(-1));
    }
}
