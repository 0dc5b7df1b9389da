package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;
import java.util.List;

/** Operations that only bring elements elsewhere, and add them up where two meet. */
final class Moves {

    private Moves() {}

    static FloatArray place(FloatArray x, Shape shape, Index[] indices) {
        Slice slice = new Slice("place", shape, shape.sharedStrides(), indices);
        if (!slice.shape.equals(x.shape())) {
            throw new IllegalArgumentException(
                    "place: " + x.shape() + " into " + shape + ", where the indices choose " + slice.shape);
        }
        float[] y = new float[shape.size()];
        if (x.size() > 0) {
            Nest nest = new Nest(x.shape().dims(), x.rank(), x.strides.clone(), slice.strides);
            place(nest, 0, x.data, x.offset, y, slice.offset);
        }
        return new FloatArray(y, shape);
    }

    private static void place(Nest nest, int depth, float[] x, int from, float[] y, int to) {
        if (depth == nest.rank) {
            y[to] = x[from];
            return;
        }
        int n = nest.dims[depth];
        int xs = nest.strides[0][depth];
        int ys = nest.strides[1][depth];
        if (depth < nest.rank - 1) {
            for (int i = 0; i < n; i++) {
                place(nest, depth + 1, x, from + i * xs, y, to + i * ys);
            }
        } else if (xs == 1 && ys == 1) {
            System.arraycopy(x, from, y, to, n);
        } else {
            for (int i = 0; i < n; i++) {
                y[to + i * ys] = x[from + i * xs];
            }
        }
    }

    static FloatArray gather(FloatArray x, int[] rows) {
        Shape from = x.shape();
        requireRows("gather", from);
        int count = from.dim(0);
        requireWithin("gather", from, count, rows);
        int[] dims = from.dims();
        dims[0] = rows.length;
        Shape shape = Shape.ofResult("gather", from, " by rows ", rows.length, dims);
        float[] y = new float[shape.size()];
        if (y.length > 0) {
            int n = y.length / rows.length;
            // One row is dense or not as all are; a dense copy of all pays for itself only if most are wanted.
            FloatArray row = x.slice(Index.at(0));
            for (int i = 0; i < rows.length; i++) {
                int start = x.offset + rows[i] * x.strides[0];
                Views.copy(new FloatArray(x.data, start, row.shape(), row.strides), y, i * n);
            }
        }
        return new FloatArray(y, shape);
    }

    static FloatArray scatterAdd(FloatArray x, int count, int[] rows) {
        Shape from = x.shape();
        requireRows("scatterAdd", from);
        if (rows.length != from.dim(0)) {
            throw new IllegalArgumentException(
                    "scatterAdd: " + from + " has " + from.dim(0) + " rows and " + rows.length + " numbers are given");
        }
        int[] dims = from.dims();
        dims[0] = count;
        Shape shape = Shape.ofResult("scatterAdd", from, " to rows ", count, dims);
        requireWithin("scatterAdd", shape, count, rows);
        float[] y = new float[shape.size()];
        if (x.size() > 0) {
            FloatArray dense = Views.dense(x);
            int n = x.size() / rows.length;
            for (int i = 0; i < rows.length; i++) {
                int at = rows[i] * n;
                Kernels.ELEMENTWISE.add(n, y, at, 1, dense.data, dense.offset + i * n, 1, y, at);
            }
        }
        return new FloatArray(y, shape);
    }

    private static void requireRows(String op, Shape shape) {
        if (shape.rank() == 0) {
            throw new IllegalArgumentException(op + ": a scalar has no rows");
        }
    }

    private static void requireWithin(String op, Shape shape, int count, int[] rows) {
        for (int row : rows) {
            if (row < 0 || row >= count) {
                throw new IllegalArgumentException(op + ": row " + row + " is out of range for " + shape);
            }
        }
    }

    static FloatArray append(FloatArray first, int axis, List<FloatArray> others) {
        int along = Shapes.axis("concat", first.shape(), axis);
        int[] dims = first.shape().dims();
        long length = dims[along];
        for (FloatArray other : others) {
            requireAppendable(first.shape(), other.shape(), along);
            length += other.shape().dim(along);
        }
        dims[along] = Shapes.length("concat", length);
        Shape shape = Shape.ofResult("concat", first.shape(), " and others to length ", length, dims);
        float[] y = new float[shape.size()];
        if (y.length > 0) {
            int inner = 1;
            for (int i = along + 1; i < dims.length; i++) {
                inner *= dims[i];
            }
            int row = dims[along] * inner;
            int at = insert(first, along, inner, y, 0, row);
            for (FloatArray other : others) {
                at = insert(other, along, inner, y, at, row);
            }
        }
        return new FloatArray(y, shape);
    }

    /** Writes the array's slabs into the rows of y, from column {@code at} on; returns the column after them. */
    private static int insert(FloatArray x, int axis, int inner, float[] y, int at, int row) {
        FloatArray dense = Views.dense(x);
        int width = x.shape().dim(axis) * inner;
        for (int i = 0; i * row < y.length && width > 0; i++) {
            System.arraycopy(dense.data, dense.offset + i * width, y, at + i * row, width);
        }
        return at + width;
    }

    private static void requireAppendable(Shape a, Shape b, int axis) {
        boolean fits = a.rank() == b.rank();
        for (int i = 0; fits && i < a.rank(); i++) {
            fits = i == axis || a.dim(i) == b.dim(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("concat: " + a + " and " + b + " differ off axis " + axis);
        }
    }
}
