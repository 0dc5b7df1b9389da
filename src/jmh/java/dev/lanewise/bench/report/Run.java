package dev.lanewise.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.bench.Statistics;
import dev.lanewise.bench.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A run of the benchmarks, as it was written.
 *
 * @param about what {@code NAME.about.json} says of machine, JDK and engines
 */
record Run(String name, List<Result> results, JsonObject about) {

    private static final String ENGINE = "engine";
    private static final String GARBAGE = "gc.alloc.rate.norm";

    /** Reads {@code NAME.json} and {@code NAME.about.json} of a folder. */
    static Run read(Path folder, String name) throws IOException {
        return of(
                name,
                Files.readString(folder.resolve(name + ".json")),
                Files.readString(folder.resolve(name + ".about.json")));
    }

    static Run of(String name, String results, String about) {
        List<Result> list = new ArrayList<>();
        for (JsonElement each : JsonParser.parseString(results).getAsJsonArray()) {
            list.add(result(each.getAsJsonObject()));
        }
        return new Run(name, List.copyOf(list), JsonParser.parseString(about).getAsJsonObject());
    }

    private static Result result(JsonObject json) {
        SequencedMap<String, String> params = new LinkedHashMap<>();
        if (json.has("params")) {
            json.getAsJsonObject("params").asMap().forEach((key, value) -> params.put(key, value.getAsString()));
        }
        String benchmark = json.get("benchmark").getAsString();
        Work work = Work.of(benchmark, params);
        JsonObject primary = json.getAsJsonObject("primaryMetric");
        String unit = primary.get("scoreUnit").getAsString();
        if (!unit.equals("ns/op")) {
            throw new IllegalArgumentException(benchmark + " is told in " + unit + ", not in ns/op");
        }
        double[] forks = Arrays.stream(iterations(primary))
                .mapToDouble(Statistics::median)
                .toArray();
        JsonObject garbage = json.getAsJsonObject("secondaryMetrics").getAsJsonObject(GARBAGE);
        return new Result(
                benchmark,
                params,
                Optional.ofNullable(params.remove(ENGINE)).orElse(""),
                forks,
                garbage == null
                        ? Double.NaN
                        : Statistics.median(Arrays.stream(iterations(garbage))
                                .flatMapToDouble(Arrays::stream)
                                .toArray()),
                work);
    }

    /** The scores of each fork. */
    private static double[][] iterations(JsonObject metric) {
        JsonArray forks = metric.getAsJsonArray("rawData");
        double[][] scores = new double[forks.size()][];
        for (int fork = 0; fork < scores.length; fork++) {
            scores[fork] = forks.get(fork).getAsJsonArray().asList().stream()
                    .mapToDouble(JsonElement::getAsDouble)
                    .toArray();
        }
        return scores;
    }

    /** Whether it is one of operations, not of what is made of them. */
    boolean isOfOperations() {
        return !isOfEncoder() && !name.equals("networks");
    }

    /** Whether it is one of the sentence encoder. */
    boolean isOfEncoder() {
        return name.equals("encoder");
    }

    /** Those of one benchmark class. */
    List<Result> of(String type) {
        return results.stream().filter(each -> each.type().equals(type)).toList();
    }

    /** What the library's own result is compared with: the same benchmark and parameters with another engine. */
    Optional<Result> peer(Result ours, String engine) {
        return results.stream()
                .filter(each -> each.benchmark().equals(ours.benchmark())
                        && each.params().equals(ours.params())
                        && each.engine().equals(engine))
                .findFirst();
    }

    /** The same with another value of a parameter. */
    Optional<Result> sibling(Result ours, String param, String value) {
        Map<String, String> params = new LinkedHashMap<>(ours.params());
        params.put(param, value);
        return results.stream()
                .filter(each -> each.benchmark().equals(ours.benchmark())
                        && each.params().equals(params)
                        && each.engine().equals(ours.engine()))
                .findFirst();
    }

    /** Floating-point operations per nanosecond of fused multiply-adds on registers alone; NaN if not measured. */
    double peak() {
        return of("PeakBenchmark").stream()
                .mapToDouble(Result::rate)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Bytes per nanosecond of a copy that reads and writes about as much; NaN if not measured. */
    double copyBandwidth(double bytes) {
        return of("CopyBenchmark").stream()
                .min(java.util.Comparator.comparingDouble(
                        copy -> Math.abs(Math.log(copy.work().bytes() / bytes))))
                .map(Result::rate)
                .orElse(Double.NaN);
    }

    /** What the result reaches of the yardstick that bounds it: of the copy if memory does, else of the peak; else NaN. */
    double ofYardstick(Result result) {
        Work work = result.work();
        if (work.bytes() > 0) {
            return work.bytes() / result.time() / copyBandwidth(work.bytes());
        }
        return work.unit() == Work.Unit.FLOATING_POINT_OPERATIONS ? result.rate() / peak() : Double.NaN;
    }

    int forks() {
        return results.stream().mapToInt(each -> each.forks().length).min().orElse(0);
    }

    String about(String key) {
        JsonElement value = about.get(key);
        return value == null || value.isJsonNull()
                ? ""
                : value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
}
