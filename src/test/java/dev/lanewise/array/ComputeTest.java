package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A product within a scope, over executors of every kind and in every state: it comes out, and with the same bits. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComputeTest {

    private static final Executor NOBODY = task -> {};

    private static final FloatArray A = FloatArray.randn(new Random(1), 300, 200);
    private static final FloatArray B = FloatArray.randn(new Random(2), 200, 300);
    private static final FloatArray PRODUCT = A.matmul(B);

    private static void multiply(Executor executor, int threads) {
        Compute.parallel(executor, threads, () -> {
            for (int i = 0; i < 20; i++) {
                assertEquals(PRODUCT, A.matmul(B));
            }
        });
    }

    // ---- the scope

    @Test
    void endsWithTheAction() {
        assertEquals(1, Compute.threads());
        int[] seen = new int[1];
        Compute.parallel(NOBODY, 3, () -> seen[0] = Compute.threads());
        assertEquals(3, seen[0]);
        assertEquals(1, Compute.threads());
        assertThrows(
                IllegalStateException.class,
                () -> Compute.parallel(NOBODY, 3, () -> {
                    throw new IllegalStateException("within");
                }));
        assertEquals(1, Compute.threads());
    }

    @Test
    void withinAnotherReplacesIt() {
        AtomicInteger outer = new AtomicInteger();
        AtomicInteger inner = new AtomicInteger();
        Compute.parallel(task -> outer.incrementAndGet(), 3, () -> {
            Compute.parallel(task -> inner.incrementAndGet(), 4, () -> A.matmul(B));
            assertEquals(0, outer.get());
            assertEquals(3, inner.get());
            Compute.parallel(NOBODY, 1, () -> A.matmul(B));
            assertEquals(0, outer.get());
            assertEquals(3, Compute.threads());
            A.matmul(B);
            assertEquals(2, outer.get());
        });
    }

    @Test
    void ofLessThanOneThreadIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Compute.parallel(NOBODY, 0, () -> {}));
        assertEquals("parallel: 0 threads: the caller's own is one", e.getMessage());
    }

    @Test
    void ofOneThreadAsksNobody() {
        assertEquals(PRODUCT, Compute.parallel(task -> assertTrue(false, "asked"), 1, () -> A.matmul(B)));
    }

    @Test
    void isNotSeenByOtherThreads() throws Exception {
        int[] seen = new int[1];
        Compute.parallel(NOBODY, 3, () -> {
            Thread other = Thread.ofPlatform().start(() -> seen[0] = Compute.threads());
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(1, seen[0]);
    }

    @Test
    void asksForHelpersWhenAnOperationIsLargeEnough() {
        AtomicInteger asked = new AtomicInteger();
        Compute.parallel(task -> asked.incrementAndGet(), 4, () -> {
            FloatArray.ones(8, 8).matmul(FloatArray.ones(8, 8));
            assertEquals(0, asked.get());
            assertEquals(PRODUCT, A.matmul(B));
            assertEquals(3, asked.get());
        });
    }

    // ---- executors

    @Test
    void poolsOfThreads() {
        for (int size = 1; size <= 4; size++) {
            try (ExecutorService pool = Executors.newFixedThreadPool(size)) {
                multiply(pool, 2);
                multiply(pool, 3);
                multiply(pool, 7);
            }
        }
    }

    @Test
    void virtualThreads() throws Exception {
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            multiply(virtual, 4);
            onAll(virtual, 20, () -> multiply(virtual, 3));
        }
    }

    @Test
    void workersOfTheCommonPool() throws Exception {
        ForkJoinPool common = ForkJoinPool.commonPool();
        onAll(common, 3 * (common.getParallelism() + 1), () -> multiply(common, 3));
        Compute.parallel(
                common, 3, () -> IntStream.range(0, 20).parallel().forEach(i -> assertEquals(PRODUCT, A.matmul(B))));
    }

    @Test
    void theOnlyWorkerOfItsOwnPool() throws Exception {
        try (ExecutorService single = Executors.newSingleThreadExecutor()) {
            single.submit(() -> multiply(single, 2)).get();
        }
        try (ForkJoinPool single = new ForkJoinPool(1)) {
            single.submit(() -> multiply(single, 2)).get();
        }
    }

    @Test
    void busyOnes() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            CountDownLatch busy = new CountDownLatch(2);
            CountDownLatch release = new CountDownLatch(1);
            for (int i = 0; i < 2; i++) {
                pool.execute(() -> {
                    busy.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
            }
            assertTrue(busy.await(60, TimeUnit.SECONDS));
            multiply(pool, 3); // returns although nobody can come
            release.countDown();
            multiply(pool, 3);
        }
    }

    @Test
    void shutDownAndRefusingOnes() {
        ExecutorService shutDown = Executors.newFixedThreadPool(2);
        shutDown.shutdown();
        assertThrows(RejectedExecutionException.class, () -> shutDown.execute(() -> {}));
        multiply(shutDown, 3);
        multiply(
                task -> {
                    throw new RejectedExecutionException("never");
                },
                3);
        multiply(Runnable::run, 3);
    }

    @Test
    void oneThatIsShutDownWhileTheScopeLasts() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Compute.parallel(pool, 3, () -> {
            assertEquals(PRODUCT, A.matmul(B));
            pool.shutdownNow(); // interrupts helpers, which does not disturb them
            for (int i = 0; i < 20; i++) {
                assertEquals(PRODUCT, A.matmul(B));
            }
        });
        assertTrue(pool.isShutdown());
    }

    @Test
    void oneThatHandsWorkBackWhenItIsFull() {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy())) {
            multiply(pool, 4);
        }
    }

    /** The scope may be closed around its executor: helpers do not stay for the whole of it. */
    @Test
    void oneThatIsClosedWithinTheScope() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Compute.parallel(pool, 3, () -> {
            A.matmul(B);
            pool.close(); // waits until all its tasks have ended
            assertTrue(pool.isTerminated());
            assertEquals(PRODUCT, A.matmul(B));
        });
    }

    private static void onAll(ExecutorService executor, int times, Runnable action) throws Exception {
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            tasks.add(Executors.callable(action));
        }
        for (Future<Object> done : executor.invokeAll(tasks)) {
            done.get();
        }
    }

    // ---- callers

    /** Children of a structured scope inherit it. By reflection, since in JDK 25 the class is a preview. */
    @Test
    void subtasksShareTheScope() throws Exception {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        Callable<Object> work = () -> {
            seen.add(Compute.threads());
            for (int i = 0; i < 20; i++) {
                assertEquals(PRODUCT, A.matmul(B));
            }
            return null;
        };
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Compute.parallel(pool, 3, () -> {
                try (AutoCloseable scope =
                        (AutoCloseable) type.getMethod("open").invoke(null)) {
                    for (int i = 0; i < 6; i++) {
                        type.getMethod("fork", Callable.class).invoke(scope, work);
                    }
                    type.getMethod("join").invoke(scope); // throws what a subtask has thrown
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertEquals(Collections.nCopies(6, 3), seen);
    }

    /** Many threads in one scope, products of all sizes: every result has the bits that it has alone. */
    @Test
    void manyCallersInOneScope() throws Exception {
        int[] sizes = {5, 40, 64, 90, 128, 200, 256};
        List<FloatArray> operands = new ArrayList<>();
        List<FloatArray> expected = new ArrayList<>();
        for (int size : sizes) {
            operands.add(FloatArray.randn(new Random(size), 3, size, size));
            expected.add(operands.getLast().matmul(operands.getLast()));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(3);
                ExecutorService callers = Executors.newFixedThreadPool(8);
                Crew crew = new Crew(pool, 4)) {
            AtomicInteger seeds = new AtomicInteger();
            onAll(
                    callers,
                    8,
                    () -> ScopedValue.where(Crew.SCOPE, crew).run(() -> {
                        Random random = new Random(seeds.incrementAndGet());
                        for (int i = 0; i < 150; i++) {
                            int which = random.nextInt(sizes.length);
                            assertEquals(
                                    expected.get(which), operands.get(which).matmul(operands.get(which)));
                        }
                    }));
        }
    }

    @Test
    void interruptionIsKept() {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Thread.currentThread().interrupt();
            multiply(pool, 3);
            assertTrue(Thread.interrupted());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        Runnable nothing = null;
        Supplier<FloatArray> nobody = null;
        assertEquals(
                "parallel: the executor is null",
                assertThrows(NullPointerException.class, () -> Compute.parallel(null, 2, () -> {}))
                        .getMessage());
        assertEquals(
                "parallel: the action is null",
                assertThrows(NullPointerException.class, () -> Compute.parallel(Runnable::run, 2, nothing))
                        .getMessage());
        assertEquals(
                "parallel: the action is null",
                assertThrows(NullPointerException.class, () -> Compute.parallel(Runnable::run, 2, nobody))
                        .getMessage());
    }
}
