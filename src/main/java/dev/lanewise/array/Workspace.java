package dev.lanewise.array;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Storage that is used again, for what computes the same things over and over: a service that infers, a loop that trains.
 *
 * <pre>{@code
 * Workspace workspace = new Workspace();
 * FloatArray answer = workspace.call(() -> model.infer(x).copy());
 * }</pre>
 *
 * <p>What operations make within a {@linkplain #run(Runnable) run}, on its thread, stands on storage of the workspace, which
 * the next run uses again: nothing large is allocated, cleared and collected. Such arrays, and views of them, are valid until
 * their run ends. {@link FloatArray#copy} takes one out; using one later is an {@link IllegalStateException}. Arrays that are
 * made of numbers ({@code of}, {@code wrap}, {@code zeros}, {@code rand}, …) and the new values of an optimizer's step are
 * their own, also when made in a run, and so are the weights of new layers. Results have the same bits in a run and outside.
 *
 * <p>A workspace keeps the storage that its last run used: as much as all that was made in it, for within a run nothing is
 * used twice. It serves one run at a time, on any thread; threads that compute at the same time have one each. Runs of
 * different workspaces nest; an inner one takes over until it ends. A {@link Plan} that is made in a run has storage of its
 * own, and refuses arrays of the run. Subtasks that run on other threads allocate as usual.
 */
public final class Workspace {

    private static final ScopedValue<Run> SCOPE = ScopedValue.newInstance();

    private final AtomicBoolean running = new AtomicBoolean();

    /** Those of the present run come first, in the order in which they were asked for. */
    private float[][] buffers = new float[16][];

    private int count;
    private int used;

    /** An empty one. */
    public Workspace() {}

    /** Who may use the arrays of a run, and until when. */
    static final class Run {

        private final Workspace workspace;
        private final Thread thread = Thread.currentThread();

        /** The work of each operation, where a {@link Plan} is made. */
        private final @Nullable List<Runnable> steps;

        private volatile boolean over;

        private Run(Workspace workspace, @Nullable List<Runnable> steps) {
            this.workspace = workspace;
            this.steps = steps;
        }

        /** Whether its arrays have numbers now. */
        boolean isReadable() {
            return !over && steps == null;
        }

        /** That an operation may look at the numbers of an array: not in a plan, for which they are any. */
        void requireNumbers(String op, Shape shape) {
            requireOpen(shape);
            if (steps != null) {
                throw unplanned(op, shape);
            }
        }

        /** That an operation may use an array: one of a plan only where the plan hears of it, and no other run's in a plan. */
        void requireOperand(Shape shape) {
            requireOpen(shape);
            Run here = current();
            if (here == this) {
                return;
            }
            if (steps != null) {
                throw new IllegalStateException("plan: the function uses an array of shape " + shape
                        + " on another thread, or in a run of a workspace, of which the plan does not know");
            }
            if (here != null && here.steps != null) {
                throw new IllegalStateException("plan: the function uses or returns an array of shape " + shape
                        + " of another run of a workspace, whose storage serves others later; take a copy() of"
                        + " it first");
            }
        }

        /** That its arrays are valid. */
        void requireOpen(Shape shape) {
            if (over) {
                throw new IllegalStateException(
                        "an array of shape " + shape + " was made in a run of a workspace that has"
                                + " ended, and its storage serves others now; take a copy() out of a run");
            }
        }
    }

    /**
     * Runs an action, within which operations take their storage from here.
     *
     * @throws IllegalStateException if this workspace is in a run already
     */
    public void run(Runnable action) {
        Objects.requireNonNull(action, "workspace: the action is null");
        call(null, () -> {
            action.run();
            return null;
        });
    }

    /**
     * As {@link #run(Runnable)}, and returns what the action returns. An array that was made in it has to be copied by then.
     *
     * @throws IllegalStateException if this workspace is in a run already
     */
    public <T extends @Nullable Object> T call(Supplier<T> action) {
        Objects.requireNonNull(action, "workspace: the action is null");
        return call(null, action);
    }

    /** A run that adds to {@code steps}, if there are any, what operations do. */
    <T extends @Nullable Object> T call(@Nullable List<Runnable> steps, Supplier<T> action) {
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException("workspace: it is in a run already; one serves one run at a time");
        }
        Run run = new Run(this, steps);
        try {
            return ScopedValue.where(SCOPE, run).call(action::get);
        } finally {
            end(run);
        }
    }

    private void end(Run run) {
        run.over = true;
        Arrays.fill(buffers, used, count, null);
        count = used;
        used = 0;
        running.set(false);
    }

    /** The bytes of storage that it keeps between runs. To be asked between runs: in one, it changes under the question. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += (long) Float.BYTES * buffers[i].length;
        }
        return bytes;
    }

    /** Fills the storage that it keeps with NaN, between runs: in a test, what a run then leaves unwritten shows. */
    void spoil() {
        for (int i = 0; i < count; i++) {
            Arrays.fill(buffers[i], Float.NaN);
        }
    }

    // ---- for operations

    /** The run that operations on this thread are in. */
    static @Nullable Run current() {
        if (!SCOPE.isBound()) {
            return null;
        }
        Run run = SCOPE.get();
        return run.thread == Thread.currentThread() ? run : null;
    }

    /** Room for so many numbers, all of which will be written: anything stands there. */
    static float[] storage(int n) {
        Run run = current();
        return run == null ? new float[n] : run.workspace.take(n);
    }

    /**
     * So many zeros. In a plan they are cleared once, when it is made: what is then written there without being handed in, such
     * as a mask, has to stay. An operation that hands in its work and needs zeros clears them in that work.
     */
    static float[] zeros(int n) {
        Run run = current();
        if (run == null) {
            return new float[n];
        }
        float[] zeros = run.workspace.take(n);
        Arrays.fill(zeros, 0);
        return zeros;
    }

    /** Whether a plan is being made, which has to know what operations do. */
    static boolean isPlanning() {
        Run run = current();
        return run != null && run.steps != null;
    }

    private static IllegalStateException unplanned(String op, Shape shape) {
        return new IllegalStateException("plan: the function has " + op + " of an array of shape " + shape
                + ", which cannot be planned: it looks at numbers, or is an operation that plans do not have");
    }

    /** Hands in the work of an operation, to be done again, on the same storage, whenever the plan runs. */
    static void plan(Runnable work) {
        Objects.requireNonNull(Objects.requireNonNull(current()).steps).add(work);
    }

    /** Mostly the next one fits, since runs are mostly alike. */
    private float[] take(int n) {
        for (int i = used; i < count; i++) {
            if (buffers[i].length == n) {
                return lend(i);
            }
        }
        if (count == buffers.length) {
            buffers = Arrays.copyOf(buffers, 2 * count);
        }
        buffers[count] = new float[n];
        return lend(count++);
    }

    private float[] lend(int i) {
        float[] buffer = buffers[i];
        buffers[i] = buffers[used];
        buffers[used++] = buffer;
        return buffer;
    }
}
