package dev.lanewise.array;

import java.util.Arrays;

/** Indices resolved against a shape and strides: where the chosen part starts, and its own shape and strides. */
final class Slice {

    /** Elements from the start of the whole to the start of the part. */
    final int offset;

    final Shape shape;
    final int[] strides;

    Slice(String op, Shape whole, int[] wholeStrides, Index[] indices) {
        int rank = whole.rank();
        if (indices.length > rank) {
            throw new IllegalArgumentException(
                    op + ": " + indices.length + " indices for " + whole + ", of rank " + rank);
        }
        int[] dims = new int[rank];
        int[] steps = new int[rank];
        int count = 0;
        int start = 0;
        for (int i = 0; i < rank; i++) {
            int length = whole.sharedDims()[i];
            switch (i < indices.length ? indices[i] : Index.all()) {
                case Index.All _ -> {
                    dims[count] = length;
                    steps[count++] = wholeStrides[i];
                }
                case null -> throw new NullPointerException(op + ": index " + i + " of " + whole + " is null");
                case Index.At(int position) -> start += position(op, whole, i, position) * wholeStrides[i];
                case Index.Range(int from, int to, int step) -> {
                    int first = bound(from, length);
                    int taken = Math.max(0, bound(to, length) - first);
                    start += first * wholeStrides[i];
                    dims[count] = taken / step + (taken % step == 0 ? 0 : 1);
                    // A step is only multiplied where it is taken, for then the product is within the storage.
                    steps[count] = dims[count] > 1 ? step * wholeStrides[i] : 0;
                    count++;
                }
            }
        }
        this.offset = start;
        this.shape = Shape.ofOwn(Arrays.copyOf(dims, count));
        this.strides = Arrays.copyOf(steps, count);
    }

    /** A bound of a range, counted from the start and clamped as NumPy does. */
    private static int bound(int given, int length) {
        int fromStart = given < 0 ? given + length : given;
        return Math.clamp(fromStart, 0, length);
    }

    /** A position that must exist, counted from the start. */
    static int position(String op, Shape shape, int axis, int position) {
        int length = shape.sharedDims()[axis];
        if (position < -length || position >= length) {
            throw new IllegalArgumentException(op + ": position " + position + " is out of range for axis " + axis
                    + " of " + shape + ", of length " + length);
        }
        return position < 0 ? position + length : position;
    }
}
