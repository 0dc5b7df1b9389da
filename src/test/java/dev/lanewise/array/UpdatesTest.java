package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the steps of optimizers do with arrays; their numbers are the kernels' matter. */
class UpdatesTest {

    private static float[] numbers(int n) {
        return FloatArray.randn(new Random(n), n).toArray();
    }

    private static FloatArray adam(FloatArray w, FloatArray g, float[] m, float[] v) {
        return Updates.adam(w, g, m, v, 1, 0, 1, 0.9f, 0.1f, 0.99f, 0.01f, 0.1f, 1e-8f);
    }

    @Test
    void viewsAreReadInRowMajorOrder() {
        FloatArray w = FloatArray.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        FloatArray g = FloatArray.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
        FloatArray wanted = FloatArray.of(new float[][] {{0.5f, 2}, {1, 2.5f}, {1.5f, 3}});
        assertEquals(wanted, Updates.descend(w.t(), g.t(), 1, 0, 0.5f));
        float[] mean = new float[6];
        assertEquals(wanted, Updates.descendWithMomentum(w.t(), g.t(), mean, 1, 0, 0.9f, 0.5f));
        assertArrayEquals(g.t().toArray(), mean);
        FloatArray row = w.slice(Index.at(1));
        assertEquals(
                FloatArray.of(2, 3, 4), Updates.descend(row, FloatArray.of(1).expand(3), 4, 0, 0.5f));
        assertEquals(FloatArray.of(new float[][] {{1, 2, 3}, {4, 5, 6}}), w);
    }

    @Test
    void anEmptyArrayIsUpdatedToOne() {
        FloatArray none = FloatArray.zeros(0, 3);
        assertEquals(none, adam(none, none, new float[0], new float[0]));
        assertEquals(0, Updates.sumOfSquares(none));
    }

    @Test
    void theResultOutlivesTheRunOfAWorkspace() {
        FloatArray w = FloatArray.of(1, 2);
        FloatArray next = new Workspace().call(() -> Updates.descend(w, w.mul(2), 1, 0, 0.25f));
        assertEquals(FloatArray.of(0.5f, 1), next);
    }

    @Test
    void moreThreadsGiveTheSameBits() {
        int n = 1_300_001; // so much that a helper is called
        FloatArray w = FloatArray.wrap(numbers(n));
        FloatArray g = FloatArray.wrap(numbers(n)).neg();
        float[] m = numbers(n);
        float[] v = FloatArray.wrap(numbers(n)).abs().toArray();
        float[] sharedM = m.clone();
        float[] sharedV = v.clone();
        FloatArray alone = adam(w, g, m, v);
        AtomicInteger helpers = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Executor counting = task -> {
                helpers.incrementAndGet();
                pool.execute(task);
            };
            assertEquals(alone, Compute.parallel(counting, 3, () -> adam(w, g, sharedM, sharedV)));
        }
        assertTrue(helpers.get() > 0);
        assertArrayEquals(m, sharedM);
        assertArrayEquals(v, sharedV);
    }

    @Test
    void whatDoesNotFitChangesNothing() {
        FloatArray w = FloatArray.of(1, 2, 3);
        float[] m = {1, 1, 1};
        float[] v = {1, 1};
        assertEquals(
                "adam: weights of shape 3 have 3 elements, and 2 are remembered",
                assertThrows(IllegalArgumentException.class, () -> adam(w, w, m, v))
                        .getMessage());
        assertEquals(
                "descend: weights of shape 3 and a gradient of shape 1 differ",
                assertThrows(IllegalArgumentException.class, () -> Updates.descend(w, FloatArray.of(1), 1, 0, 1))
                        .getMessage());
        Workspace workspace = new Workspace();
        FloatArray over = workspace.call(() -> w.mul(2));
        assertThrows(IllegalStateException.class, () -> adam(w, over, m, new float[3]));
        assertArrayEquals(new float[] {1, 1, 1}, m);
        assertArrayEquals(new float[] {1, 1}, v);
    }

    @Test
    void aSumOfSquaresIsThatOfDouble() {
        float[] x = numbers(10_001);
        double exact = 0;
        for (float number : x) {
            exact += (double) number * number;
        }
        assertEquals(exact, Updates.sumOfSquares(FloatArray.wrap(x)), 4e-6 * exact);
        FloatArray matrix = FloatArray.of(new float[][] {{1, 2}, {3, 4}});
        assertEquals(30, Updates.sumOfSquares(matrix.t()), 0);
        assertEquals(20, Updates.sumOfSquares(matrix.slice(Index.all(), Index.at(1))), 0);
    }

    @Test
    void aSumOfSquaresNeitherOverflowsNorVanishes() {
        float[] x = new float[9000]; // blocks of 4096: of huge numbers, of zeros, of tiny ones
        x[7] = 3e30f;
        x[8] = -4e30f;
        assertEquals(25e60, Updates.sumOfSquares(FloatArray.of(x)), 25e60 * 1e-6);
        x[7] = 0;
        x[8] = 0;
        x[8999] = 3e-25f;
        x[8998] = -4e-25f;
        assertEquals(25e-50, Updates.sumOfSquares(FloatArray.of(x)), 25e-50 * 1e-6);
        x[0] = 1;
        assertEquals(1, Updates.sumOfSquares(FloatArray.of(x)), 0);
        x[100] = Float.NaN;
        assertTrue(Double.isNaN(Updates.sumOfSquares(FloatArray.of(x))));
        x[100] = Float.NEGATIVE_INFINITY;
        assertEquals(Double.POSITIVE_INFINITY, Updates.sumOfSquares(FloatArray.of(x)));
    }
}
