package dev.lanewise.array;

/**
 * Operations over whole axes: a part of {@link ArrayOps}.
 *
 * @param <A> the type of the array itself
 */
public sealed interface ReductionOps<A extends ArrayOps<A>> extends ElementwiseOps<A> permits ShapeOps {

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

    /**
     * The largest over the given axes; NaN where any is. Throws for no elements. Derivative: shared among equals, and among
     * the NaNs if there are any.
     */
    default A max(int... axes) {
        return max(false, axes);
    }

    /** The largest over the given axes; with {@code keepDims} they stay with length 1. */
    A max(boolean keepDims, int... axes);

    /**
     * The smallest over the given axes; NaN where any is. Throws for no elements. Derivative: shared among equals, and among
     * the NaNs if there are any.
     */
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

    /**
     * The Euclidean norm over the given axes, also where squares would be too large or too small for a float. Derivative:
     * {@code x / norm}, and 0 where the norm is 0.
     */
    default A norm(int... axes) {
        return norm(false, axes);
    }

    /** The Euclidean norm over the given axes; with {@code keepDims} they stay with length 1. */
    A norm(boolean keepDims, int... axes);

    /** {@code e^x / sum of e^x} along the axis, without overflow; NaN where the largest is not finite. */
    A softmax(int axis);

    /** The logarithm of {@link #softmax}, without overflow or loss. */
    A logSoftmax(int axis);

    /**
     * {@code ln(sum of e^x)} over the axis, without overflow; the axis is dropped. Derivative: the {@link #softmax}, which is
     * 0 for -infinity among finite numbers. Where the result is infinite, it is 0 by finite numbers and NaN by infinite ones.
     */
    default A logSumExp(int axis) {
        return logSumExp(false, axis);
    }

    /** {@code ln(sum of e^x)} over the axis; with {@code keepDims} it stays with length 1. */
    A logSumExp(boolean keepDims, int axis);

    /**
     * The running sums along the axis: of each element and all before it. They are added up in double and rounded once
     * each. The shape stays.
     */
    default A cumsum(int axis) {
        return cumsum(false, axis);
    }

    /** The running sums along the axis; with {@code fromEnd}, of each element and all after it, as its transpose needs. */
    A cumsum(boolean fromEnd, int axis);
}
