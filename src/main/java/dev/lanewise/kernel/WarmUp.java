package dev.lanewise.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
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

    /** Names of what the kernels in use still need; null before anybody asked. The exercises themselves hold arrays. */
    private static @Nullable Set<String> cold;

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
     * What a warm-up came to.
     *
     * @param warm how many exercises are done, now or before
     * @param cold the names of those that are not
     */
    public record Outcome(int warm, List<String> cold) {}

    /** Warms the kernels in use, as far as it has not been done: products first. */
    public static synchronized Outcome kernelsInUse(Duration limit) {
        long start = System.nanoTime();
        KernelProvider kernels = Kernels.provider();
        List<Exercise> all = kernels.exercises();
        Set<String> wanted = cold;
        List<Exercise> exercises = wanted == null
                ? all
                : all.stream().filter(each -> wanted.contains(each.name())).toList();
        Meter meter = kernels.allocatesWhileCold() ? AllocationMeter.ofThisThread() : Meter.NONE;
        List<String> left = run(
                        exercises,
                        TURNS,
                        () -> limit.compareTo(Duration.ofNanos(System.nanoTime() - start)) <= 0,
                        meter)
                .stream()
                .map(Exercise::name)
                .toList();
        cold = Set.copyOf(left);
        if (left.isEmpty()) {
            Kernels.endStart();
        }
        return new Outcome(all.size() - left.size(), left);
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
