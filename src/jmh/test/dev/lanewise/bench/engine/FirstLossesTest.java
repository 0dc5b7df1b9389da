package dev.lanewise.bench.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FirstLossesTest {

    private static FirstLosses of(float... losses) {
        FirstLosses first = new FirstLosses();
        for (float loss : losses) {
            first.add(loss);
        }
        return first;
    }

    @Test
    void theFirstAreKept() {
        assertArrayEquals(new float[] {9, 8, 7, 6, 5}, of(9, 8, 7, 6, 5, 11, 12).first());
    }

    @Test
    void aTrainingThatDoesNotLearnIsRefused() {
        assertThrows(IllegalStateException.class, () -> of(9, 8, 7, 7, 6).first());
        assertThrows(IllegalStateException.class, () -> of(9, 8, 7, 6).first());
        assertThrows(IllegalStateException.class, () -> of(9, 8, 7, 6, 5, 4, Float.NaN));
    }

    @Test
    void numbersMayBeNoFurtherApartThanIsSaid() {
        Numbers.requireWithin(new float[] {1, 2}, new float[] {1.5f, 1.5f}, 0.5);
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> Numbers.requireWithin(new float[] {1, 2}, new float[] {1, 2.5f}, 0.4))
                .getMessage();
        assertTrue(message.contains("number 1 is 2.0, not 2.5"), message);
        assertThrows(
                IllegalStateException.class,
                () -> Numbers.requireWithin(new float[] {Float.NaN}, new float[] {0}, 1e9));
        assertThrows(IllegalStateException.class, () -> Numbers.requireWithin(new float[1], new float[2], 1));
    }
}
