package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;
import java.util.Arrays;
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
        float[] y = Workspace.zeros(shape.size());
        if (x.size() > 0) {
            Nest nest = new Nest(x.shape().dims(), x.rank(), x.strides.clone(), slice.strides);
            place(nest, 0, x.data("place"), x.offset, y, slice.offset);
        }
        return FloatArray.result(y, shape);
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

    static FloatArray band(FloatArray x, int low, int high) {
        Shape shape = x.shape();
        Shapes.requireMatrices("band", shape);
        float[] y = Workspace.zeros(x.size());
        FloatArray dense = Views.dense(x);
        int columns = shape.dim(-1);
        for (int at = 0, row = 0; at < y.length; at += columns, row = row + 1 == shape.dim(-2) ? 0 : row + 1) {
            int from = Math.clamp((long) row + low, 0, columns);
            int to = Math.clamp((long) row + high + 1, from, columns);
            System.arraycopy(dense.data("band"), dense.offset + at + from, y, at + from, to - from);
        }
        return FloatArray.result(y, shape);
    }

    static FloatArray gather(FloatArray x, int[] rows) {
        Shape from = x.shape();
        requireRows("gather", from);
        int count = from.dim(0);
        requireWithin("gather", from, count, rows);
        int[] dims = from.dims();
        dims[0] = rows.length;
        Shape shape = Shape.ofResult("gather", from, " by rows ", rows.length, dims);
        float[] y = Workspace.storage(shape.size());
        if (y.length > 0) {
            int n = y.length / rows.length;
            // One row is dense or not as all are; a dense copy of all pays for itself only if most are wanted.
            FloatArray row = x.slice(Index.at(0));
            for (int i = 0; i < rows.length; i++) {
                int start = x.offset + rows[i] * x.strides[0];
                Views.copy(new FloatArray(x, start, row.shape(), row.strides), y, i * n);
            }
        }
        return FloatArray.result(y, shape);
    }

    static FloatArray gather(FloatArray x, FloatArray rows) {
        Shape from = x.shape();
        requireRows("gather", from);
        Shape by = Shapes.given("gather", rows).shape();
        int[] dims = Arrays.copyOf(by.sharedDims(), by.rank() + from.rank() - 1);
        System.arraycopy(from.sharedDims(), 1, dims, by.rank(), from.rank() - 1);
        Shape shape = Shape.ofResult("gather", from, " by rows ", by, dims);
        float[] y = Workspace.storage(shape.size());
        if (by.size() > 0) {
            FloatArray table = Views.dense(x);
            FloatArray numbers = Views.dense(rows);
            float[] t = table.operand();
            float[] r = numbers.operand();
            Runnable work = () -> gather(from, t, table.offset, by, r, numbers.offset, y);
            if (Workspace.isPlanning()) {
                Workspace.plan(work); // not done now: what stands in the rows yet are no numbers of rows
            } else {
                work.run();
            }
        }
        return FloatArray.result(y, shape);
    }

    private static void gather(Shape from, float[] table, int start, Shape by, float[] rows, int first, float[] y) {
        int count = from.dim(0);
        int n = y.length / by.size();
        for (int i = 0; i < by.size(); i++) {
            float number = rows[first + i];
            int row = (int) number;
            if (row != number || row < 0 || row >= count) {
                throw new IllegalArgumentException(
                        "gather: " + number + " in rows of shape " + by + " is not the number of a row of " + from);
            }
            System.arraycopy(table, start + row * n, y, i * n, n);
        }
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
        float[] y = Workspace.zeros(shape.size());
        if (x.size() > 0) {
            FloatArray dense = Views.dense(x);
            int n = x.size() / rows.length;
            for (int i = 0; i < rows.length; i++) {
                int at = rows[i] * n;
                Kernels.ELEMENTWISE.add(n, y, at, 1, dense.data("scatterAdd"), dense.offset + i * n, 1, y, at);
            }
        }
        return FloatArray.result(y, shape);
    }

    static FloatArray gatherAlong(FloatArray x, int axis, int count, int[] positions) {
        Shape from = x.shape();
        int along = Shapes.axis("gatherAlong", from, axis);
        Shape shape = Shape.ofResult("gatherAlong", from, " by counts of ", count, with(from, along, count));
        int length = from.dim(along);
        requirePositions("gatherAlong", from, shape, along, shape.size(), length, positions);
        float[] y = Workspace.storage(shape.size());
        if (y.length > 0) {
            FloatArray dense = Views.dense(x);
            float[] data = dense.data("gatherAlong");
            int inner = shape.sharedStrides()[along];
            for (int slab = 0, at = 0; at < y.length; slab += length * inner) {
                for (int end = at + count * inner; at < end; at++) {
                    y[at] = data[dense.offset + slab + positions[at] * inner + at % inner];
                }
            }
        }
        return FloatArray.result(y, shape);
    }

    static FloatArray scatterAddAlong(FloatArray x, int axis, int length, int[] positions) {
        Shape from = x.shape();
        int along = Shapes.axis("scatterAddAlong", from, axis);
        Shape shape = Shape.ofResult("scatterAddAlong", from, " to a length of ", length, with(from, along, length));
        requirePositions("scatterAddAlong", from, shape, along, from.size(), length, positions);
        float[] y = Workspace.zeros(shape.size());
        if (x.size() > 0) {
            FloatArray dense = Views.dense(x);
            float[] data = dense.data("scatterAddAlong");
            int inner = shape.sharedStrides()[along];
            int count = from.dim(along);
            for (int slab = 0, at = 0; at < x.size(); slab += length * inner) {
                for (int end = at + count * inner; at < end; at++) {
                    y[slab + positions[at] * inner + at % inner] += data[dense.offset + at];
                }
            }
        }
        return FloatArray.result(y, shape);
    }

    /** The lengths of a shape with another one along the axis. */
    private static int[] with(Shape shape, int axis, int length) {
        int[] dims = shape.dims();
        dims[axis] = length;
        return dims;
    }

    private static void requirePositions(
            String op, Shape from, Shape to, int axis, int elements, int length, int[] positions) {
        if (positions.length != elements) {
            throw new IllegalArgumentException(op + ": " + from + " to " + to + ": " + positions.length
                    + " positions for " + elements + " elements");
        }
        for (int position : positions) {
            if (position < 0 || position >= length) {
                throw new IllegalArgumentException(op + ": " + from + " to " + to + ": position " + position
                        + " is out of range along axis " + axis + ", of length " + length);
            }
        }
    }

    private static void requireRows(String op, Shape shape) {
        if (shape.rank() == 0) {
            throw new IllegalArgumentException(op + ": a scalar has no rows");
        }
    }

    /** That an embedding has these rows, said before they are gathered, in its name. */
    static void requireTable(Shape shape, int[] rows) {
        Shapes.requireRank("embedding", shape, 2);
        requireWithin("embedding", shape, shape.dim(0), rows);
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
            Shapes.given("concat", other);
            requireAppendable(first.shape(), other.shape(), along);
            length += other.shape().dim(along);
        }
        dims[along] = Shapes.length("concat", length);
        Shape shape = Shape.ofResult("concat", first.shape(), " and others to length ", length, dims);
        float[] y = Workspace.storage(shape.size());
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
        return FloatArray.result(y, shape);
    }

    /** Writes the array's slabs into the rows of y, from column {@code at} on; returns the column after them. */
    private static int insert(FloatArray x, int axis, int inner, float[] y, int at, int row) {
        FloatArray dense = Views.dense(x);
        int width = x.shape().dim(axis) * inner;
        for (int i = 0; i * row < y.length && width > 0; i++) {
            System.arraycopy(dense.data("concat"), dense.offset + i * width, y, at + i * row, width);
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
