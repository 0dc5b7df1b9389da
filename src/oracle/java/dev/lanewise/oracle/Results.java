package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What was computed in a trial, as doubles, which hold floats exactly.
 *
 * @param gradients by each operand, from the upstream gradient g
 * @param seconds the gradients of the sum of the products of the gradients with given directions: by each operand, then
 *     by g, which is the derivative along the directions; empty if not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Results(Shape shape, double[] value, List<double[]> gradients, List<double[]> seconds) {

    /** Of libtorch's floats. */
    static Results ofLibtorch(Trial trial, FloatArray g, List<FloatArray> directions) {
        return in(ScalarType.Float, trial.theirs(), trial, g, directions);
    }

    /** Of libtorch's doubles, which are exact beside floats. */
    static Results exact(Trial trial, FloatArray g, List<FloatArray> directions) {
        return in(ScalarType.Double, trial.exact(), trial, g, directions);
    }

    private static Results in(
            ScalarType type,
            Function<List<Tensor>, Tensor> function,
            Trial trial,
            FloatArray g,
            List<FloatArray> directions) {
        List<Tensor> v = directions.stream().map(a -> Torch.tensor(a, type)).toList();
        List<Tensor> x =
                trial.operands().stream().map(a -> Torch.tensor(a, type)).toList();
        return of(function, x, Torch.tensor(g, type), v);
    }

    /** As libtorch computes them, in the type of the tensors. */
    static Results of(Function<List<Tensor>, Tensor> function, List<Tensor> x, Tensor g, List<Tensor> v) {
        x.forEach(Tensor::requires_grad_);
        Tensor y = function.apply(x);
        Shape shape =
                Shape.of(Arrays.stream(y.shape()).mapToInt(Math::toIntExact).toArray());
        if (!y.requires_grad()) {
            return new Results(shape, Torch.numbers(y), zeros(x), List.of());
        }
        if (!v.isEmpty()) {
            g.requires_grad_();
        }
        List<Tensor> gradients = Torch.gradients(List.of(y), x, List.of(g), !v.isEmpty());
        List<Tensor> seconds = v.isEmpty() ? List.of() : seconds(gradients, x, g, v);
        return new Results(shape, Torch.numbers(y), numbers(gradients), numbers(seconds));
    }

    private static List<Tensor> seconds(List<Tensor> gradients, List<Tensor> x, Tensor g, List<Tensor> v) {
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> along = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            if (gradients.get(i).requires_grad()) {
                outputs.add(gradients.get(i));
                along.add(v.get(i));
            }
        }
        List<Tensor> inputs = new ArrayList<>(x);
        inputs.add(g);
        return Torch.gradients(outputs, inputs, along, false);
    }

    static List<double[]> zeros(List<Tensor> like) {
        return like.stream().map(t -> new double[Math.toIntExact(t.numel())]).toList();
    }

    private static List<double[]> numbers(List<Tensor> tensors) {
        return tensors.stream().map(Torch::numbers).toList();
    }
}
