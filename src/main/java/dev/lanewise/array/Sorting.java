package dev.lanewise.array;

import java.util.Arrays;

/**
 * The order of elements along an axis.
 *
 * <p>An element and its position make up one {@code long}: above, bits of the element that compare as integers do; below,
 * the position. No two are equal, so that any sort of them is stable.
 */
final class Sorting {

    private static final int NAN = Float.floatToIntBits(Float.NaN);

    private Sorting() {}

    static int[] argsort(String op, FloatArray x, boolean descending, int axis) {
        int along = Shapes.axis(op, x.shape(), axis);
        return along(op, x, along, x.shape().dim(along), descending, false);
    }

    static int[] argtopk(String op, FloatArray x, int k, int axis) {
        int along = Shapes.axis(op, x.shape(), axis);
        int length = x.shape().dim(along);
        if (k < 0 || k > length) {
            throw new IllegalArgumentException(op + ": " + k + " of the " + length + " elements along axis " + axis
                    + " of " + x.shape() + ": there are not so many");
        }
        return along(op, x, along, k, true, true);
    }

    /** For every place on the other axes the positions of the first {@code count} along the axis. */
    private static int[] along(String op, FloatArray x, int axis, int count, boolean descending, boolean part) {
        int length = x.shape().dim(axis);
        int inner = x.size() == 0 ? 1 : x.shape().sharedStrides()[axis];
        int[] positions = new int[length == 0 ? 0 : x.size() / length * count];
        FloatArray dense = Views.dense(x);
        float[] data = dense.data(op);
        long[] keys = new long[length];
        for (int i = 0; i < x.size() / Math.max(1, length); i++) {
            int from = dense.offset + i / inner * length * inner + i % inner;
            for (int j = 0; j < length; j++) {
                keys[j] = key(data[from + j * inner], descending, j);
            }
            long[] chosen = part ? smallest(keys, count) : keys;
            Arrays.sort(chosen, 0, count);
            int to = i / inner * count * inner + i % inner;
            for (int j = 0; j < count; j++) {
                positions[to + j * inner] = (int) chosen[j];
            }
        }
        return positions;
    }

    private static long key(float x, boolean descending, int position) {
        // NaN of one kind, and above infinity; -0 becomes +0; the order of negative floats is turned round.
        int bits = Float.isNaN(x) ? NAN : Float.floatToRawIntBits(x + 0f);
        int ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
        return (long) (descending ? ~ascending : ascending) << 32 | position;
    }

    /**
     * The {@code count} smallest keys, in no order, before others: what is below the largest of those found so far is
     * collected, and whenever there are twice as many as are wanted, they are sorted and half of them given up.
     */
    private static long[] smallest(long[] keys, int count) {
        if (count == 0 || count > keys.length / 4) {
            Arrays.sort(keys);
            return keys;
        }
        long[] best = new long[Math.max(16, 2 * count)];
        int found = 0;
        long bound = Long.MAX_VALUE;
        for (long key : keys) {
            if (key >= bound) {
                continue;
            }
            best[found++] = key;
            if (found == best.length) {
                Arrays.sort(best);
                found = count;
                bound = best[count - 1];
            }
        }
        Arrays.sort(best, 0, found);
        return best;
    }
}
