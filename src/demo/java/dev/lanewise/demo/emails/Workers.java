package dev.lanewise.demo.emails;

import dev.lanewise.array.Compute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The threads of the demo; the library makes none. They are used in two ways: many batches that do not need each other are
 * shared out, one to a thread; the one batch of a training step has its products shared out. Neither changes a bit.
 */
public final class Workers implements AutoCloseable {

    private final int threads;
    private final ExecutorService pool;

    /** So many threads, that of the caller included. */
    public Workers(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "emails");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many there are. */
    public int threads() {
        return threads;
    }

    /** Runs an action in which each matrix product may use all threads. */
    <T> T together(Supplier<T> action) {
        return Compute.parallel(pool, threads, action);
    }

    /** The results of a function for all inputs, in their order. */
    <S, T> List<T> each(List<S> inputs, Function<S, T> function) {
        List<Future<T>> futures = new ArrayList<>();
        for (S input : inputs) {
            futures.add(pool.submit(() -> function.apply(input)));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while batches were at work", e);
            }
        }
        return results;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
