package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * The same operations in double: the oracle of {@link GradientCheck}, written to be obviously right.
 *
 * <p>Every array is dense and in row-major order, nothing is a view, and every operation is a loop over positions of the
 * result (or of the operand), each an {@code int[]} with one number for each dimension. It shares no code with
 * {@link FloatArray} but {@link Shape}, and uses none of the kernels. Operands that do not fit together are not told
 * apart here: a check evaluates a function on {@link FloatArray}s first, whose errors name the operation and the shapes.
 */
final class DoubleArray implements DoubleElementwise {

    private final Shape shape;
    private final double[] data;

    DoubleArray(Shape shape, double[] data) {
        this.shape = shape;
        this.data = data;
    }

    static DoubleArray of(FloatArray array) {
        float[] numbers = array.toArray();
        double[] data = new double[numbers.length];
        Arrays.setAll(data, i -> numbers[i]);
        return new DoubleArray(array.shape(), data);
    }

    double[] toArray() {
        return data.clone();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** The numbers rounded to float32. */
    @Override
    public FloatArray value() {
        float[] rounded = new float[data.length];
        for (int i = 0; i < data.length; i++) {
            rounded[i] = (float) data[i];
        }
        return FloatArray.wrap(rounded, shape);
    }

    @Override
    public DoubleArray lift(FloatArray value) {
        return of(value);
    }

    /** A result whose element at p is the element of this at {@code source(p)}. */
    private DoubleArray pick(Shape result, UnaryOperator<int[]> source) {
        double[] picked = new double[result.size()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = data[Positions.number(shape, source.apply(Positions.of(result, i)))];
        }
        return new DoubleArray(result, picked);
    }

    /** A result to whose element at {@code target(p)} the element of this at p is added, for every p. */
    private DoubleArray spread(Shape result, UnaryOperator<int[]> target) {
        return fold(result, 0, Double::sum, target);
    }

    /** As {@link #spread}, with another way to combine what meets in one element. */
    private DoubleArray fold(Shape result, double start, DoubleBinaryOperator combine, UnaryOperator<int[]> target) {
        double[] folded = new double[result.size()];
        Arrays.fill(folded, start);
        for (int i = 0; i < data.length; i++) {
            int at = Positions.number(result, target.apply(Positions.of(shape, i)));
            folded[at] = combine.applyAsDouble(folded[at], data[i]);
        }
        return new DoubleArray(result, folded);
    }

    // ---- elementwise

    @Override
    public DoubleArray map(DoubleUnaryOperator f) {
        return new DoubleArray(shape, Arrays.stream(data).map(f).toArray());
    }

    @Override
    public DoubleArray combine(DoubleArray b, DoubleBinaryOperator f) {
        Shape common = shape.broadcast(b.shape);
        DoubleArray x = expand(common);
        DoubleArray y = b.expand(common);
        double[] result = new double[common.size()];
        Arrays.setAll(result, i -> f.applyAsDouble(x.data[i], y.data[i]));
        return new DoubleArray(common, result);
    }

    @Override
    public DoubleArray where(DoubleArray condition, DoubleArray other) {
        Shape common = shape.broadcast(other.shape).broadcast(condition.shape);
        DoubleArray c = condition.expand(common);
        DoubleArray x = expand(common);
        DoubleArray y = other.expand(common);
        double[] result = new double[common.size()];
        Arrays.setAll(result, i -> c.data[i] != 0 ? x.data[i] : y.data[i]);
        return new DoubleArray(common, result);
    }

    // ---- reductions

    private DoubleArray reduce(boolean keepDims, int[] axes, double start, DoubleBinaryOperator combine) {
        Shape kept = shape.reduce(true, axes);
        return fold(kept, start, combine, p -> Positions.within(kept, p)).reshape(shape.reduce(keepDims, axes));
    }

    @Override
    public DoubleArray sum(boolean keepDims, int... axes) {
        return reduce(keepDims, axes, 0, Double::sum);
    }

    @Override
    public DoubleArray max(boolean keepDims, int... axes) {
        return reduce(keepDims, axes, Double.NEGATIVE_INFINITY, Math::max);
    }

    @Override
    public DoubleArray min(boolean keepDims, int... axes) {
        return reduce(keepDims, axes, Double.POSITIVE_INFINITY, Math::min);
    }

    @Override
    public DoubleArray norm(boolean keepDims, int... axes) {
        return square().sum(keepDims, axes).sqrt();
    }

    @Override
    public DoubleArray softmax(int axis) {
        return logSoftmax(axis).exp();
    }

    @Override
    public DoubleArray logSoftmax(int axis) {
        return sub(logSumExp(true, axis));
    }

    @Override
    public DoubleArray logSumExp(boolean keepDims, int axis) {
        // Shifted by the largest, so that nothing overflows; by nothing where that is infinite (or there is none).
        DoubleArray shift = max(true, axis).map(m -> Double.isFinite(m) ? m : 0);
        DoubleArray result = sub(shift).exp().sum(true, axis).log().add(shift);
        return result.reshape(shape.reduce(keepDims, axis));
    }

    @Override
    public DoubleArray cumsum(boolean fromEnd, int axis) {
        int along = shape.axis(axis);
        int last = shape.dim(along) - 1;
        double[] sums = new double[data.length];
        for (int i = 0; i < data.length; i++) {
            int[] p = Positions.of(shape, i);
            for (int to = fromEnd ? 0 : p[along]; to <= (fromEnd ? p[along] : last); to++) {
                sums[Positions.number(shape, Positions.moved(p, along, to))] += data[i];
            }
        }
        return new DoubleArray(shape, sums);
    }

    // ---- shape

    @Override
    public DoubleArray reshape(Shape to) {
        return new DoubleArray(to, data);
    }

    @Override
    public DoubleArray transpose(int... order) {
        int rank = shape.rank();
        int[] from = new int[rank];
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            from[i] = order.length == 0 ? rank - 1 - i : shape.axis(order[i]);
            dims[i] = shape.dim(from[i]);
        }
        return pick(Shape.of(dims), p -> {
            int[] source = new int[rank];
            for (int i = 0; i < rank; i++) {
                source[from[i]] = p[i];
            }
            return source;
        });
    }

    @Override
    public DoubleArray expand(Shape to) {
        return pick(to, p -> Positions.within(shape, p));
    }

    @Override
    public DoubleArray sumTo(Shape to) {
        return spread(to, p -> Positions.within(to, p));
    }

    @Override
    public DoubleArray slice(Index... indices) {
        DoubleSlice slice = new DoubleSlice(shape, indices);
        return pick(slice.shape(), slice::source);
    }

    @Override
    public DoubleArray place(Shape into, Index... indices) {
        return spread(into, new DoubleSlice(into, indices)::source);
    }

    @Override
    public DoubleArray band(int low, int high) {
        double[] result = data.clone();
        for (int i = 0; i < result.length; i++) {
            int[] p = Positions.of(shape, i);
            long diagonal = (long) p[p.length - 1] - p[p.length - 2];
            result[i] = diagonal < low || diagonal > high ? 0 : result[i];
        }
        return new DoubleArray(shape, result);
    }

    @Override
    public DoubleArray gather(int... rows) {
        return pick(Shape.of(Positions.moved(shape.dims(), 0, rows.length)), p -> Positions.moved(p, 0, rows[p[0]]));
    }

    @Override
    public DoubleArray scatterAdd(int count, int... rows) {
        return spread(Shape.of(Positions.moved(shape.dims(), 0, count)), p -> Positions.moved(p, 0, rows[p[0]]));
    }

    @Override
    public DoubleArray gatherAlong(int axis, int count, int... positions) {
        int along = shape.axis(axis);
        Shape result = Shape.of(Positions.moved(shape.dims(), along, count));
        return pick(result, p -> Positions.moved(p, along, positions[Positions.number(result, p)]));
    }

    @Override
    public DoubleArray scatterAddAlong(int axis, int length, int... positions) {
        int along = shape.axis(axis);
        Shape result = Shape.of(Positions.moved(shape.dims(), along, length));
        return spread(result, p -> Positions.moved(p, along, positions[Positions.number(shape, p)]));
    }

    @Override
    public DoubleArray append(int axis, List<DoubleArray> others) {
        DoubleArray whole = this;
        for (DoubleArray other : others) {
            whole = whole.appendOne(shape.axis(axis), other);
        }
        return whole;
    }

    private DoubleArray appendOne(int axis, DoubleArray other) {
        int before = shape.dim(axis);
        int[] dims = shape.dims();
        dims[axis] += other.shape.dim(axis);
        Shape whole = Shape.of(dims);
        DoubleArray shifted = other.spread(whole, p -> Positions.moved(p, axis, p[axis] + before));
        return spread(whole, p -> p).add(shifted);
    }

    // ---- products

    @Override
    public DoubleArray matmul(DoubleArray b) {
        if (rank() == 1) {
            DoubleArray row = unsqueeze(0).matmul(b);
            return row.squeeze(b.rank() == 1 ? 0 : -2);
        }
        if (b.rank() == 1) {
            return matmul(b.unsqueeze(1)).squeeze(-1);
        }
        // The sum over k of a[.., i, k, 1] * b[.., 1, k, j], as broadcasting, multiplying and summing define it.
        return unsqueeze(-1).mul(b.unsqueeze(-3)).sum(false, -2);
    }

    // ---- networks

    /** No variance of floats overflows here. */
    @Override
    public DoubleArray layerNorm(float eps, int... axes) {
        DoubleArray centered = sub(mean(true, axes));
        return centered.div(centered.square().mean(true, axes).add(eps).sqrt());
    }

    @Override
    public DoubleArray crossEntropy(int... labels) {
        return logSoftmax(1).mul(atLabels(labels)).sum().div(-labels.length);
    }

    @Override
    public DoubleArray crossEntropyGradient(DoubleArray g, int... labels) {
        return softmax(1).sub(atLabels(labels)).mul(g).div(labels.length);
    }

    /** 1 at each row's label, 0 elsewhere. */
    private DoubleArray atLabels(int... labels) {
        double[] ones = new double[data.length];
        for (int i = 0; i < labels.length; i++) {
            ones[i * shape.dim(1) + labels[i]] = 1;
        }
        return new DoubleArray(shape, ones);
    }

    /** The mask is that of ones in float32: the noise is part of what the operation is. */
    @Override
    public DoubleArray dropout(float rate, long seed) {
        return mul(of(FloatArray.ones(shape).dropout(rate, seed)));
    }

    @Override
    public DoubleArray unfold(Window window) {
        int lead = rank() - 2;
        int[] dims = Arrays.copyOf(shape.dims(), lead + 4);
        dims[lead] = window.rows().length();
        dims[lead + 1] = window.columns().length();
        dims[lead + 2] = window.rows().places(shape.dim(-2));
        dims[lead + 3] = window.columns().places(shape.dim(-1));
        DoubleArray unfolded =
                new DoubleArray(Shape.of(dims), new double[Shape.of(dims).size()]);
        for (int i = 0; i < unfolded.data.length; i++) {
            int[] source = seen(window, Positions.of(unfolded.shape, i));
            unfolded.data[i] = isWithin(shape, source) ? data[Positions.number(shape, source)] : 0;
        }
        return unfolded;
    }

    @Override
    public DoubleArray fold(int height, int width, Window window) {
        int[] dims = Arrays.copyOf(shape.dims(), rank() - 2);
        dims[dims.length - 2] = height;
        dims[dims.length - 1] = width;
        DoubleArray folded =
                new DoubleArray(Shape.of(dims), new double[Shape.of(dims).size()]);
        for (int i = 0; i < data.length; i++) {
            int[] target = seen(window, Positions.of(shape, i));
            if (isWithin(folded.shape, target)) {
                folded.data[Positions.number(folded.shape, target)] += data[i];
            }
        }
        return folded;
    }

    /** The position in the folded array, or in the padding around it, of a position in the unfolded one. */
    private static int[] seen(Window window, int[] p) {
        int lead = p.length - 4;
        int[] seen = Arrays.copyOf(p, lead + 2);
        seen[lead] = seen(window.rows(), p[lead], p[lead + 2]);
        seen[lead + 1] = seen(window.columns(), p[lead + 1], p[lead + 3]);
        return seen;
    }

    private static int seen(Window.Span span, int own, int place) {
        return place * span.stride() + own * span.dilation() - span.padding();
    }

    private static boolean isWithin(Shape shape, int[] position) {
        boolean within = true;
        for (int i = 0; i < position.length; i++) {
            within &= position[i] >= 0 && position[i] < shape.dim(i);
        }
        return within;
    }

    @Override
    public DoubleArray conv2d(DoubleArray filters, Window window, int groups) {
        DoubleArray columns = unfold(window);
        int n = shape.dim(0);
        int ofGroup = filters.shape.dim(0) / groups;
        int inner =
                filters.shape.dim(1) * window.rows().length() * window.columns().length();
        int down = columns.shape.dim(4);
        int right = columns.shape.dim(5);
        return filters.reshape(groups, ofGroup, inner)
                .matmul(columns.reshape(n, groups, inner, down * right))
                .reshape(n, groups * ofGroup, down, right);
    }
}
