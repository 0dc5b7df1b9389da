package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Plan;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.nn.Serving.Version;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many threads infer with a model while another trains it, for as many seconds as {@code lanewise.stress.seconds} says: every
 * answer is that of one thread alone for the version that was asked, and the heap does not grow.
 */
@EnabledIfSystemProperty(named = ServingStressTest.SECONDS, matches = "\\d+")
class ServingStressTest {

    static final String SECONDS = "lanewise.stress.seconds";

    private static final int READERS = 32;
    private static final int ANSWERS_OF_A_VERSION = 20;
    private static final long HEAP_MAY_DIFFER = 16 << 20;

    private static final FloatArray REQUEST = FloatArray.randn(new Random(1), 8, 64);
    private static final FloatArray EXAMPLES = FloatArray.randn(new Random(2), 32, 64);
    private static final int[] LABELS = new Random(3).ints(32, 0, 5).toArray();

    private final Sequential model = model();
    private final Serving<Sequential> serving = new Serving<>(ServingStressTest::model);
    private final Optimizer adam = new Adam(model.namedParameters().values(), 1e-3);

    /** What each version says, for those that a reader may still be asking. */
    private final Map<Long, FloatArray> expected = new ConcurrentHashMap<>();

    /** The version that each reader asks, or an older one. */
    private final AtomicLongArray asked = new AtomicLongArray(READERS);

    private final Workspace workspace = new Workspace();
    private long published;
    private volatile boolean ended;

    /** The middle one is so large that a plan packs it. */
    private static Sequential model() {
        Random random = new Random(4);
        return Sequential.of(
                Linear.he(64, 160, random),
                new Relu(),
                Linear.he(160, 160, random),
                LayerNorm.of(160, 1e-5f),
                new Gelu(),
                Linear.xavier(160, 5, random));
    }

    @Test
    void everyAnswerIsRightAndTheHeapStaysFlat() throws Exception {
        long nanos = Long.getLong(SECONDS) * 1_000_000_000L;
        trainAndPublish();
        List<Future<Long>> readers = new ArrayList<>();
        long before = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(READERS)) {
            for (int i = 0; i < READERS; i++) {
                int reader = i;
                Callable<Long> reading = () -> read(reader);
                readers.add(pool.submit(reading));
            }
            long start = System.nanoTime();
            try {
                while (System.nanoTime() - start < nanos) {
                    trainAndPublish();
                    if (before == 0 && System.nanoTime() - start > nanos / 4) {
                        before = heap();
                    }
                }
            } finally {
                ended = true;
            }
            long answers = 0;
            for (Future<Long> each : readers) {
                long some = each.get();
                assertTrue(some > 0, "a reader got no answer");
                answers += some;
            }
            long after = heap();
            String told = "%d answers by %d versions; heap %d MB after a quarter of the time, %d MB in the end"
                    .formatted(answers, published, before >> 20, after >> 20);
            System.out.println(told);
            assertTrue(published > 3, told);
            assertTrue(after - before < HEAP_MAY_DIFFER, told);
        }
    }

    /** What the model says, alone, is written down before anybody can ask. */
    private void trainAndPublish() {
        workspace.run(() -> {
            Losses.crossEntropy(model.forward(AdjointArray.constant(EXAMPLES)), LABELS)
                    .backward();
            adam.step();
        });
        long oldest = Long.MAX_VALUE;
        for (int i = 0; i < READERS; i++) {
            oldest = Math.min(oldest, asked.get(i));
        }
        long still = oldest;
        expected.keySet().removeIf(version -> version < still);
        expected.put(published, model.infer(REQUEST));
        assertEquals(published, serving.publish(model).number());
        published++;
    }

    /** Some answers of each version, as many as there is time for; returns their number. */
    private long read(int reader) {
        Workspace own = new Workspace();
        long answers = 0;
        do {
            Version<Sequential> version = serving.current();
            asked.set(reader, version.number());
            FloatArray right = expected.get(version.number());
            UnaryOperator<FloatArray> infer = switch (reader % 3) {
                case 0 -> version.model()::infer;
                case 1 -> x -> own.call(() -> version.model().infer(x).copy());
                default -> Plan.of(REQUEST.shape(), version.model()::infer)::run;
            };
            for (int i = 0; i < ANSWERS_OF_A_VERSION; i++) {
                assertEquals(right, infer.apply(REQUEST), "version " + version.number());
                answers++;
            }
        } while (!ended);
        return answers;
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
