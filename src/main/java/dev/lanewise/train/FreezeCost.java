package dev.lanewise.train;

import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.ParameterCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a step costs with some of the layers frozen.
 *
 * @param name what is frozen
 * @param parameters how many numbers are trained and frozen
 * @param closures how many closures a backward pass runs
 * @param bytes what these keep alive between the forward and the backward pass
 * @param milliseconds a forward and a backward pass, the median of those measured
 */
public record FreezeCost(String name, ParameterCount parameters, int closures, long bytes, double milliseconds) {

    /**
     * Measures the same loss with other parameters frozen each time. Nothing is updated, and afterwards what was frozen
     * before is frozen again; gradients are gone.
     *
     * @param depths by name, which paths are frozen; a predicate may choose none
     * @param loss the loss of one batch, recorded anew at each call; where everything that it needs is frozen, there is no
     *     backward pass to be measured
     * @param steps how many are made for each; the first half, in which the JVM compiles, does not count
     * @throws IllegalArgumentException unless there is at least one step
     */
    public static List<FreezeCost> measure(
            Layer model, SequencedMap<String, Predicate<String>> depths, Supplier<AdjointArray> loss, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("measure: " + steps + " steps");
        }
        Map<Parameter, Boolean> before = new LinkedHashMap<>();
        model.namedParameters().values().forEach(parameter -> before.put(parameter, parameter.isFrozen()));
        List<FreezeCost> costs = new ArrayList<>();
        try {
            depths.forEach((name, frozen) -> {
                model.namedParameters().forEach((path, parameter) -> set(parameter, frozen.test(path)));
                costs.add(measure(name, model, loss, steps));
            });
        } finally {
            before.forEach(FreezeCost::set);
            model.zeroGrad();
        }
        return costs;
    }

    private static void set(Parameter parameter, boolean frozen) {
        if (frozen) {
            parameter.freeze();
        } else {
            parameter.unfreeze();
        }
    }

    private static FreezeCost measure(String name, Layer model, Supplier<AdjointArray> loss, int steps) {
        Graph.Report report = Graph.report(loss.get());
        double[] nanos = new double[steps];
        for (int i = 0; i < steps; i++) {
            model.zeroGrad();
            long start = System.nanoTime();
            AdjointArray recorded = loss.get();
            if (recorded.requiresGrad()) {
                recorded.backward();
            }
            nanos[i] = System.nanoTime() - start;
        }
        double[] later = Arrays.copyOfRange(nanos, steps / 2, steps);
        Arrays.sort(later);
        double median = (later[later.length / 2] + later[(later.length - 1) / 2]) / 2;
        return new FreezeCost(name, model.countParameters(), report.closures(), report.bytes(), median / 1e6);
    }
}
