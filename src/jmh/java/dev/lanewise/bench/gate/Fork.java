package dev.lanewise.bench.gate;

import com.google.gson.Gson;
import com.sun.management.ThreadMXBean;
import dev.lanewise.bench.Statistics;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One JVM of the gate. It warms every kernel, then measures kernels and yardsticks in alternating slices of about a
 * millisecond of its processor time.
 *
 * <p>Others on the machine only ever add time. So the slice of a kernel that counts is a fast one, of the tenth part, and
 * so is its yardstick's; what the thread waited for a processor does not count at all.
 */
final class Fork {

    /** Slows one kernel on purpose, by name: how the gate shows that it notices. Adds a tenth to the time of a slice. */
    static final String SLOWED = "lanewise.gate.slowed";

    private static final double SLOWED_BY = 0.1;

    private static final int SLICES = 40;
    private static final double COUNTED = 0.1;
    private static final long KERNEL_NANOS = 1_000_000;
    private static final long YARDSTICK_NANOS = 500_000;

    private static final long WARM_KERNEL_NANOS = 10_000_000;
    private static final long WARM_YARDSTICK_NANOS = 1_000_000;
    private static final int LEAST_WARM_ROUNDS = 10;
    private static final int MOST_WARM_ROUNDS = 300;

    /** Rounds in a row without a compilation and without garbage. */
    private static final int QUIET_ROUNDS = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();

    private final List<Guarded> all = Guarded.all();

    private Fork() {}

    /**
     * What one fork says of one kernel.
     *
     * @param ratio work per time, of the yardstick's
     * @param bytes garbage per call
     */
    record Measurement(String name, double ratio, long bytes) {}

    /** Takes the file to write and the names of the kernels to measure; all of them if none is given. */
    public static void main(String[] args) throws IOException {
        Fork fork = new Fork();
        List<String> wanted = List.of(args).subList(1, args.length);
        fork.warm();
        Files.writeString(Path.of(args[0]), new Gson().toJson(fork.measure(wanted)));
    }

    /** Always all of them, so that the JIT compiler sees the same whatever is measured. */
    private void warm() {
        int quiet = 0;
        for (int round = 0; quiet < QUIET_ROUNDS || round < LEAST_WARM_ROUNDS; round++) {
            if (round == MOST_WARM_ROUNDS) {
                System.out.println("Still compiling, or making garbage, after " + round + " rounds.");
                return; // what makes garbage will be told
            }
            long compiling = JIT.getTotalCompilationTime();
            long bytes = 0;
            for (Guarded each : all) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                warm(each.loop(), WARM_KERNEL_NANOS);
                bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
                warm(each.yardstick().loop(), WARM_YARDSTICK_NANOS);
            }
            quiet = bytes == 0 && JIT.getTotalCompilationTime() == compiling ? quiet + 1 : 0;
        }
    }

    private static void warm(Loop loop, long nanos) {
        long end = THREADS.getCurrentThreadCpuTime() + nanos;
        do {
            loop.run(1);
        } while (THREADS.getCurrentThreadCpuTime() < end);
    }

    private List<Measurement> measure(List<String> wanted) {
        List<Slices> measured = new ArrayList<>();
        for (Guarded each : all) {
            if (wanted.isEmpty() || wanted.contains(each.name())) {
                measured.add(new Slices(each));
            }
        }
        for (int slice = 0; slice < SLICES; slice++) {
            for (Slices each : measured) {
                each.measure(slice);
            }
        }
        return measured.stream().map(Slices::result).toList();
    }

    /** The slices of one kernel and of its yardstick. */
    private static final class Slices {

        private final Guarded kernel;
        private final int calls;
        private final int yardstickCalls;
        private final double slowedBy;
        private final double[] nanos = new double[SLICES];
        private final double[] yardstickNanos = new double[SLICES];
        private final double[] bytes = new double[SLICES];

        Slices(Guarded kernel) {
            this.kernel = kernel;
            calls = callsIn(kernel.loop(), KERNEL_NANOS);
            yardstickCalls = callsIn(kernel.yardstick().loop(), YARDSTICK_NANOS);
            slowedBy = kernel.name().equals(System.getProperty(SLOWED)) ? SLOWED_BY : 0;
        }

        /** Whole turns of {@link Guarded#place} where they fit, else at least one call. */
        private static int callsIn(Loop loop, long nanos) {
            int calls = 1;
            for (int i = 0; i < 6; i++) { // the first few tell the time of the clock itself
                calls = Math.max(calls, (int) (calls * nanos / slice(loop, calls, 0)));
            }
            return calls < Guarded.PLACES / 2 ? calls : (calls + Guarded.PLACES - 1) / Guarded.PLACES * Guarded.PLACES;
        }

        void measure(int slice) {
            yardstickNanos[slice] = slice(kernel.yardstick().loop(), yardstickCalls, 0) / yardstickCalls;
            long before = THREADS.getCurrentThreadAllocatedBytes();
            nanos[slice] = slice(kernel.loop(), calls, slowedBy) / calls;
            bytes[slice] = (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / (calls + 1);
        }

        /** A first call fetches into the caches what the slice before drove out. */
        private static double slice(Loop loop, int calls, double slowedBy) {
            loop.run(1);
            long start = THREADS.getCurrentThreadCpuTime();
            loop.run(calls);
            long end = THREADS.getCurrentThreadCpuTime();
            if (slowedBy > 0) {
                long until = end + (long) ((end - start) * slowedBy);
                while (end < until) {
                    end = THREADS.getCurrentThreadCpuTime();
                }
            }
            return end - start;
        }

        Measurement result() {
            double rate = kernel.work() / Statistics.quantile(nanos, COUNTED);
            double yardstickRate = kernel.yardstick().work() / Statistics.quantile(yardstickNanos, COUNTED);
            return new Measurement(kernel.name(), rate / yardstickRate, (long) Statistics.median(bytes));
        }
    }
}
