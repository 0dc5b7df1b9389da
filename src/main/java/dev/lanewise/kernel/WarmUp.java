package dev.lanewise.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats exercises until the optimising compiler has taken their loops over.
 *
 * <p>Many short calls, not few long loops: the JVM counts calls, and a loop that it has to replace while it runs is compiled
 * twice. The interpreter and the first compiler keep every vector in an object, so a row of calls that allocates nothing
 * is a proof, free of any timing, that the optimising compiler's code runs.
 */
public final class WarmUp {

    /** After so many calls HotSpot compiles whatever it meets in each (5,000, or 600 with 15,000 iterations). */
    private static final int TURNS = 5_500;

    /** Calls between two looks at what was allocated, and how many of them in a row have to allocate nothing. */
    private static final int BURST = 16;

    private static final int CLEAN_TURNS = 256;

    /** Exercises under way together: while some wait for the compiler, which works beside this thread, others run. */
    private static final int TOGETHER = 16;

    /** How long to leave the processor to the compiler when all wait for it. */
    private static final long PAUSE_NANOS = 500_000;

    /** What the kernels in use still need; null before anybody asked. */
    private static @Nullable List<Exercise> cold;

    /** Counts the bytes that the calling thread has allocated so far. */
    @FunctionalInterface
    public interface Meter {

        /** Where nothing can be counted. */
        Meter NONE = () -> 0;

        /** Bytes so far. */
        long allocated();
    }

    private static final class Progress {

        final Exercise exercise;
        int turn;
        int clean;

        Progress(Exercise exercise) {
            this.exercise = exercise;
        }

        void burst(Meter meter) {
            Exercise.Calls calls = exercise.calls();
            long before = meter.allocated();
            for (int i = 0; i < BURST; i++) {
                calls.run(turn++);
            }
            clean = meter.allocated() == before ? clean + BURST : 0;
        }
    }

    private WarmUp() {}

    /**
     * Warms the kernels in use, as far as it has not been done: products first.
     *
     * @return the names of what is still cold when the time is over
     */
    public static synchronized List<String> kernelsInUse(Duration limit) {
        long start = System.nanoTime();
        KernelProvider kernels = Kernels.provider();
        List<Exercise> exercises = cold == null ? kernels.exercises() : cold;
        Meter meter = kernels.allocatesWhileCold() ? AllocationMeter.ofThisThread() : Meter.NONE;
        cold = run(exercises, TURNS, () -> limit.compareTo(Duration.ofNanos(System.nanoTime() - start)) <= 0, meter);
        return cold.stream().map(Exercise::name).toList();
    }

    /**
     * Runs the exercises, in their order, each at least so many turns and until it allocates nothing, or until it is time to
     * stop. Without a meter only the turns count.
     *
     * @return those that were not done, in their order
     */
    public static List<Exercise> run(Collection<Exercise> exercises, int turns, BooleanSupplier isOver, Meter meter) {
        Deque<Progress> waiting = new ArrayDeque<>();
        exercises.forEach(exercise -> waiting.add(new Progress(exercise)));
        List<Progress> running = new ArrayList<>();
        while (!(waiting.isEmpty() && running.isEmpty()) && !isOver.getAsBoolean()) {
            while (running.size() < TOGETHER && !waiting.isEmpty()) {
                running.add(waiting.remove());
            }
            for (int i = 0; i < running.size() && !isOver.getAsBoolean(); i++) {
                running.get(i).burst(meter);
            }
            running.removeIf(progress -> progress.turn >= turns && progress.clean >= CLEAN_TURNS);
            if (!running.isEmpty() && running.stream().allMatch(progress -> progress.turn >= turns)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        List<Exercise> left = new ArrayList<>();
        running.forEach(progress -> left.add(progress.exercise));
        waiting.forEach(progress -> left.add(progress.exercise));
        return left;
    }
}
