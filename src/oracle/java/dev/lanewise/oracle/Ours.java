package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.BackwardOption;
import dev.lanewise.autodiff.DualArray;
import dev.lanewise.autodiff.TracedFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Lanewise computes in a trial, on each kind of array.
 *
 * @param plain the value, of plain arrays
 * @param reverse of adjoint arrays
 * @param tangent the derivative along the directions, of dual arrays; empty without directions
 * @param differentiable whether the result requires grad when all operands do
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Ours(double[] plain, Results reverse, double[] tangent, boolean differentiable) {

    /** The shape of the result; this is what the upstream gradient is drawn for. */
    static FloatArray value(Trial trial) {
        return new TracedFunction(trial.ours()).apply(trial.operands());
    }

    static Ours of(Trial trial, FloatArray plain, FloatArray g, List<FloatArray> directions) {
        List<AdjointArray> x =
                trial.operands().stream().map(AdjointArray::variable).toList();
        AdjointArray y = new TracedFunction(trial.ours()).apply(x);
        boolean differentiable = y.requiresGrad();
        if (differentiable) {
            y.backward(g, BackwardOption.RETAIN_GRAPH);
        }
        List<double[]> gradients = x.stream().map(Ours::gradient).toList();
        boolean first = directions.isEmpty() || !differentiable;
        List<double[]> seconds = first ? List.of() : seconds(x, y, g, directions);
        return new Ours(
                doubles(plain),
                new Results(y.shape(), doubles(y.value()), gradients, seconds),
                first ? new double[0] : tangent(trial, directions),
                differentiable);
    }

    private static List<double[]> seconds(
            List<AdjointArray> x, AdjointArray y, FloatArray g, List<FloatArray> directions) {
        AdjointArray upstream = AdjointArray.variable(g);
        x.forEach(AdjointArray::zeroGrad);
        y.backward(upstream, BackwardOption.CREATE_GRAPH);
        List<AdjointArray> gradients = new ArrayList<>();
        for (AdjointArray leaf : x) {
            gradients.add(leaf.adjoint());
            leaf.zeroGrad();
        }
        for (int i = 0; i < x.size(); i++) {
            AdjointArray gradient = gradients.get(i);
            if (gradient != null && gradient.requiresGrad()) {
                gradient.backward(directions.get(i), BackwardOption.RETAIN_GRAPH);
            }
        }
        List<double[]> seconds = new ArrayList<>();
        x.forEach(leaf -> seconds.add(gradient(leaf)));
        seconds.add(gradient(upstream));
        return seconds;
    }

    private static double[] tangent(Trial trial, List<FloatArray> directions) {
        List<DualArray> x = new ArrayList<>();
        for (int i = 0; i < directions.size(); i++) {
            x.add(DualArray.of(trial.operands().get(i), directions.get(i)));
        }
        return doubles(new TracedFunction(trial.ours()).apply(x).tangent().value());
    }

    private static double[] gradient(AdjointArray leaf) {
        FloatArray gradient = leaf.grad();
        return gradient == null ? new double[leaf.size()] : doubles(gradient);
    }

    private static double[] doubles(FloatArray array) {
        float[] floats = array.toArray();
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }
}
