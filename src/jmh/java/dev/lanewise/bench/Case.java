package dev.lanewise.bench;

import dev.lanewise.bench.engine.Engine;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * One thing to measure: a benchmark with all of its parameters, engine included.
 *
 * @param family the name of its group, as {@code -family} takes it
 * @param benchmark the class
 * @param method the method there
 * @param params every {@code @Param}
 * @param timing how long
 */
public record Case(
        String family, Class<?> benchmark, String method, SequencedMap<String, String> params, Timing timing) {

    /** The benchmark's name in JMH's results. */
    public String name() {
        return benchmark.getName() + "." + method;
    }

    /** The engine, where the benchmark has one. */
    public Optional<Engine> engine() {
        return Optional.ofNullable(params.get("engine")).map(Engine::named);
    }

    /** The benchmark and its parameters but for the engine: what cases that compare engines have in common. */
    public String group() {
        String rest = params.entrySet().stream()
                .filter(param -> !param.getKey().equals("engine"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        return benchmark.getSimpleName().replace("Benchmark", "") + "." + method + " " + rest;
    }
}
