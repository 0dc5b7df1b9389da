package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.Compute;
import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    /** Forward and backward passes and updates: whatever the threads, training arrives at the same bits. */
    @Test
    void trainingInAScopeChangesNothing() {
        Map<String, FloatArray> alone = train();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int threads : new int[] {2, 3, 7}) {
                AtomicInteger asked = new AtomicInteger();
                Map<String, FloatArray> together = Compute.parallel(
                        task -> {
                            asked.incrementAndGet();
                            pool.execute(task);
                        },
                        threads,
                        ThreadsTest::train);
                assertEquals(alone, together);
                assertTrue(asked.get() > 0);
            }
        }
    }

    /** The weights after two steps of a network whose products are worth dividing. */
    private static Map<String, FloatArray> train() {
        Random random = new Random(1);
        Sequential model = Sequential.of(Linear.he(400, 200, random), new Relu(), Linear.he(200, 10, random));
        Optimizer optimizer = new Adam(model.namedParameters().values(), 1e-3);
        AdjointArray images = AdjointArray.constant(FloatArray.randn(random, 128, 400));
        int[] labels = random.ints(128, 0, 10).toArray();
        for (int step = 0; step < 2; step++) {
            Losses.crossEntropy(model.forward(images), labels).backward();
            optimizer.step();
        }
        Map<String, FloatArray> weights = new LinkedHashMap<>();
        model.namedParameters().forEach((name, parameter) -> weights.put(name, parameter.value()));
        return weights;
    }
}
