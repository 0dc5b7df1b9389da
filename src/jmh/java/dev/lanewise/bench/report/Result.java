package dev.lanewise.bench.report;

import dev.lanewise.bench.Statistics;
import dev.lanewise.bench.Work;
import java.util.SequencedMap;

/**
 * What a run measured of one benchmark with one engine.
 *
 * @param benchmark its name in JMH's results
 * @param params without the engine
 * @param engine {@code lanewise}, or a peer's name; empty for a yardstick
 * @param forks nanoseconds per call, the median of each fork's iterations
 * @param garbage bytes per call, the median over all iterations; NaN where nobody counted
 */
record Result(
        String benchmark,
        SequencedMap<String, String> params,
        String engine,
        double[] forks,
        double garbage,
        Work work) {

    /** The benchmark's class without its package: {@code SquareBenchmark}. */
    String type() {
        String[] names = benchmark.split("\\.");
        return names[names.length - 2];
    }

    String method() {
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    String param(String name) {
        return params.getOrDefault(name, "");
    }

    /** Nanoseconds per call. */
    double time() {
        return Statistics.median(forks);
    }

    /** Work per nanosecond. */
    double rate() {
        return work.amount() / time();
    }

    /** From the fastest fork to the slowest, as a part of the median. */
    double spread() {
        return (Statistics.quantile(forks, 1) - Statistics.quantile(forks, 0)) / time();
    }
}
