package dev.lanewise.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that is walked ahead on another thread, so that the next batch is ready when the step before it ends. What
 * comes out, and in what order, is what the iterator gives.
 *
 * <pre>{@code
 * try (Prefetch<Batch> ahead = Prefetch.of(batches.iterator(), 2, executor)) {
 *     while (ahead.hasNext()) {
 *         train(ahead.next());
 *     }
 * }
 * }</pre>
 *
 * <p>The producer occupies its thread until the iterator ends or this is closed; scopes such as
 * {@link dev.lanewise.array.Compute#parallel} do not reach it. The iterator is used by that thread alone, and never closed.
 * One thread consumes. An executor that drops the task without a word leaves it waiting until it is interrupted or this is
 * closed.
 *
 * @param <T> what the iterator gives
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {

    private final Iterator<? extends T> source;
    private final int ahead;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The thread that is handing the walk to the executor, as long as it is. */
    private volatile @Nullable Thread starting;

    // All below is guarded by the lock.
    private final Deque<T> ready = new ArrayDeque<>();
    private boolean started;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    private Prefetch(Iterator<? extends T> source, int ahead) {
        if (ahead < 1) {
            throw new IllegalArgumentException("prefetch: " + ahead + " ahead; it takes at least 1");
        }
        this.source = source;
        this.ahead = ahead;
    }

    /**
     * Starts to walk the iterator on a thread of the executor.
     *
     * @param ahead how many results may be made before they are asked for, at least 1
     * @throws IllegalArgumentException unless there is at least 1
     * @throws IllegalStateException if the executor runs the task on this thread, before it returns
     * @throws java.util.concurrent.RejectedExecutionException if the executor takes no task
     */
    public static <T> Prefetch<T> of(Iterator<? extends T> source, int ahead, Executor executor) {
        Prefetch<T> prefetch = new Prefetch<>(source, ahead);
        prefetch.starting = Thread.currentThread();
        executor.execute(prefetch::produce);
        prefetch.starting = null;
        return prefetch;
    }

    /**
     * Starts to walk the iterator on a virtual thread that is made for it, and ends with it.
     *
     * @param ahead how many results may be made before they are asked for, at least 1
     * @throws IllegalArgumentException unless there is at least 1
     */
    public static <T> Prefetch<T> onVirtualThread(Iterator<? extends T> source, int ahead) {
        return of(source, ahead, Thread.ofVirtual().name("lanewise-prefetch")::start);
    }

    private void produce() {
        if (Thread.currentThread().equals(starting)) {
            throw new IllegalStateException(
                    "prefetch: the executor walks on the thread that asked for it, which would wait for itself");
        }
        lock.lock();
        try {
            started = true;
            while (!closed) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the executor interrupted the producer");
                }
                if (ready.size() >= ahead) {
                    changed.await();
                } else if (!produceOne()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            failure = e;
            Thread.currentThread().interrupt(); // the thread is the executor's, which may want to know
        } catch (Throwable e) {
            failure = e; // an error too: it is the consumer that has to hear of it
        } finally {
            ended = true;
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Takes one result from the iterator, without the lock; false if there are no more. */
    private boolean produceOne() {
        T next;
        lock.unlock();
        try {
            if (!source.hasNext()) {
                return false;
            }
            next = source.next();
        } finally {
            lock.lock();
        }
        if (!closed) {
            ready.add(next);
            changed.signalAll();
        }
        return true;
    }

    /**
     * Whether there is another result; waits until that is known.
     *
     * @throws CompletionException if the iterator has thrown something, which is the cause; results from before it come first
     * @throws IllegalStateException if this is closed, or the wait is interrupted
     */
    @Override
    public boolean hasNext() {
        lock.lock();
        try {
            while (ready.isEmpty() && !ended && !closed) {
                changed.await();
            }
            if (closed) {
                throw new IllegalStateException("prefetch: it is closed");
            }
            if (ready.isEmpty() && failure != null) {
                throw new CompletionException("prefetch: the iterator failed with " + failure, failure);
            }
            return !ready.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("prefetch: interrupted while it waited for a result", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next result; waits until it is there.
     *
     * @throws NoSuchElementException if there are no more
     * @throws CompletionException if the iterator has thrown something, which is the cause
     * @throws IllegalStateException if this is closed, or the wait is interrupted
     */
    @Override
    public T next() {
        lock.lock();
        try {
            if (!hasNext()) {
                throw new NoSuchElementException("prefetch: the iterator has ended");
            }
            T next = ready.remove();
            changed.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the walk, forgets what is ready, and waits until the producer has left the iterator. A task that the executor has
     * not begun yet will end as soon as it does, without touching it.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ready.clear();
            changed.signalAll();
            while (started && !ended) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
