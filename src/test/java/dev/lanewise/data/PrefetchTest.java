package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing here waits for a time to pass; the time limit is only for what would hang. */
@Timeout(60)
class PrefetchTest {

    @AutoClose
    private final ExecutorService pool = Executors.newFixedThreadPool(1);

    private static <T> List<T> drain(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static Iterator<Integer> numbers(int count) {
        return IntStream.range(0, count).iterator();
    }

    @Test
    void givesWhatTheIteratorGivesInItsOrder() {
        for (int ahead : new int[] {1, 2, 100}) {
            try (Prefetch<Integer> prefetch = Prefetch.of(numbers(50), ahead, pool)) {
                assertEquals(drain(numbers(50)), drain(prefetch));
                assertThrows(NoSuchElementException.class, prefetch::next);
            }
            try (Prefetch<Integer> prefetch = Prefetch.onVirtualThread(numbers(50), ahead)) {
                assertEquals(drain(numbers(50)), drain(prefetch));
            }
        }
        try (Prefetch<Integer> prefetch = Prefetch.of(numbers(0), 1, pool)) {
            assertFalse(prefetch.hasNext());
        }
    }

    /** An iterator that says on which thread it runs and how far it has come. */
    private static final class Watched implements Iterator<Integer> {
        final BlockingQueue<Integer> made = new LinkedBlockingQueue<>();
        final AtomicReference<Thread> thread = new AtomicReference<>();
        private int next;

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Integer next() {
            thread.set(Thread.currentThread());
            made.add(next);
            return next++;
        }
    }

    @Test
    void worksAheadOnAnotherThreadButNotFurtherThanItMay() throws InterruptedException {
        Watched source = new Watched();
        try (Prefetch<Integer> prefetch = Prefetch.of(source, 2, pool)) {
            // Before anything was asked for, two are made, and no third.
            assertEquals(0, source.made.poll(60, TimeUnit.SECONDS));
            assertEquals(1, source.made.poll(60, TimeUnit.SECONDS));
            assertNotSame(Thread.currentThread(), source.thread.get());
            for (int i = 0; i < 20; i++) {
                assertEquals(i, prefetch.next());
                assertEquals(i + 2, source.made.poll(60, TimeUnit.SECONDS)); // each one taken makes room for one
                assertTrue(source.made.isEmpty());
            }
        }
    }

    @Test
    void whatTheIteratorThrowsReachesTheConsumerAfterWhatItGave() {
        for (Throwable thrown :
                List.of(new IllegalArgumentException("bad example 2"), new StackOverflowError("deep"))) {
            Iterator<Integer> failing = new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    if (next == 2) {
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) thrown;
                    }
                    return next++;
                }
            };
            try (Prefetch<Integer> prefetch = Prefetch.of(failing, 5, pool)) {
                assertEquals(0, prefetch.next());
                assertEquals(1, prefetch.next());
                CompletionException e = assertThrows(CompletionException.class, prefetch::next);
                assertSame(thrown, e.getCause());
                assertThrows(CompletionException.class, prefetch::hasNext); // and again, not a silent end
            }
        }
    }

    @Test
    void closingEndsAProducerThatWaitsForRoomAndGivesItsThreadBack() throws Exception {
        Watched source = new Watched();
        Prefetch<Integer> prefetch = Prefetch.of(source, 1, pool);
        assertEquals(0, source.made.poll(60, TimeUnit.SECONDS));
        prefetch.close();
        assertEquals("free", pool.submit(() -> "free").get(60, TimeUnit.SECONDS));
        assertTrue(source.made.isEmpty());
        assertEquals(
                "prefetch: it is closed",
                assertThrows(IllegalStateException.class, prefetch::next).getMessage());
        prefetch.close(); // twice does no harm
    }

    @Test
    void closingWaitsUntilTheProducerHasLeftTheIterator() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger();
        Iterator<Integer> slow = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                inside.countDown();
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return left.incrementAndGet();
            }
        };
        Prefetch<Integer> prefetch = Prefetch.of(slow, 1, pool);
        inside.await();
        Thread closing = Thread.ofPlatform().start(() -> {
            prefetch.close();
            left.compareAndSet(1, 10); // what it sees: the producer has returned
        });
        // It must be waiting before the producer may go on, or the test would not show anything.
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertEquals(0, left.get());
        leave.countDown();
        closing.join();
        assertEquals(10, left.get());
    }

    @Test
    void aTaskThatWasNotBegunDoesNotTouchTheIteratorAfterClosing() {
        List<Runnable> queue = new ArrayList<>();
        Watched source = new Watched();
        Prefetch<Integer> prefetch = Prefetch.of(source, 1, queue::add);
        prefetch.close(); // and does not wait for it
        queue.getFirst().run();
        assertTrue(source.made.isEmpty());
    }

    @Test
    void anExecutorThatIsShutDownIsNoticed() {
        Watched source = new Watched();
        ExecutorService own = Executors.newFixedThreadPool(1);
        try (Prefetch<Integer> prefetch = Prefetch.of(source, 1, own)) {
            assertEquals(0, prefetch.next());
            own.shutdownNow(); // interrupts the producer
            Throwable cause = assertThrows(CompletionException.class, () -> drain(prefetch))
                    .getCause();
            assertEquals(InterruptedException.class, cause.getClass());
        } finally {
            own.shutdownNow();
        }
        assertThrows(RejectedExecutionException.class, () -> Prefetch.of(source, 1, own));
    }

    @Test
    void anInterruptionStaysForTheExecutorToSee() throws Exception {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        Executor interrupting = task -> Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            task.run();
            seen.complete(Thread.interrupted());
        });
        try (Prefetch<Integer> prefetch = Prefetch.of(new Watched(), 1, interrupting)) {
            assertTrue(seen.get(60, TimeUnit.SECONDS));
            assertThrows(CompletionException.class, prefetch::next);
        }
    }

    @Test
    void aConsumerThatIsInterruptedDoesNotHang() {
        try (Prefetch<Integer> prefetch = Prefetch.of(numbers(1), 1, task -> {})) { // never begun
            Thread.currentThread().interrupt();
            assertThrows(IllegalStateException.class, prefetch::hasNext);
            assertTrue(Thread.interrupted()); // the mark is still there, and is taken away for the next test
        }
    }

    @Test
    void anExecutorThatUsesTheSameThreadIsRefusedBeforeItWaitsForItself() {
        Watched source = new Watched();
        assertEquals(
                "prefetch: the executor walks on the thread that asked for it, which would wait for itself",
                assertThrows(IllegalStateException.class, () -> Prefetch.of(source, 1, Runnable::run))
                        .getMessage());
        assertTrue(source.made.isEmpty());
    }

    @Test
    void aTaskThatIsRunLaterOnTheSameThreadIsNot() {
        List<Runnable> queue = new ArrayList<>();
        Prefetch<Integer> prefetch = Prefetch.of(numbers(3), 5, queue::add);
        queue.getFirst().run();
        assertEquals(List.of(0, 1, 2), drain(prefetch));
    }

    @Test
    void takesAtLeastOneAhead() {
        assertEquals(
                "prefetch: 0 ahead; it takes at least 1",
                assertThrows(IllegalArgumentException.class, () -> Prefetch.of(numbers(1), 0, pool))
                        .getMessage());
    }
}
