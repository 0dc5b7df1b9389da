package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The error of a sum of a hundred million numbers, whose exact sum is that of whole numbers. */
class LongSumTest {

    private static final int N = 100_000_000;

    /** Numbers are multiples of 2^-24, so they are exact. */
    private static final int BITS = 24;

    @Test
    void staysWithinTheBoundOfTheContract() {
        float[] x = new float[N];
        SplittableRandom random = new SplittableRandom(5);
        long exact = 0;
        for (int i = 0; i < N; i++) {
            int number = random.nextInt() >>> (Integer.SIZE - BITS);
            x[i] = number * 0x1p-24f;
            exact += number;
        }
        double sum = exact * 0x1p-24;
        double bound = (71 + Math.log(N / 4096.0) / Math.log(2)) * 0x1p-24 * sum;
        float vectors = Twins.VECTOR.reductions().sum(N, x, 0);
        assertTrue(Math.abs(vectors - sum) <= bound, () -> vectors + " is not within " + bound + " of " + sum);
        assertEquals(Twins.SCALAR.reductions().sum(N, x, 0), vectors);

        // What the bound is worth: one after the other, they come to a third.
        float chain = 0;
        for (float number : x) {
            chain += number;
        }
        assertTrue(Math.abs(chain - sum) > bound, "any sum would do");
    }
}
