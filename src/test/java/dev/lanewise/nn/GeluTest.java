package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import org.junit.jupiter.api.Test;

class GeluTest {

    @Test
    void isTheOneByTheErrorFunction() {
        // x Phi(x) from tables of the normal distribution. By tanh, the value at 2 would be 1.9546, and -0.1588 at -1.
        FloatArray wanted = FloatArray.of(new float[] {-0.158655f, 0, 0.345731f, 1.954500f}, 2, 2);
        FloatArray got = new Gelu().infer(FloatArray.of(new float[] {-1, 0, 0.5f, 2}, 2, 2));
        assertTrue(got.closeTo(wanted, 0, 2e-6), got::toString);
        assertEquals("gelu", new Gelu().toString());
    }
}
