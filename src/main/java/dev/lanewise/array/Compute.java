package dev.lanewise.array;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * How many threads operations may use. Without a say the calling thread computes alone: the library makes no threads, and
 * a service does not find its cores taken. A caller who has threads to spare lends them for a dynamic scope:
 *
 * <pre>{@code FloatArray c = Compute.parallel(executor, 4, () -> model.infer(x));}</pre>
 *
 * <p>Within it operations are divided among the caller and up to {@code n - 1} tasks given to the executor, if they are large
 * enough to gain by it: matrix products and batches of them, elementwise operations on arrays that lie densely, steps of
 * optimizers ({@link Updates}), and reductions and normalizations between their rows. Sums are never cut, so the bits of a
 * result are the same for any number of threads.
 *
 * <ul>
 *   <li><b>The executor</b> may be anything that runs tasks: a pool, a {@code ForkJoinPool} (also when called from one of its
 *       workers), one of virtual threads. The caller works as well and waits only for tasks that are at work, never for one
 *       that has not started. So if the executor is busy, refuses or is shut down, the caller computes what there is, alone.
 *       One whose {@code execute} itself blocks, as on a full queue, blocks the caller there; what it throws other than a
 *       {@link java.util.concurrent.RejectedExecutionException} is a fault, and reaches the caller as it is.
 *   <li><b>Tasks</b> are handed over when an operation needs them. After it they stay on their threads for as long as they
 *       worked, 50 microseconds at least and a millisecond at most, looking for the next operation, then end; at the end of
 *       the scope they end at once. Threads are held while there is work and never parked in between.
 *   <li><b>Scopes</b> nest: an inner one replaces the outer, and {@code n == 1} within it means alone again. The scope holds
 *       for what the action calls on its own thread, and for subtasks that a {@code StructuredTaskScope} forks in it; they
 *       share the tasks of the scope, one operation being helped at a time while the others run on their own threads. Other
 *       threads, those of the executor among them, do not see it.
 *   <li><b>Exceptions</b> that a task meets, such as a lack of memory, are thrown to the caller once all others have stopped.
 *       The operation then has no result; arrays that exist never change. (What an optimizer remembers of
 *       weights may have changed in part.)
 *   <li><b>Interruption</b> does not stop an operation; the thread stays interrupted.
 * </ul>
 *
 * More threads than processors gain nothing.
 */
public final class Compute {

    private Compute() {}

    /**
     * Runs the action, within which operations may use up to {@code n} threads: its own, and others of the executor.
     *
     * @throws IllegalArgumentException if {@code n < 1}
     */
    public static void parallel(Executor executor, int n, Runnable action) {
        Objects.requireNonNull(action, "parallel: the action is null");
        try (Crew crew = crew(executor, n)) {
            ScopedValue.where(Crew.SCOPE, crew).run(action);
        }
    }

    /**
     * As {@link #parallel(Executor, int, Runnable)}, and returns what the action returns.
     *
     * @throws IllegalArgumentException if {@code n < 1}
     */
    public static <T> T parallel(Executor executor, int n, Supplier<T> action) {
        Objects.requireNonNull(action, "parallel: the action is null");
        try (Crew crew = crew(executor, n)) {
            return ScopedValue.where(Crew.SCOPE, crew).call(action::get);
        }
    }

    private static Crew crew(Executor executor, int n) {
        Objects.requireNonNull(executor, "parallel: the executor is null");
        if (n < 1) {
            throw new IllegalArgumentException("parallel: " + n + " threads: the caller's own is one");
        }
        return new Crew(executor, n);
    }

    /** How many threads an operation started here may use. */
    public static int threads() {
        return Crew.SCOPE.isBound() ? Crew.SCOPE.get().threads : 1;
    }
}
