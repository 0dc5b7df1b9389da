package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What the cases need of libtorch's Java presets, in the terms of this project. One thread. */
final class Torch {

    static {
        torch.set_num_threads(1);
    }

    private Torch() {}

    static Tensor tensor(FloatArray array, ScalarType type) {
        Tensor numbers = AbstractTensor.create(array.toArray(), dims(array.shape()));
        return type == ScalarType.Float ? numbers : numbers.to(type);
    }

    /** In the type of another. */
    static Tensor tensor(FloatArray array, Tensor like) {
        return tensor(array, like.scalar_type());
    }

    /** Positions; nothing that is differentiated. */
    static Tensor positions(int... numbers) {
        return AbstractTensor.create(longs(numbers));
    }

    static double[] numbers(Tensor tensor) {
        double[] numbers = new double[Math.toIntExact(tensor.numel())];
        if (numbers.length > 0) {
            Tensor dense = tensor.detach().to(ScalarType.Double).contiguous();
            new DoublePointer(dense.data_ptr()).get(numbers);
        }
        return numbers;
    }

    /** The gradients by the inputs; zeros for one that nothing depends on. */
    static List<Tensor> gradients(
            List<Tensor> outputs, List<Tensor> inputs, List<Tensor> upstream, boolean createGraph) {
        TensorVector gradients = torch.grad(
                vector(outputs), vector(inputs), vector(upstream), new BoolOptional(createGraph), createGraph, true);
        Tensor[] result = new Tensor[inputs.size()];
        for (int i = 0; i < result.length; i++) {
            Tensor gradient = gradients.get(i);
            result[i] = gradient.defined() && !gradient._is_zerotensor() ? gradient : torch.zeros_like(inputs.get(i));
        }
        return List.of(result);
    }

    static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.toArray(Tensor[]::new));
    }

    static long[] dims(Shape shape) {
        return longs(shape.dims());
    }

    static long[] longs(int... numbers) {
        return Arrays.stream(numbers).asLongStream().toArray();
    }

    static Scalar scalar(double number) {
        return new Scalar(number);
    }

    // ---- operations whose signatures here are clumsy

    static Tensor clamp(Tensor x, float low, float high) {
        return x.clamp(new ScalarOptional(scalar(low)), new ScalarOptional(scalar(high)));
    }

    /** The axes of a reduction as libtorch wants them: an empty list means all, as here, but only for some functions. */
    static long[] axes(Tensor x, int... axes) {
        long[] all = new long[Math.toIntExact(x.dim())];
        Arrays.setAll(all, i -> i);
        return axes.length == 0 ? all : longs(axes);
    }

    static Tensor sum(Tensor x, boolean keepDims, int... axes) {
        return x.sum(axes(x, axes), keepDims, new ScalarTypeOptional());
    }

    static Tensor mean(Tensor x, boolean keepDims, int... axes) {
        return x.mean(axes(x, axes), keepDims, new ScalarTypeOptional());
    }

    /** As {@link dev.lanewise.array.FloatArray#slice}. */
    static Tensor slice(Tensor x, Index... indices) {
        Tensor result = x;
        int axis = 0;
        for (Index index : indices) {
            switch (index) {
                case Index.All _ -> axis++;
                case Index.At(int position) -> result = result.select(axis, position);
                case Index.Range(int from, int to, int step) -> {
                    result = result.slice(axis, new LongOptional(from), new LongOptional(to), step);
                    axis++;
                }
            }
        }
        return result;
    }

    static Tensor full(Tensor like, float number) {
        return torch.full_like(like, scalar(number)).detach();
    }

    /** Zeros of the type of the example. */
    static Tensor zeros(Tensor like, int... dims) {
        return torch.zeros(longs(dims)).to(like.scalar_type());
    }

    /** Zeros in which the elements of x stand where slicing would find them. */
    static Tensor place(Tensor x, Shape shape, Index... indices) {
        Tensor positions = slice(torch.arange(scalar(shape.size())).reshape(dims(shape)), indices);
        Tensor flat = zeros(x, shape.size());
        return flat.index_copy(0, positions.reshape(-1).to(ScalarType.Long), x.reshape(-1))
                .reshape(dims(shape));
    }
}
