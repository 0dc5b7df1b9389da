package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/** New shapes on the same storage, and the way back from any view to dense row-major order. */
final class Views {

    private Views() {}

    // ---- layout

    /** Whether the strides that matter are those of a dense array: none of an empty one, else of lengths above 1. */
    static boolean isRowMajor(Shape shape, int[] strides) {
        if (shape.size() == 0) {
            return true;
        }
        int[] dense = shape.sharedStrides();
        int[] dims = shape.sharedDims();
        for (int i = 0; i < dims.length; i++) {
            if (strides[i] != dense[i] && dims[i] != 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether its rows lie as such, apart from each other, and each is long enough for a kernel call of its own. */
    static boolean isOfLongRows(FloatArray x) {
        int last = x.rank() - 1;
        return last > 0 && x.strides[last] == 1 && x.shape().sharedDims()[last] >= Walk.SHORT;
    }

    /** A view; without elements it starts at the start, since where it would start may lie outside. */
    private static FloatArray view(FloatArray x, int offset, Shape shape, int[] strides) {
        return shape.size() == 0
                ? new FloatArray(x, 0, shape, shape.sharedStrides())
                : new FloatArray(x, offset, shape, strides);
    }

    /**
     * The steps of the first {@code rank} dimensions of x through {@code depth} loops, to whose last they are aligned; 0
     * where x is repeated. The result has room for {@code length} of them.
     */
    static int[] stridesFor(FloatArray x, int rank, int depth, int length) {
        int[] result = new int[length];
        int[] dims = x.shape().sharedDims();
        int lead = depth - rank;
        for (int i = 0; i < rank; i++) {
            result[lead + i] = dims[i] == 1 ? 0 : x.strides[i];
        }
        return result;
    }

    /** The steps of x through an array of the given shape, to which it broadcasts. */
    static int[] stridesFor(FloatArray x, Shape shape) {
        return stridesFor(x, x.rank(), shape.rank(), shape.rank());
    }

    static int position(FloatArray x, int[] position) {
        Shape shape = x.shape();
        if (position.length != shape.rank()) {
            throw new IllegalArgumentException(
                    "get: " + position.length + " positions for " + shape + ", of rank " + shape.rank());
        }
        int at = x.offset;
        for (int i = 0; i < position.length; i++) {
            at += Slice.position("get", shape, i, position[i]) * x.strides[i];
        }
        return at;
    }

    // ---- copies

    /** This array if it is dense, else a dense copy. */
    static FloatArray dense(FloatArray x) {
        return x.contiguous ? x : dense(x, x.shape());
    }

    private static FloatArray dense(FloatArray x, Shape shape) {
        float[] y = Workspace.storage(x.size());
        copy(x, y, 0);
        return FloatArray.result(y, shape);
    }

    /** Writes the elements in row-major order: a step of an operation. */
    static void copy(FloatArray x, float[] y, int yo) {
        float[] data = x.operand();
        copy(x, data, y, yo);
        if (Workspace.isPlanning()) {
            Workspace.plan(() -> copy(x, data, y, yo));
        }
    }

    /** Writes the elements in row-major order, from the array's storage. */
    static void copy(FloatArray x, float[] data, float[] y, int yo) {
        if (x.contiguous) {
            System.arraycopy(data, x.offset, y, yo, x.size());
        } else {
            copy(Nest.of(x), data, 0, x.offset, y, yo); // at least one loop: else it were contiguous
        }
    }

    private static int copy(Nest nest, float[] x, int depth, int xo, float[] y, int yo) {
        int[] dims = nest.dims;
        int[] strides = nest.strides[0];
        int last = nest.rank - 1;
        if (depth >= last - 1) {
            int rows = depth < last ? dims[depth] : 1;
            Kernels.ELEMENTWISE.copy(rows, dims[last], x, xo, strides[depth], strides[last], y, yo);
            return yo + rows * dims[last];
        }
        int at = yo;
        for (int i = 0; i < dims[depth]; i++) {
            at = copy(nest, x, depth + 1, xo + i * strides[depth], y, at);
        }
        return at;
    }

    // ---- views

    static FloatArray transpose(FloatArray x, int[] order) {
        int[] from = Shapes.order(x.shape(), order);
        int[] dims = new int[from.length];
        int[] strides = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            dims[i] = x.shape().sharedDims()[from[i]];
            strides[i] = x.strides[from[i]];
        }
        return view(x, x.offset, Shape.ofOwn(dims), strides);
    }

    static FloatArray expand(FloatArray x, Shape shape) {
        Shapes.requireBroadcastTo("expand", x.shape(), shape);
        if (shape.equals(x.shape())) {
            return x;
        }
        return view(x, x.offset, shape, stridesFor(x, shape));
    }

    static FloatArray slice(FloatArray x, Index[] indices) {
        Slice slice = new Slice("slice", x.shape(), x.strides, indices);
        return view(x, x.offset + slice.offset, slice.shape, slice.strides);
    }

    static FloatArray reshape(FloatArray x, Shape shape) {
        Shape from = x.shape();
        if (from.equals(shape)) {
            return x;
        }
        Shapes.requireReshape(from, shape);
        if (x.contiguous) {
            return view(x, x.offset, shape, shape.sharedStrides());
        }
        int[] strides = reshapedStrides(x, shape);
        return strides == null ? dense(x, shape) : view(x, x.offset, shape, strides);
    }

    /**
     * The strides that make the new shape of the old storage, or null if there are none. Each loop of the collapsed old
     * nest must be cut up exactly by a run of new dimensions.
     */
    private static int @Nullable [] reshapedStrides(FloatArray x, Shape shape) {
        Nest nest = Nest.of(x);
        int[] dims = shape.sharedDims();
        int[] strides = new int[dims.length];
        int axis = dims.length - 1;
        for (int loop = nest.rank - 1; loop >= 0; loop--) {
            int stride = nest.strides[0][loop];
            int left = nest.dims[loop];
            while (left > 1) {
                if (left % dims[axis] != 0) {
                    return null;
                }
                strides[axis] = stride;
                stride *= dims[axis];
                left /= dims[axis];
                axis--;
            }
        }
        return strides; // any dimensions left have length 1
    }
}
