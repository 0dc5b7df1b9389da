package dev.lanewise.bench.report;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes up runs, in JMH's words. */
final class Runs {

    private final List<Map<String, Object>> results = new ArrayList<>();

    /** One iteration per fork, of so many nanoseconds per call; {@code params} as {@code engine=mkl shape=2x2x2}. */
    Runs add(String benchmark, String params, double... forks) {
        return allocating(benchmark, params, Double.NaN, forks);
    }

    /** The same, with bytes allocated per call. */
    Runs allocating(String benchmark, String params, double garbage, double... forks) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("benchmark", "dev.lanewise.bench." + benchmark);
        Map<String, String> map = new LinkedHashMap<>();
        for (String each : params.isEmpty() ? new String[0] : params.split(" ")) {
            map.put(each.split("=")[0], each.split("=")[1]);
        }
        if (!map.isEmpty()) {
            result.put("params", map);
        }
        result.put("primaryMetric", metric("ns/op", forks));
        result.put(
                "secondaryMetrics",
                Double.isNaN(garbage) ? Map.of() : Map.of("gc.alloc.rate.norm", metric("B/op", garbage)));
        results.add(result);
        return this;
    }

    private static Map<String, Object> metric(String unit, double... forks) {
        List<double[]> raw =
                Arrays.stream(forks).mapToObj(each -> new double[] {each}).toList();
        return Map.of("scoreUnit", unit, "rawData", raw);
    }

    /** A product of n x n matrices. */
    Runs square(String engine, int n, double... forks) {
        String params = "engine=" + engine + " shape=" + n + "x" + n + "x" + n + " layout=NN";
        return allocating("SquareBenchmark.multiply", params, engine.equals("lanewise") ? 20 : Double.NaN, forks);
    }

    /** 100 floating-point operations per nanosecond. */
    Runs peak() {
        return add("PeakBenchmark.fusedMultiplyAdd", "", 320_000);
    }

    Run run() {
        return run("full");
    }

    /** Of the plan with that name. */
    Run run(String plan) {
        return Run.of(plan, new Gson().toJson(results), """
            {"cpu": "A <processor>", "jdk": "A VM 25", "date": "2026-11-27T11:41:13Z", "commit": "0123456789abcdef",
             "dirty": false, "caches": {"L1 Data": "32K"}, "os": "Linux", "flags": ["-Xms2g", "-XX:+UseG1GC"],
             "lanewise": "Lanewise\\nkernels: vector", "command": "Suite full",
             "engines": {"mkl": {"version": "MKL 1"}, "ejml": {"skipped": "it did not load: <why>"}}}\
            """);
    }
}
