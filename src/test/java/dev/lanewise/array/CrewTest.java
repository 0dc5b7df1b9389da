package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does which part of a job, with latches in the place of work. Times are guards against hanging and nothing else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrewTest {

    /** Work that is worth any helpers. */
    private static final long ENOUGH = 1L << 40;

    /** A new thread for each task. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(50, TimeUnit.SECONDS), "nobody came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a job of so many parts and checks that each ran once. */
    private static void runOnce(Crew crew, int parts) {
        AtomicIntegerArray ran = new AtomicIntegerArray(parts);
        crew.run(crew.muster(ENOUGH), parts, ran::incrementAndGet);
        for (int part = 0; part < parts; part++) {
            assertEquals(1, ran.get(part), "part " + part);
        }
    }

    @Test
    void asManyThreadsAsAllowedComputeAtOnce() throws Exception {
        try (Crew crew = new Crew(THREADS, 4)) {
            assertEquals(4, crew.muster(ENOUGH));
            CyclicBarrier all = new CyclicBarrier(4);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            crew.run(4, 4, part -> {
                threads.add(Thread.currentThread());
                try {
                    all.await(50, TimeUnit.SECONDS); // passes when there are four
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals(4, threads.size());
            assertTrue(threads.contains(Thread.currentThread()));
        }
    }

    @Test
    void neverMoreThanAllowed() {
        AtomicInteger asked = new AtomicInteger();
        Executor counting = task -> {
            asked.incrementAndGet();
            THREADS.execute(task);
        };
        try (Crew crew = new Crew(counting, 3)) {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            for (int i = 0; i < 300; i++) {
                int threads = crew.muster(ENOUGH);
                assertTrue(threads <= 3, () -> threads + " threads");
                crew.run(threads, 12, part -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1000); // lets others come in
                    inside.decrementAndGet();
                });
                assertEquals(0, inside.get(), "somebody is still at work");
            }
            assertTrue(most.get() <= 3, () -> most + " at once");
            assertTrue(asked.get() >= 2);
        }
    }

    @Test
    void littleWorkIsNotWorthWaking() {
        try (Crew crew = new Crew(task -> assertTrue(false, "asked"), 4)) {
            assertEquals(1, crew.muster(1_000_000));
        }
    }

    @Test
    void littleWorkAgainAndAgainIs() {
        AtomicInteger asked = new AtomicInteger();
        try (Crew crew = new Crew(task -> asked.incrementAndGet(), 2)) {
            // Close succession is a matter of microseconds, which now and then a busy machine does not grant.
            while (asked.get() == 0) {
                for (int i = 0; i < 20; i++) {
                    crew.run(crew.muster(1_000_000), 4, part -> {});
                }
            }
            assertEquals(1, asked.get());
        }
    }

    @Test
    void aTaskThatStartsTooLateFindsNothing() throws InterruptedException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Crew crew = new Crew(tasks::add, 3);
        runOnce(crew, 6);
        assertEquals(2, tasks.size());
        assertEquals(1, crew.muster(ENOUGH), "nobody came, and nobody else is asked");
        runOnce(crew, 6);
        assertEquals(2, tasks.size());
        crew.close();
        for (Runnable task : tasks) {
            Thread helper = Thread.ofPlatform().daemon().start(task);
            helper.join();
        }
    }

    @Test
    void anExecutorThatRunsTasksOnTheSpotIsNoHelp() {
        AtomicInteger asked = new AtomicInteger();
        Executor direct = task -> {
            asked.incrementAndGet();
            task.run();
        };
        try (Crew crew = new Crew(direct, 3)) {
            runOnce(crew, 6);
            assertEquals(1, asked.get());
        }
    }

    @Test
    void aHelperRunByWhoAskedForItLeavesRoomForAnother() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        try (Crew crew = new Crew(tasks::add, 2)) {
            runOnce(crew, 6);
            tasks.remove().run(); // as a worker of a pool does that waits for something else
            while (tasks.isEmpty()) {
                runOnce(crew, 6); // asks again, after a while
            }
        }
    }

    @Test
    void refusedTheCallerWorksAlone() {
        AtomicInteger asked = new AtomicInteger();
        Executor refusing = task -> {
            asked.incrementAndGet();
            throw new RejectedExecutionException("full");
        };
        try (Crew crew = new Crew(refusing, 3)) {
            runOnce(crew, 6);
            assertEquals(1, asked.get());
            while (asked.get() < 2) {
                runOnce(crew, 6); // asks again, after a while
            }
        }
    }

    @Test
    void afterClosingNobodyIsAsked() {
        Crew crew = new Crew(task -> assertTrue(false, "asked"), 3);
        crew.close();
        assertEquals(1, crew.muster(ENOUGH));
        runOnce(crew, 3);
    }

    @Test
    void aFaultOfTheExecutorIsShownAndLeavesTheCrewUsable() {
        AtomicInteger asked = new AtomicInteger();
        Executor faulty = task -> {
            if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("broken");
            }
            THREADS.execute(task);
        };
        try (Crew crew = new Crew(faulty, 2)) {
            assertThrows(IllegalStateException.class, () -> runOnce(crew, 4));
            runOnce(crew, 4);
            assertEquals(2, asked.get());
        }
    }

    @Test
    void whoFindsAnotherJobWorksAlone() {
        try (Crew crew = new Crew(THREADS, 2)) {
            assertEquals(2, crew.muster(ENOUGH));
            Thread caller = Thread.currentThread();
            AtomicInteger asked = new AtomicInteger();
            while (asked.get() == 0) { // the helper may take both parts
                AtomicInteger inner = new AtomicInteger();
                crew.run(2, 2, part -> {
                    Thread me = Thread.currentThread();
                    // Not of a helper: it may be in the last part when the job is over for others.
                    if (me.equals(caller)) {
                        asked.incrementAndGet();
                        assertEquals(1, crew.muster(ENOUGH));
                    }
                    crew.run(1, 5, p -> {
                        assertSame(me, Thread.currentThread());
                        inner.incrementAndGet();
                    });
                });
                assertEquals(10, inner.get());
            }
            runOnce(crew, 4);
        }
    }

    @Test
    void whatAHelperThrowsIsThrownWhenAllHaveStopped() {
        try (Crew crew = new Crew(THREADS, 2)) {
            assertEquals(2, crew.muster(ENOUGH));
            Thread caller = Thread.currentThread();
            CountDownLatch helperIsIn = new CountDownLatch(1);
            CountDownLatch callerIsIn = new CountDownLatch(1);
            int many = 1_000_000_000; // the caller alone would need very long
            AtomicInteger started = new AtomicInteger();
            Error fault = new OutOfMemoryError("no room");
            Error thrown = assertThrows(
                    OutOfMemoryError.class,
                    () -> crew.run(2, many, part -> {
                        started.incrementAndGet();
                        if (Thread.currentThread() == caller) {
                            callerIsIn.countDown();
                            await(helperIsIn);
                        } else {
                            await(callerIsIn);
                            helperIsIn.countDown();
                            throw fault;
                        }
                    }));
            assertSame(fault, thrown);
            assertTrue(started.get() < many, () -> "all " + started + " parts went on");
            runOnce(crew, 4);
        }
    }

    @Test
    void whatTheCallersPartThrowsWaitsForTheHelpers() {
        try (Crew crew = new Crew(THREADS, 2)) {
            assertEquals(2, crew.muster(ENOUGH));
            Thread caller = Thread.currentThread();
            CountDownLatch helperIsIn = new CountDownLatch(1);
            CountDownLatch fault = new CountDownLatch(1);
            AtomicInteger left = new AtomicInteger();
            assertThrows(
                    IllegalStateException.class,
                    () -> crew.run(2, 2, part -> {
                        if (Thread.currentThread() == caller) {
                            await(helperIsIn);
                            fault.countDown();
                            throw new IllegalStateException("a part");
                        }
                        helperIsIn.countDown();
                        await(fault);
                        untilParked(caller);
                        left.incrementAndGet();
                    }));
            assertEquals(1, left.get());
        }
    }

    @Test
    void interruptionNeitherStopsAJobNorGetsLost() {
        try (Crew crew = new Crew(THREADS, 2)) {
            Thread.currentThread().interrupt();
            runOnce(crew, 3);
            assertTrue(Thread.interrupted());
        }
        try (Crew crew = new Crew(THREADS, 2)) {
            Thread caller = Thread.currentThread();
            CountDownLatch helperIsIn = new CountDownLatch(1);
            AtomicInteger left = new AtomicInteger();
            crew.run(2, 2, part -> {
                if (Thread.currentThread() == caller) {
                    await(helperIsIn);
                    return;
                }
                helperIsIn.countDown();
                untilParked(caller);
                caller.interrupt();
                untilParked(caller); // again: it goes on waiting
                left.incrementAndGet();
            });
            assertEquals(1, left.get());
            assertTrue(Thread.interrupted());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    private static void untilParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING || thread.isInterrupted()) {
            Thread.onSpinWait();
        }
    }
}
