package dev.lanewise.array;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one parallel scope: whoever computes in it, and helpers, at most {@code threads - 1} of them, on threads
 * of the executor.
 *
 * <p>A {@link Job} is done by its caller and by the helpers that are there. Nobody waits for a helper to come, only for those
 * at work on a part: one that comes late finds nothing left. So an executor that is busy, refuses, or is the caller's own
 * cannot block anybody.
 *
 * <p>To wake a thread costs the waker ten microseconds, and it comes 25 to 100 later. So a helper looks out for the next
 * job for a while after each, spinning, and is then reached in less than one. When nothing comes it ends, and its thread
 * goes back to the executor: it never parks.
 *
 * <p>There is one job at a time. A caller who finds another's computes alone: the helpers have enough to do.
 */
final class Crew implements AutoCloseable {

    static final ScopedValue<Crew> SCOPE = ScopedValue.newInstance();

    /**
     * The least work, in multiply-adds of a matrix product, for each of several threads. Measured on two cores, helper looking out:
     * two threads take 0.68 of the time of one for 64 x 64 x 64, which is 6 microseconds of work, 0.58 for 128 x 128 x 128.
     */
    private static final long SHARE = 125_000;

    /**
     * Work, done in close succession, from which on helpers are woken. Measured, waking one for each operation: 160 x 160 x 160
     * takes 1.25 times as long as alone, 192 x 192 x 192 (140 microseconds) 0.73 to 0.96, 256 x 256 x 256 0.65.
     */
    private static final long WAKING = 8_000_000;

    /** Nanoseconds that a helper looks out at least; at most it is {@link #LONGEST}, in between as long as it worked. */
    private static final long SHORTEST = 50_000;

    private static final long LONGEST = 1_000_000;

    /** Nanoseconds for which an executor that refused is not asked again: a refusal costs an exception. */
    private static final long REFUSAL = 1_000_000;

    final int threads;

    private final Executor executor;

    /** Helpers asked for and not gone yet. */
    private final AtomicInteger hired = new AtomicInteger();

    /** Those of them that came: what a caller can reckon with. */
    private final AtomicInteger present = new AtomicInteger();

    private final AtomicReference<@Nullable Job> current = new AtomicReference<>();

    private volatile boolean closed;

    // Only hints, which callers who compute at the same time may overwrite.
    private volatile long lastEnd;
    private volatile long recentWork;
    private volatile long lastRefusal = System.nanoTime() - REFUSAL;

    Crew(Executor executor, int threads) {
        this.executor = executor;
        this.threads = threads;
    }

    /** The crew of the scope that the calling thread is in, if the work is enough for two. */
    static @Nullable Crew here(long work) {
        if (work < 2 * SHARE || !SCOPE.isBound()) {
            return null;
        }
        Crew crew = SCOPE.get();
        return crew.threads == 1 ? null : crew;
    }

    /** Helpers go, and no more are asked for. */
    @Override
    public void close() {
        closed = true;
    }

    // ---- callers

    /** Among how many threads, the caller's included, so much work is best divided now. */
    int muster(long work) {
        long now = System.nanoTime();
        recentWork = work + (now - lastEnd < SHORTEST ? recentWork : 0);
        if (closed || current.get() != null) {
            return 1;
        }
        int there = present.get();
        if (recentWork >= WAKING && now - lastRefusal >= REFUSAL) {
            there += Math.max(0, threads - 1 - hired.get());
        }
        // Helpers that left between the two counts are in both.
        return (int) Math.min(Math.min(threads, 1 + there), work / SHARE);
    }

    /**
     * Runs {@code body} for each part, by the caller and whoever helps, and returns when all are done. What a part throws
     * is thrown here, when nobody is at work any more.
     */
    void run(int threads, int parts, IntConsumer body) {
        Job job = parts == 1 || current.get() != null ? null : new Job(parts, body);
        if (job != null && current.compareAndSet(null, job)) {
            try {
                hire(threads - 1);
                job.work();
            } finally {
                job.stop();
                current.set(null);
                job.await();
            }
            job.rethrow();
        } else {
            for (int part = 0; part < parts; part++) {
                body.accept(part);
            }
        }
        lastEnd = System.nanoTime();
    }

    /** Asks for helpers until so many are there or on their way. */
    private void hire(int wanted) {
        for (int there = present.get(); there < wanted && enlist(); there++) {
            Helper helper = new Helper();
            try {
                executor.execute(helper);
            } catch (RejectedExecutionException e) {
                helper.refuse();
            } catch (Throwable e) {
                hired.decrementAndGet();
                throw e;
            }
            if (helper.refused) {
                return;
            }
        }
    }

    private boolean enlist() {
        int count = hired.get();
        while (count < threads - 1) {
            int seen = hired.compareAndExchange(count, count + 1);
            if (seen == count) {
                return true;
            }
            count = seen;
        }
        return false;
    }

    // ---- helpers

    private final class Helper implements Runnable {

        private final Thread hirer = Thread.currentThread();

        /** Whether the executor refused it, or ran it on the very thread that asked for help. Only that thread reads it. */
        boolean refused;

        @Override
        public void run() {
            if (Thread.currentThread() == hirer) {
                refuse();
                return;
            }
            present.incrementAndGet();
            lookOut();
            present.decrementAndGet();
            hired.decrementAndGet();
        }

        void refuse() {
            refused = true;
            hired.decrementAndGet();
            lastRefusal = System.nanoTime();
        }

        private void lookOut() {
            long since = System.nanoTime();
            long patience = SHORTEST;
            for (int spins = 1; !closed; spins++) {
                Job job = current.get();
                if (job != null && job.isOpen()) {
                    long start = System.nanoTime();
                    job.help();
                    since = System.nanoTime();
                    patience = Math.clamp(since - start, SHORTEST, LONGEST);
                } else if (spins % 16 == 0 && System.nanoTime() - since > patience) {
                    return;
                }
                Thread.onSpinWait();
            }
        }
    }
}
