package dev.lanewise.array;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations of an array, whatever it carries beside its numbers: {@link FloatArray} carries nothing, a dual array
 * a tangent, an adjoint array the closures that pull gradients back. A function written as
 *
 * <pre>{@code
 * static <A extends ArrayOps<A>> A layer(A x, A w, A b) {
 *     return x.matmul(w).add(b).relu();
 * }
 * }</pre>
 *
 * runs on all three.
 *
 * <p>No operation changes its operands. Binary operations broadcast as NumPy does: shapes are aligned at their last
 * dimension, and a dimension of 1 (or a missing one) is repeated. Axes may be negative and then count from the end;
 * where a list of axes is empty, all axes are meant. Every operation throws {@link IllegalArgumentException} for
 * shapes, axes or arguments that do not fit, naming the operation and the shapes.
 *
 * @param <A> the type itself
 */
public interface ArrayOps<A extends ArrayOps<A>> {

    // ---- what it is

    /** The numbers alone, without derivatives. */
    FloatArray value();

    /** The lengths of the dimensions. */
    default Shape shape() {
        return value().shape();
    }

    /** The number of dimensions; 0 for a scalar. */
    default int rank() {
        return shape().rank();
    }

    /** The number of elements. */
    default int size() {
        return shape().size();
    }

    /** The one element of an array of size 1, of any rank. Throws {@link IllegalArgumentException} for another size. */
    default float item() {
        return value().item();
    }

    /** An array of this kind with the given numbers and no derivative. */
    A lift(FloatArray value);

    // ---- elementwise, one operand

    /** {@code -x}. */
    A neg();

    /** {@code |x|}. Derivative: the sign, and 0 at 0. */
    A abs();

    /** {@code e^x}. */
    A exp();

    /** The natural logarithm. */
    A log();

    /** The square root; NaN below zero. */
    A sqrt();

    /** {@code x * x}. */
    A square();

    /** {@code 1 / x}. */
    A reciprocal();

    /** The sine, of radians. */
    A sin();

    /** The cosine, of radians. */
    A cos();

    /** The hyperbolic tangent. */
    A tanh();

    /** The logistic function {@code 1 / (1 + e^-x)}. */
    A sigmoid();

    /** {@code max(x, 0)}. Derivative: 1 above zero, else 0. */
    A relu();

    /** {@code min(max(x, low), high)}. Derivative: 1 within the bounds, they included, else 0. */
    A clamp(float low, float high);

    // ---- elementwise, two operands

    /** {@code this + b}. */
    A add(A b);

    /** {@code this - b}. */
    A sub(A b);

    /** {@code this * b}, element by element. */
    A mul(A b);

    /** {@code this / b}. */
    A div(A b);

    /** {@code this ^ b}, with the special cases of {@link Math#pow}. */
    A pow(A b);

    /** The larger of each two; NaN if either is. Derivative: to the larger, half to each of two equals. */
    A maximum(A b);

    /** The smaller of each two; NaN if either is. Derivative: to the smaller, half to each of two equals. */
    A minimum(A b);

    /** {@code this + c}. */
    A add(float c);

    /** {@code this - c}. */
    default A sub(float c) {
        return add(-c);
    }

    /** {@code c - this}: subtraction with its operands exchanged. */
    default A rsub(float c) {
        return neg().add(c);
    }

    /** {@code this * c}. */
    A mul(float c);

    /** {@code this / c}. */
    A div(float c);

    /** {@code this ^ c}, with the special cases of {@link Math#pow}. Derivative: {@code c x^(c-1)}, and 0 for c = 0. */
    A pow(float c);

    /** The larger of each element and c. */
    default A maximum(float c) {
        return maximum(lift(FloatArray.scalar(c)));
    }

    /** The smaller of each element and c. */
    default A minimum(float c) {
        return minimum(lift(FloatArray.scalar(c)));
    }

    // ---- comparisons: 1 where true, else 0; never with a derivative

    /** 1 where {@code this == b}, else 0. */
    default A eq(A b) {
        return lift(value().eq(b.value()));
    }

    /** 1 where {@code this != b}, else 0. */
    default A ne(A b) {
        return lift(value().ne(b.value()));
    }

    /** 1 where {@code this < b}, else 0. */
    default A lt(A b) {
        return lift(value().lt(b.value()));
    }

    /** 1 where {@code this <= b}, else 0. */
    default A le(A b) {
        return lift(value().le(b.value()));
    }

    /** 1 where {@code this > b}, else 0. */
    default A gt(A b) {
        return lift(b.value().lt(value()));
    }

    /** 1 where {@code this >= b}, else 0. */
    default A ge(A b) {
        return lift(b.value().le(value()));
    }

    /** 1 where {@code this == c}, else 0. */
    default A eq(float c) {
        return eq(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this != c}, else 0. */
    default A ne(float c) {
        return ne(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this < c}, else 0. */
    default A lt(float c) {
        return lt(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this <= c}, else 0. */
    default A le(float c) {
        return le(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this > c}, else 0. */
    default A gt(float c) {
        return gt(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this >= c}, else 0. */
    default A ge(float c) {
        return ge(lift(FloatArray.scalar(c)));
    }

    /**
     * This where the condition is not 0, {@code other} elsewhere; all three broadcast. The operand that was not chosen
     * gets a gradient of exactly 0, whatever its own derivative is.
     */
    A where(A condition, A other);

    // ---- reductions

    /** The sum over the given axes, which are dropped; over all axes if none is given. */
    default A sum(int... axes) {
        return sum(false, axes);
    }

    /** The sum over the given axes; with {@code keepDims} they stay with length 1. */
    A sum(boolean keepDims, int... axes);

    /** The mean over the given axes; NaN of no elements. */
    default A mean(int... axes) {
        return mean(false, axes);
    }

    /** The mean over the given axes; with {@code keepDims} they stay with length 1. */
    default A mean(boolean keepDims, int... axes) {
        Shapes.axes("mean", shape(), axes);
        return sum(keepDims, axes).div((float) shape().countOver(axes));
    }

    /** The largest over the given axes; NaN where any is. Throws for no elements. Derivative: shared among equals. */
    default A max(int... axes) {
        return max(false, axes);
    }

    /** The largest over the given axes; with {@code keepDims} they stay with length 1. */
    A max(boolean keepDims, int... axes);

    /** The smallest over the given axes; NaN where any is. Throws for no elements. Derivative: shared among equals. */
    default A min(int... axes) {
        return min(false, axes);
    }

    /** The smallest over the given axes; with {@code keepDims} they stay with length 1. */
    A min(boolean keepDims, int... axes);

    /** The population variance over the given axes: the mean of squared distances from the mean, as in NumPy. */
    default A var(int... axes) {
        return var(false, axes);
    }

    /** The population variance over the given axes; with {@code keepDims} they stay with length 1. */
    default A var(boolean keepDims, int... axes) {
        Shapes.axes("var", shape(), axes);
        return sub(mean(true, axes)).square().mean(keepDims, axes);
    }

    /** The Euclidean norm over the given axes. Derivative: {@code x / norm}, and 0 where the norm is 0. */
    default A norm(int... axes) {
        return norm(false, axes);
    }

    /** The Euclidean norm over the given axes; with {@code keepDims} they stay with length 1. */
    A norm(boolean keepDims, int... axes);

    /** {@code e^x / sum of e^x} along the axis, without overflow. */
    A softmax(int axis);

    /** The logarithm of {@link #softmax}, without overflow or loss. */
    A logSoftmax(int axis);

    /** {@code ln(sum of e^x)} over the axis, without overflow; the axis is dropped. */
    default A logSumExp(int axis) {
        return logSumExp(false, axis);
    }

    /** {@code ln(sum of e^x)} over the axis; with {@code keepDims} it stays with length 1. */
    A logSumExp(boolean keepDims, int axis);

    // ---- shape

    /** The same elements in row-major order under another shape; one length may be -1 and is then worked out. */
    default A reshape(int... dims) {
        return reshape(shape().resolve(dims));
    }

    /** The same elements in row-major order under another shape of the same size. */
    A reshape(Shape shape);

    /** The dimensions in another order: dimension i of the result is {@code order[i]} of this; reversed if none given. */
    A transpose(int... order);

    /** A matrix transposed. Throws for a rank other than 2. */
    default A t() {
        Shapes.requireRank("t", shape(), 2);
        return transpose(1, 0);
    }

    /** Repeats dimensions of length 1 (and missing leading ones) up to the given shape. */
    A expand(Shape shape);

    /** Repeats dimensions of length 1 (and missing leading ones) up to the given lengths; -1 leaves one as it is. */
    default A expand(int... dims) {
        return expand(shape().expand(dims));
    }

    /** The sum over all that {@link #expand} would repeat from {@code shape} to this: its transpose. */
    A sumTo(Shape shape);

    /** Drops the given axes, each of length 1; with none given, every axis of length 1. */
    default A squeeze(int... axes) {
        return reshape(shape().squeeze(axes));
    }

    /** Adds an axis of length 1 at the given place of the result. */
    default A unsqueeze(int axis) {
        return reshape(shape().unsqueeze(axis));
    }

    /** The part that the indices choose, one for each leading dimension; missing ones mean all. */
    A slice(Index... indices);

    /** An array of zeros of the given shape in which {@code slice(indices)} is this: the transpose of slicing. */
    A place(Shape shape, Index... indices);

    /** The rows (entries of the first dimension) with the given numbers, in that order; a number may repeat. */
    A gather(int... rows);

    /**
     * An array of zeros with {@code count} rows to which row i of this is added at row {@code rows[i]}: the transpose of
     * gathering.
     */
    A scatterAdd(int count, int... rows);

    /** This followed by the others along the axis; all other lengths are equal. See {@link #concat}. */
    A append(int axis, List<A> others);

    /** The arrays one after the other along an existing axis; all other lengths are equal. */
    static <A extends ArrayOps<A>> A concat(int axis, List<A> arrays) {
        Shapes.requireSome("concat", arrays);
        return arrays.getFirst().append(axis, arrays.subList(1, arrays.size()));
    }

    /** The arrays, all of one shape, side by side along a new axis at the given place of the result. */
    static <A extends ArrayOps<A>> A stack(int axis, List<A> arrays) {
        Shapes.requireSame("stack", arrays);
        Shapes.requireNewAxis("stack", arrays.getFirst().shape(), axis);
        List<A> slabs = new ArrayList<>(arrays.size());
        for (A array : arrays) {
            slabs.add(array.unsqueeze(axis));
        }
        return concat(axis, slabs);
    }

    // ---- products

    /** The sum of products of two vectors of equal length, a scalar. Throws for a rank other than 1. */
    default A dot(A b) {
        Shapes.requireDot(shape(), b.shape());
        return matmul(b);
    }

    /** The product of two matrices, m x k by k x n. Throws for a rank other than 2. */
    default A mm(A b) {
        Shapes.requireMm("mm", shape(), b.shape());
        return matmul(b);
    }

    /**
     * The matrix product of the last two dimensions, the leading ones broadcast as batch. A vector on the left is a
     * row, on the right a column, and that dimension is dropped from the result.
     */
    A matmul(A b);

    /** The products of two batches of matrices, b x m x k by b x k x n, without broadcasting. */
    default A bmm(A b) {
        Shapes.requireBmm(shape(), b.shape());
        return matmul(b);
    }

    /** {@code this + a·b}, this broadcast to m x n. */
    default A addmm(A a, A b) {
        return addmm(1, 1, a, b);
    }

    /** {@code beta·this + alpha·a·b}; with {@code beta == 0} this is ignored, NaN included. */
    default A addmm(float beta, float alpha, A a, A b) {
        Shapes.requireMm("addmm", a.shape(), b.shape());
        A product = a.mm(b);
        Shapes.requireBroadcastTo("addmm", shape(), product.shape());
        A scaled = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? scaled : scaled.add(mul(beta));
    }

    /** {@code this + sum over i of a[i]·b[i]}. */
    default A addbmm(A a, A b) {
        return addbmm(1, 1, a, b);
    }

    /** {@code beta·this + alpha·(sum over i of a[i]·b[i])}: beta counts once. */
    default A addbmm(float beta, float alpha, A a, A b) {
        Shapes.requireBmm("addbmm", a.shape(), b.shape());
        A product = a.bmm(b).sum(0);
        Shapes.requireBroadcastTo("addbmm", shape(), product.shape());
        A scaled = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? scaled : scaled.add(mul(beta));
    }

    /** {@code this[i] + a[i]·b[i]} for every i, this broadcast to b x m x n. */
    default A baddbmm(A a, A b) {
        return baddbmm(1, 1, a, b);
    }

    /** {@code beta·this[i] + alpha·a[i]·b[i]} for every i. */
    default A baddbmm(float beta, float alpha, A a, A b) {
        Shapes.requireBmm("baddbmm", a.shape(), b.shape());
        A product = a.bmm(b);
        Shapes.requireBroadcastTo("baddbmm", shape(), product.shape());
        A scaled = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? scaled : scaled.add(mul(beta));
    }
}
