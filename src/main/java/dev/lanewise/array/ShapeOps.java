package dev.lanewise.array;

import java.util.List;

/**
 * The same elements under other shapes, in other places, or only some of them: a part of {@link ArrayOps}.
 *
 * @param <A> the type of the array itself
 */
public sealed interface ShapeOps<A extends ArrayOps<A>> extends ReductionOps<A> permits ProductOps {

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

    /**
     * This with {@code value} around it: as many as are asked for before and after each dimension, in the order of the
     * dimensions, as in {@code pad(0, rowsBefore, rowsAfter, columnsBefore, columnsAfter)}. Where the list ends, nothing is
     * added. Derivative: the part that this is in the result.
     */
    default A pad(float value, int... beforeAndAfter) {
        Index[] window = Shapes.padding(shape(), beforeAndAfter);
        Shape padded = Shapes.padded(shape(), beforeAndAfter);
        A placed = place(padded, window);
        return value == 0
                ? placed
                : placed.where(lift(FloatArray.ones(shape()).place(padded, window)), lift(FloatArray.scalar(value)));
    }

    /**
     * The matrices of the last two dimensions with 0 everywhere but on the diagonals from {@code low} to {@code high}, both
     * included: 0 is the main diagonal, 1 the one above it, -1 the one below. Its own transpose.
     */
    A band(int low, int high);

    /** The lower triangles of the matrices of the last two dimensions, 0 above. */
    default A tril() {
        return tril(0);
    }

    /** The matrices of the last two dimensions up to the given diagonal (see {@link #band}), 0 above it. */
    default A tril(int diagonal) {
        return band(Integer.MIN_VALUE, diagonal);
    }

    /** The upper triangles of the matrices of the last two dimensions, 0 below. */
    default A triu() {
        return triu(0);
    }

    /** The matrices of the last two dimensions from the given diagonal on (see {@link #band}), 0 below it. */
    default A triu(int diagonal) {
        return band(diagonal, Integer.MAX_VALUE);
    }

    /** The rows (entries of the first dimension) with the given numbers, in that order; a number may repeat. */
    A gather(int... rows);

    /**
     * An array of zeros with {@code count} rows to which row i of this is added at row {@code rows[i]}: the transpose of
     * gathering.
     */
    A scatterAdd(int count, int... rows);

    /**
     * The elements along the axis that stand at the given positions, {@code count} for each place on the other axes:
     * element {@code (.., j, ..)} of the result is element {@code (.., p, ..)} of this, where p is the position given for
     * the former, in row-major order of the result. A position may repeat. PyTorch's {@code gather}, NumPy's
     * {@code take_along_axis}.
     */
    A gatherAlong(int axis, int count, int... positions);

    /**
     * An array of zeros, {@code length} long along the axis, to which each element of this is added at its position: the
     * transpose of {@link #gatherAlong}.
     */
    A scatterAddAlong(int axis, int length, int... positions);

    /**
     * The elements along the axis from the smallest to the largest. NaN counts as the largest, 0 and -0 as equal, and
     * equals stay in their order. Derivative: each goes where its element came from. The positions alone are
     * {@link FloatArray#argsort}.
     */
    default A sort(int axis) {
        return sort(false, axis);
    }

    /** The elements along the axis in order; {@code descending}, NaN comes first, and equals stay in their order too. */
    default A sort(boolean descending, int axis) {
        int[] positions = Sorting.argsort("sort", value(), descending, axis);
        return gatherAlong(axis, shape().dim(axis), positions);
    }

    /**
     * The {@code k} largest elements along the axis, the largest first, in the order of a descending {@link #sort}. Throws
     * if there are fewer. The positions alone are {@link FloatArray#argtopk}.
     */
    default A topk(int k, int axis) {
        return gatherAlong(axis, k, Sorting.argtopk("topk", value(), k, axis));
    }

    /** This followed by the others along the axis; all other lengths are equal. See {@link ArrayOps#concat}. */
    A append(int axis, List<A> others);
}
