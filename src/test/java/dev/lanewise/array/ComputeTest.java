package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ComputeTest {

    private static final Executor NOBODY = task -> {};

    @Test
    void theScopeEndsWithTheAction() {
        assertEquals(1, Compute.threads());
        int[] seen = new int[1];
        Compute.parallel(NOBODY, 3, () -> seen[0] = Compute.threads());
        assertEquals(3, seen[0]);
        assertEquals(1, Compute.threads());
    }

    @Test
    void anInnerScopeReplacesTheOuter() {
        String seen = Compute.parallel(NOBODY, 3, () -> {
            int inner = Compute.parallel(NOBODY, 1, Compute::threads);
            return inner + " in " + Compute.threads();
        });
        assertEquals("1 in 3", seen);
    }

    @Test
    void lessThanOneThreadIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Compute.parallel(NOBODY, 0, () -> {}));
        assertEquals("parallel: 0 threads: the caller's own is one", e.getMessage());
    }

    @Test
    void aProductHasTheSameBitsOnTwoThreads() {
        FloatArray a = FloatArray.randn(new Random(1), 300, 200);
        FloatArray b = FloatArray.randn(new Random(2), 200, 300);
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            assertEquals(a.matmul(b), Compute.parallel(pool, 2, () -> a.matmul(b)));
        }
    }
}
