package dev.lanewise.bench.gate;

import dev.lanewise.bench.gate.Fork.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The ratios of each kernel, one of each fork, in the order in which they came. */
final class Samples {

    private final SequencedMap<String, List<Double>> ratios = new LinkedHashMap<>();
    private final SequencedMap<String, Long> bytes = new LinkedHashMap<>();

    void add(List<Measurement> fork) {
        for (Measurement each : fork) {
            ratios.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each.ratio());
            bytes.merge(each.name(), each.bytes(), Math::max);
        }
    }

    List<String> kernels() {
        return List.copyOf(ratios.keySet());
    }

    double[] of(String kernel) {
        return ratios.get(kernel).stream().mapToDouble(Double::doubleValue).toArray();
    }

    SequencedMap<String, List<Double>> ratios() {
        return ratios;
    }

    /** The most garbage that a call of each kernel made in any fork. */
    SequencedMap<String, Long> bytes() {
        return bytes;
    }
}
