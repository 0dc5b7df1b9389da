package dev.lanewise.kernel.health;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.Exercise;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.WarmUp;
import dev.lanewise.kernel.vector.VectorKernels;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs in a JVM of its own, the compilers of which are watched: every exercise of the vector kernels, several times, until
 * none allocates. Prints what runs, how many exercises there are, and the name of each that still allocates; or, where the time
 * is over first, of each that was not done, and ends.
 */
final class HealthChild {

    /** Before the name of an exercise that still allocates when the time is over. */
    static final String ALLOCATES = "allocates: ";

    /** Before the name of an exercise that was not done when the patience was. */
    static final String UNFINISHED = "unfinished: ";

    /** Before the number of exercises. */
    static final String EXERCISES = "exercises: ";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long IDLE_MILLIS = 300;
    private static final int TURNS = 20_000;

    /** Bursts of calls until what allocates is told: no clock, as the machine may be busy. 155,000 were seen to do. */
    private static final int BURSTS = 400_000;

    /** All takes less than a minute; a kernel that the compilers gave up is interpreted, and alone would take an hour. */
    private static final long PATIENCE_NANOS = 240_000_000_000L;

    private static final long START = System.nanoTime();

    private HealthChild() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws InterruptedException {
        KernelProvider kernels = new VectorKernels();
        List<Exercise> exercises = new ArrayList<>(kernels.exercises());
        System.out.println(kernels.describe());
        System.out.println(EXERCISES + exercises.size());
        runAndDrop(exercises);
        // Again in another order: one kernel's use may have taught the compiler what boxes the vectors of the next.
        Collections.reverse(exercises);
        runAndDrop(exercises);
        // While compilations queue up, HotSpot asks for more calls before the next: what was left out gets its turn
        // now.
        settle();
        runAndDrop(exercises);
        settle();
    }

    /** Waits until the compilers have been idle for a while. */
    private static void settle() throws InterruptedException {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        long before = -1;
        while (compilers.getTotalCompilationTime() != before) {
            before = compilers.getTotalCompilationTime();
            Thread.sleep(IDLE_MILLIS);
        }
    }

    private static boolean isLate() {
        return System.nanoTime() - START > PATIENCE_NANOS;
    }

    /** Runs them, and tells and removes those that still allocate. */
    private static void runAndDrop(List<Exercise> exercises) {
        int[] bursts = {0};
        List<Exercise> left = WarmUp.run(
                exercises, TURNS, () -> ++bursts[0] > BURSTS || isLate(), THREADS::getCurrentThreadAllocatedBytes);
        if (isLate()) {
            left.forEach(exercise -> System.out.println(UNFINISHED + exercise.name()));
            System.exit(0);
        }
        left.forEach(exercise -> System.out.println(ALLOCATES + exercise.name()));
        exercises.removeAll(left);
    }
}
