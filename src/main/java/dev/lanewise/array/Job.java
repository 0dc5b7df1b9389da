package dev.lanewise.array;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work in parts that may run in any order and on any threads. Parts are claimed by counting up; whoever has one finishes
 * it, unless it fails, and then no more are claimed.
 */
final class Job {

    /** Nanoseconds for which a caller with nothing left to do spins before it parks. */
    private static final long SPINNING = 50_000;

    private final Thread caller = Thread.currentThread();
    private final int parts;
    private final IntConsumer body;

    /** The next part to be claimed; {@link #parts} or more if there is none. */
    private final AtomicInteger next = new AtomicInteger();

    /** Helpers that may be at work on a part. */
    private final AtomicInteger helping = new AtomicInteger();

    private volatile boolean waiting;
    private volatile @Nullable Throwable failure;

    /** Of the calling thread. */
    Job(int parts, IntConsumer body) {
        this.parts = parts;
        this.body = body;
    }

    boolean isOpen() {
        return next.get() < parts;
    }

    /** Leaves nothing to claim. */
    void stop() {
        next.set(parts);
    }

    /** Runs parts until none is left. */
    void work() {
        try {
            for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                body.accept(part);
            }
        } catch (Throwable e) {
            failure = e;
            stop();
        }
    }

    /** As {@link #work}, by another thread than the caller. It is counted before it claims: the caller waits for it then. */
    void help() {
        helping.incrementAndGet();
        work();
        if (helping.decrementAndGet() == 0 && waiting) {
            LockSupport.unpark(caller);
        }
    }

    /** Waits until nobody is at work, when nothing is left to claim. */
    void await() {
        long since = System.nanoTime();
        boolean interrupted = false;
        while (helping.get() != 0) {
            if (System.nanoTime() - since < SPINNING) {
                Thread.onSpinWait();
            } else if (waiting) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted(); // or park would return at once, again and again
            } else {
                waiting = true; // and look once more: who left before did not see it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws what a part has thrown, if any has. */
    void rethrow() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
