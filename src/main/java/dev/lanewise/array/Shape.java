package dev.lanewise.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lengths of an array's dimensions: an immutable value.
 *
 * <p>Rank 0 is a scalar, of one element. A length of 0 is allowed and makes the array empty; a negative one is refused,
 * and so is a shape of more than {@link Integer#MAX_VALUE} elements. An axis may be given from the end: -1 is the last.
 */
public final class Shape {

    private static final Shape SCALAR = new Shape(new int[0], 1);

    private final int[] dims;
    private final int size;
    private final int[] strides;

    private Shape(int[] dims, int size) {
        this.dims = dims;
        this.size = size;
        this.strides = rowMajor(dims);
    }

    /**
     * A shape of the given lengths; a scalar if there are none.
     *
     * @throws IllegalArgumentException for a negative length, or for more elements than an int counts
     */
    public static Shape of(int... dims) {
        return dims.length == 0 ? SCALAR : ofOwn(dims.clone());
    }

    /** The shape of one number: rank 0, size 1. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** As {@link #of}, keeping the array it is given. */
    static Shape ofOwn(int[] dims) {
        return new Shape(dims, Shapes.size(dims));
    }

    /** The shape of an operation's result; an error names the operation and what it was given. */
    static Shape ofResult(String op, Object first, String joint, Object second, int[] dims) {
        return new Shape(dims, Shapes.size(op, first, joint, second, dims));
    }

    private static int[] rowMajor(int[] dims) {
        int[] strides = new int[dims.length];
        int stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i]; // can only overflow where there are no elements, and then no stride is used
        }
        return strides;
    }

    /** The number of dimensions. */
    public int rank() {
        return dims.length;
    }

    /** The number of elements: the product of all lengths, 1 for a scalar. */
    public int size() {
        return size;
    }

    /**
     * The length of one dimension, counted from the end if negative.
     *
     * @throws IllegalArgumentException if there is no such axis
     */
    public int dim(int axis) {
        return dims[axis(axis)];
    }

    /** All lengths, in a new array. */
    public int[] dims() {
        return dims.clone();
    }

    /** The lengths themselves, for reading only. */
    int[] sharedDims() {
        return dims;
    }

    /** The strides of a dense row-major array of this shape, for reading only. */
    int[] sharedStrides() {
        return strides;
    }

    /**
     * The axis counted from the start.
     *
     * @throws IllegalArgumentException if there is no such axis
     */
    public int axis(int axis) {
        return Shapes.axis("axis", this, axis);
    }

    /**
     * The shape that both this and the other are repeated to where an operation takes them together: aligned at the
     * last dimension, a length of 1 or a missing one gives way.
     *
     * @throws IllegalArgumentException if two lengths differ and neither is 1
     */
    public Shape broadcast(Shape other) {
        return Shapes.broadcast("broadcast", this, other);
    }

    /** Whether an array of this shape can be repeated to the given one. */
    public boolean expandsTo(Shape target) {
        int lead = target.dims.length - dims.length;
        if (lead < 0) {
            return false;
        }
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] != 1 && dims[i] != target.dims[lead + i]) {
                return false;
            }
        }
        return true;
    }

    /** The shape that {@code dims} mean for an expansion of this one: a length of -1 is this one's own. */
    Shape expand(int... lengths) {
        int[] result = lengths.clone();
        int lead = lengths.length - dims.length;
        for (int i = Math.max(0, lead); i < lengths.length; i++) {
            result[i] = lengths[i] == -1 ? dims[i - lead] : lengths[i];
        }
        return ofResult("expand", this, " to ", Shapes.text(result), result);
    }

    /**
     * The shape that {@code dims} mean for the elements of this one: a length of -1 is worked out from the others.
     *
     * @throws IllegalArgumentException if the sizes differ, if -1 stands twice, or if it cannot be worked out
     */
    public Shape resolve(int... dims) {
        return Shapes.resolve(this, dims);
    }

    /**
     * This without the given axes, each of length 1; without every axis of length 1 if none is given.
     *
     * @throws IllegalArgumentException if an axis does not exist, is named twice or is longer than 1
     */
    public Shape squeeze(int... axes) {
        boolean[] drop;
        if (axes.length == 0) {
            drop = new boolean[dims.length];
            for (int i = 0; i < dims.length; i++) {
                drop[i] = dims[i] == 1;
            }
        } else {
            drop = Shapes.axes("squeeze", this, axes);
            for (int i = 0; i < dims.length; i++) {
                if (drop[i] && dims[i] != 1) {
                    throw new IllegalArgumentException(
                            "squeeze: axis " + i + " of " + this + " has length " + dims[i] + ", not 1");
                }
            }
        }
        return reduce(drop, false);
    }

    /**
     * This with an axis of length 1 inserted, at the given place of the result.
     *
     * @throws IllegalArgumentException if the result has no such place
     */
    public Shape unsqueeze(int axis) {
        Shapes.requireNewAxis("unsqueeze", this, axis);
        int rank = dims.length + 1;
        int at = axis < 0 ? axis + rank : axis;
        int[] result = new int[rank];
        System.arraycopy(dims, 0, result, 0, at);
        result[at] = 1;
        System.arraycopy(dims, at, result, at + 1, dims.length - at);
        return new Shape(result, size);
    }

    /**
     * The shape of a reduction over the given axes (all if none is given): they are dropped, or stay with length 1.
     *
     * @throws IllegalArgumentException if an axis does not exist or is named twice
     */
    public Shape reduce(boolean keepDims, int... axes) {
        return reduce(Shapes.axes("reduce", this, axes), keepDims);
    }

    /** The shape of a reduction over the marked axes. */
    Shape reduce(boolean[] reduced, boolean keepDims) {
        int rank = dims.length;
        int[] result = new int[rank];
        int count = 0;
        for (int i = 0; i < rank; i++) {
            if (!reduced[i]) {
                result[count++] = dims[i];
            } else if (keepDims) {
                result[count++] = 1;
            }
        }
        return count == 0 ? SCALAR : ofOwn(Arrays.copyOf(result, count));
    }

    /**
     * How many elements a reduction over the given axes (all if none is given) combines into each of its results.
     *
     * @throws IllegalArgumentException if an axis does not exist or is named twice
     */
    public long countOver(int... axes) {
        boolean[] reduced = Shapes.axes("countOver", this, axes);
        long count = 1;
        for (int i = 0; i < dims.length; i++) {
            if (reduced[i]) {
                // Saturates: only lengths of an empty array can multiply to so much, and 0 among them still wins.
                count = dims[i] != 0 && count > Long.MAX_VALUE / dims[i] ? Long.MAX_VALUE : count * dims[i];
            }
        }
        return count;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Shape shape && Arrays.equals(dims, shape.dims));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** The lengths joined by x, as in {@code 2x3}; {@code scalar} for rank 0. */
    @Override
    public String toString() {
        return Shapes.text(dims);
    }
}
