package dev.lanewise.array;

import java.util.Arrays;

/** What slides over the last two dimensions: views of all places of a window, their transpose, convolutions, pooling. */
final class Windows {

    /** Elements that are unfolded at a time: 4 MB, which the larger caches hold. */
    private static final int UNFOLDED = 1 << 20;

    private Windows() {}

    // ---- shapes

    /** The shape of a window in all its places, which takes the place of the last two dimensions. */
    static Shape unfolded(String op, Shape shape, Window window) {
        Shapes.requireMatrices(op, shape);
        int down = window.rows().places(shape.dim(-2));
        int right = window.columns().places(shape.dim(-1));
        if (down == 0 || right == 0) {
            throw new IllegalArgumentException(op + ": " + shape + " has no room for " + window);
        }
        int lead = shape.rank() - 2;
        int[] dims = Arrays.copyOf(shape.sharedDims(), lead + 4);
        dims[lead] = window.rows().length();
        dims[lead + 1] = window.columns().length();
        dims[lead + 2] = down;
        dims[lead + 3] = right;
        return Shape.ofResult(op, shape, " by ", window, dims);
    }

    /** The shape with one element for each place of a window. */
    static Shape pooled(String op, Shape shape, Window window) {
        return unfolded(op, shape, window).reduce(false, -4, -3);
    }

    /** The shape with the last two dimensions joined. */
    static Shape flat(Shape shape) {
        int[] dims = Arrays.copyOf(shape.sharedDims(), shape.rank() - 1);
        dims[dims.length - 1] = shape.dim(-2) * shape.dim(-1);
        return Shape.ofOwn(dims);
    }

    /** The shape of a convolution. */
    static Shape convolved(Shape images, Shape filters, Window window, int groups) {
        Shapes.requireRanks("conv2d", images, 4, filters, 4);
        String both = "conv2d: " + images + " by " + filters + ": ";
        if (filters.dim(2) != window.rows().length()
                || filters.dim(3) != window.columns().length()) {
            throw new IllegalArgumentException(both + "the filters do not have the size of " + window);
        }
        if (groups < 1
                || images.dim(1) % groups != 0
                || filters.dim(0) % groups != 0
                || filters.dim(1) != images.dim(1) / groups) {
            throw new IllegalArgumentException(both + images.dim(1) + " channels and " + filters.dim(0) + " filters of "
                    + filters.dim(1) + " channels cannot be had in " + groups + (groups == 1 ? " group" : " groups"));
        }
        int[] dims = pooled("conv2d", images, window).dims();
        dims[1] = filters.dim(0);
        return Shape.ofResult("conv2d", images, " by ", filters, dims);
    }

    // ---- unfolding and its transpose

    static FloatArray unfold(FloatArray x, Window window) {
        Shape shape = unfolded("unfold", x.shape(), window);
        if (shape.size() == 0) {
            return FloatArray.zeros(shape);
        }
        FloatArray padded = padded(x, window);
        int lead = x.rank() - 2;
        int row = padded.strides[lead];
        int column = padded.strides[lead + 1];
        int[] strides = Arrays.copyOf(padded.strides, lead + 4);
        strides[lead] = step(shape.dim(lead), window.rows().dilation(), row);
        strides[lead + 1] = step(shape.dim(lead + 1), window.columns().dilation(), column);
        strides[lead + 2] = step(shape.dim(lead + 2), window.rows().stride(), row);
        strides[lead + 3] = step(shape.dim(lead + 3), window.columns().stride(), column);
        return new FloatArray(padded, padded.offset, shape, strides);
    }

    /** A step is only multiplied where it is taken, for then the product is within the storage. */
    private static int step(int length, int steps, int stride) {
        return length > 1 ? steps * stride : 0;
    }

    private static FloatArray padded(FloatArray x, Window window) {
        int down = window.rows().padding();
        int right = window.columns().padding();
        if (down == 0 && right == 0) {
            return x;
        }
        int[] widths = new int[2 * x.rank()];
        Arrays.fill(widths, widths.length - 4, widths.length - 2, down);
        Arrays.fill(widths, widths.length - 2, widths.length, right);
        return x.pad(0, widths);
    }

    static FloatArray fold(FloatArray x, int height, int width, Window window) {
        if (x.rank() < 4) {
            throw new IllegalArgumentException("fold: " + x.shape() + " has no last four dimensions");
        }
        int[] dims = Arrays.copyOf(x.shape().sharedDims(), x.rank() - 2);
        dims[dims.length - 2] = height;
        dims[dims.length - 1] = width;
        Shape shape = Shape.ofResult("fold", x.shape(), " by ", window, dims);
        Shape expected = unfolded("fold", shape, window);
        if (!expected.equals(x.shape())) {
            throw new IllegalArgumentException(
                    "fold: " + x.shape() + " to " + shape + " by " + window + ", which unfolds that to " + expected);
        }
        float[] y = Workspace.zeros(shape.size());
        if (x.size() > 0 && y.length > 0) {
            FloatArray dense = Views.dense(x);
            int plane = height * width;
            int unfolded = x.size() / (y.length / plane);
            for (int i = 0; i * plane < y.length; i++) {
                foldPlane(dense.data("fold"), dense.offset + i * unfolded, window, y, i * plane, height, width);
            }
        }
        return FloatArray.result(y, shape);
    }

    private static void foldPlane(float[] x, int xo, Window window, float[] y, int yo, int height, int width) {
        Window.Span rows = window.rows();
        Window.Span columns = window.columns();
        int down = rows.places(height);
        int right = columns.places(width);
        int at = xo;
        for (int i = 0; i < rows.length(); i++) {
            for (int j = 0; j < columns.length(); j++) {
                int first = firstInside(columns, j);
                int last = Math.min(right, endInside(columns, j, width));
                for (int place = 0; place < down; place++, at += right) {
                    long row = rows.position(place, i);
                    if (row >= 0 && row < height && first < last) {
                        int to = yo + (int) (row * width + columns.position(first, j));
                        addSteps(last - first, x, at + first, y, to, columns.stride());
                    }
                }
            }
        }
    }

    /** The first place in which one of the window's positions is not before the array. */
    private static int firstInside(Window.Span span, int own) {
        long before = -span.position(0, own);
        return before <= 0 ? 0 : (int) ((before + span.stride() - 1) / span.stride());
    }

    /** The first place in which one of the window's positions is behind the array. */
    private static int endInside(Window.Span span, int own, int n) {
        long behind = n - span.position(0, own);
        return behind <= 0 ? 0 : (int) ((behind + span.stride() - 1) / span.stride());
    }

    private static void addSteps(int n, float[] x, int xo, float[] y, int yo, int step) {
        for (int i = 0; i < n; i++) {
            y[yo + i * step] += x[xo + i];
        }
    }

    // ---- convolution

    /** A few images at a time are unfolded into columns, one for each place, and multiplied by the filters as rows. */
    static FloatArray conv2d(FloatArray images, FloatArray filters, Window window, int groups) {
        Shapes.given("conv2d", filters);
        Shape shape = convolved(images.shape(), filters.shape(), window, groups);
        float[] y = Workspace.storage(shape.size());
        if (y.length > 0) {
            int count = shape.dim(0);
            int rows = shape.dim(1) / groups;
            int inner = filters.size() / shape.dim(1);
            int places = shape.dim(2) * shape.dim(3);
            int atOnce = (int) Math.max(1, UNFOLDED / Math.max(1, (long) groups * inner * places));
            FloatArray matrices = filters.reshape(groups, rows, inner);
            FloatArray padded = padded(images, window);
            Window within = window.padding(0);
            for (int from = 0; from < count; from += atOnce) {
                int n = Math.min(atOnce, count - from);
                FloatArray columns = unfold(padded.slice(Index.range(from, from + n)), within)
                        .reshape(n, groups, inner, places);
                Products.matmulInto(matrices, columns, y, from * (y.length / count));
            }
        }
        return FloatArray.result(y, shape);
    }

    // ---- pooling

    /** For each place of the window where the first largest element (or the last NaN) stands in its plane. */
    static int[] largest(FloatArray x, Window window) {
        Shape shape = pooled("maxPool2d", x.shape(), window);
        int height = x.shape().dim(-2);
        int width = x.shape().dim(-1);
        int[] result = new int[shape.size()];
        FloatArray dense = Views.dense(x);
        int plane = height * width;
        int next = 0;
        for (int from = 0; next < result.length; from += plane) {
            for (int down = 0; down < shape.dim(-2); down++) {
                for (int right = 0; right < shape.dim(-1); right++) {
                    int best =
                            largest(dense.data("maxPool2d"), dense.offset + from, height, width, window, down, right);
                    if (best < 0) {
                        throw new IllegalArgumentException("maxPool2d: " + x.shape() + " by " + window
                                + ", which in some places sees only padding");
                    }
                    result[next++] = best;
                }
            }
        }
        return result;
    }

    /** The same for one place; -1 if there is nothing but padding. */
    private static int largest(float[] x, int xo, int height, int width, Window window, int down, int right) {
        int best = -1;
        for (int i = 0; i < window.rows().length(); i++) {
            long row = window.rows().position(down, i);
            if (row < 0 || row >= height) {
                continue;
            }
            for (int j = 0; j < window.columns().length(); j++) {
                long column = window.columns().position(right, j);
                if (column >= 0 && column < width) {
                    int at = (int) (row * width + column);
                    if (best < 0 || x[xo + at] > x[xo + best] || Float.isNaN(x[xo + at])) {
                        best = at;
                    }
                }
            }
        }
        return best;
    }
}
