package dev.lanewise.bench;

import dev.lanewise.kernel.Kernels;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link GemmBenchmark} and {@link PeakBenchmark} together and prints what part of the peak the products reach. */
public final class GemmReport {

    private GemmReport() {}

    /** Takes JMH's own options. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .include("\\." + GemmBenchmark.class.getSimpleName() + "\\.")
                .include("\\." + PeakBenchmark.class.getSimpleName() + "\\.")
                .build();
        Collection<RunResult> results = new Runner(options).run();
        double peak = Double.NaN;
        for (RunResult result : results) {
            if (result.getParams().getParam("n") == null) {
                peak = PeakBenchmark.OPERATIONS / medianOfForks(result);
            }
        }
        System.out.printf(Locale.ROOT, "%nKernels: %s. One thread, medians of forks.%n", Kernels.describe());
        System.out.printf(Locale.ROOT, "%-22s %8.1f GFLOP/s%n", "registers alone", peak);
        for (RunResult result : results) {
            String size = result.getParams().getParam("n");
            if (size != null) {
                int n = Integer.parseInt(size);
                double speed = GemmBenchmark.operations(n) / medianOfForks(result);
                String shape = n + " x " + n + " x " + n;
                System.out.printf(Locale.ROOT, "%-22s %8.1f GFLOP/s %8.2f of it%n", shape, speed, speed / peak);
            }
        }
    }

    private static double medianOfForks(RunResult result) {
        double[] scores = result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getPrimaryResult)
                .mapToDouble(fork -> fork.getScore())
                .sorted()
                .toArray();
        int middle = scores.length / 2;
        return scores.length % 2 == 1 ? scores[middle] : (scores[middle - 1] + scores[middle]) / 2;
    }
}
