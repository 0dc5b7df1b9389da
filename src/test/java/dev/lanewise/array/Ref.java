package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The oracle: an array of doubles with nothing but lengths, in which every operation is a plain loop over indices. Knows
 * no strides, no views, no kernels and no {@link Shape}.
 */
final class Ref {

    final int[] dims;
    final double[] at;

    private Ref(int[] dims) {
        this.dims = dims.clone();
        this.at = new double[count(dims)];
    }

    static int count(int[] dims) {
        int count = 1;
        for (int dim : dims) {
            count *= dim;
        }
        return count;
    }

    /** The array whose element at every index is what the function says. */
    static Ref fill(int[] dims, ToDoubleFunction<int[]> element) {
        Ref result = new Ref(dims);
        forEach(dims, index -> result.at[result.place(index)] = element.applyAsDouble(index));
        return result;
    }

    /** Every index in row-major order. */
    static void forEach(int[] dims, Consumer<int[]> visit) {
        int[] index = new int[dims.length];
        int count = count(dims);
        for (int i = 0; i < count; i++) {
            int rest = i;
            for (int axis = dims.length - 1; axis >= 0; axis--) {
                index[axis] = rest % dims[axis];
                rest /= dims[axis];
            }
            visit.accept(index.clone());
        }
    }

    int place(int... index) {
        int place = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            place = place * dims[axis] + index[axis];
        }
        return place;
    }

    double get(int... index) {
        return at[place(index)];
    }

    int rank() {
        return dims.length;
    }

    // ---- broadcasting

    static int[] broadcast(int[] a, int[] b) {
        int[] dims = new int[Math.max(a.length, b.length)];
        for (int i = 1; i <= dims.length; i++) {
            int p = i <= a.length ? a[a.length - i] : 1;
            int q = i <= b.length ? b[b.length - i] : 1;
            dims[dims.length - i] = p == 1 ? q : p;
        }
        return dims;
    }

    /** The element that stands at this index of a larger array to which this one is repeated. */
    double repeated(int[] index) {
        int[] own = Arrays.copyOfRange(index, index.length - dims.length, index.length);
        for (int axis = 0; axis < dims.length; axis++) {
            own[axis] = dims[axis] == 1 ? 0 : own[axis];
        }
        return get(own);
    }

    static Ref zip(DoubleBinaryOperator op, Ref a, Ref b) {
        return fill(broadcast(a.dims, b.dims), index -> op.applyAsDouble(a.repeated(index), b.repeated(index)));
    }

    Ref map(java.util.function.DoubleUnaryOperator op) {
        return fill(dims, index -> op.applyAsDouble(get(index)));
    }

    // ---- reductions

    /** The index of the result to which an element contributes; reduced axes stay with index 0. */
    static int[] kept(int[] index, boolean[] reduced) {
        int[] result = index.clone();
        for (int axis = 0; axis < result.length; axis++) {
            result[axis] = reduced[axis] ? 0 : result[axis];
        }
        return result;
    }

    /** Folds with the given start over the marked axes, which stay with length 1. */
    Ref fold(boolean[] reduced, double start, DoubleBinaryOperator op) {
        int[] result = dims.clone();
        for (int axis = 0; axis < result.length; axis++) {
            result[axis] = reduced[axis] ? 1 : result[axis];
        }
        Ref sum = fill(result, index -> start);
        forEach(dims, index -> {
            int place = sum.place(kept(index, reduced));
            sum.at[place] = op.applyAsDouble(sum.at[place], get(index));
        });
        return sum;
    }

    /** The same elements in row-major order under other lengths. */
    Ref as(int... other) {
        Ref result = new Ref(other);
        System.arraycopy(at, 0, result.at, 0, at.length);
        return result;
    }

    /** Without the marked axes, each of length 1. */
    Ref drop(boolean[] dropped) {
        int[] rest = new int[dims.length];
        int count = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            if (!dropped[axis]) {
                rest[count++] = dims[axis];
            }
        }
        return as(Arrays.copyOf(rest, count));
    }

    // ---- products

    /** The product as PyTorch defines it: vectors are rows or columns, leading dimensions broadcast. */
    static Ref matmul(Ref a, Ref b) {
        Ref x = a.rank() == 1 ? a.as(1, a.dims[0]) : a;
        Ref y = b.rank() == 1 ? b.as(b.dims[0], 1) : b;
        int[] left = Arrays.copyOf(x.dims, x.rank() - 2);
        int[] right = Arrays.copyOf(y.dims, y.rank() - 2);
        int[] batch = broadcast(left, right);
        int m = x.dims[x.rank() - 2];
        int inner = x.dims[x.rank() - 1];
        int n = y.dims[y.rank() - 1];
        int[] full = Arrays.copyOf(batch, batch.length + 2);
        full[batch.length] = m;
        full[batch.length + 1] = n;
        Ref product = fill(full, index -> {
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                int[] i = index.clone();
                int[] j = index.clone();
                i[i.length - 1] = k;
                j[j.length - 2] = k;
                sum += x.matrixElement(i) * y.matrixElement(j);
            }
            return sum;
        });
        boolean[] dropped = new boolean[full.length];
        dropped[batch.length] = a.rank() == 1;
        dropped[batch.length + 1] = b.rank() == 1;
        return product.drop(dropped);
    }

    /** As {@link #repeated}, but for the last two dimensions, which are not. */
    private double matrixElement(int[] index) {
        int[] own = Arrays.copyOfRange(index, index.length - dims.length, index.length);
        for (int axis = 0; axis < dims.length - 2; axis++) {
            own[axis] = dims[axis] == 1 ? 0 : own[axis];
        }
        return get(own);
    }

    // ---- checks

    /** Same shape; every element read by its index is near, NaN where NaN is due, the same infinity where that is. */
    void check(FloatArray actual, double relative) {
        assertArrayEquals(dims, actual.shape().dims(), "shape");
        float[] dense = actual.toArray();
        forEach(dims, index -> {
            float expected = (float) get(index);
            float found = actual.get(index);
            if (Float.floatToIntBits(found) != Float.floatToIntBits(dense[place(index)])) {
                fail("get and toArray differ at " + Arrays.toString(index) + ": " + found + ", " + dense[place(index)]);
            }
            boolean same = Float.isNaN(expected) ? Float.isNaN(found) : expected == found;
            if (!same && !(Math.abs(expected - found) <= relative * Math.max(1, Math.abs(expected)))) {
                fail("at " + Arrays.toString(index) + " of " + actual.shape() + ": expected " + expected + " but was "
                        + found);
            }
        });
    }
}
