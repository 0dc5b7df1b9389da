package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ReductionKernels;
import java.util.Arrays;

/**
 * Reductions over any set of axes.
 *
 * <p>An array is brought into dense order first, so that the order of additions follows from the shape alone. Neighbouring
 * axes that are all reduced, or all kept, count as one; then each reduced one, from the last to the first, is folded by
 * a kernel: along its runs if it is the innermost, else row upon row.
 */
final class Reductions {

    private static final ReductionKernels K = Kernels.REDUCTIONS;

    private static final Fold SUM = new Fold("sum", 0, K::sum, K::sumRows);
    private static final Fold MAX = new Fold("max", Float.NaN, K::max, K::maxRows);
    private static final Fold MIN = new Fold("min", Float.NaN, K::min, K::minRows);

    /** A sum of squares below this may lack some that were too small for a float. */
    private static final float LEAST_SQUARES = 0x1p-60f;

    private Reductions() {}

    /** One number out of a run. */
    @FunctionalInterface
    private interface Run {
        float run(int n, float[] x, int xo);
    }

    /** One row out of many. */
    @FunctionalInterface
    private interface Rows {
        void run(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);
    }

    /** A run into a run of the same length. */
    @FunctionalInterface
    private interface Map {
        void run(int n, float[] x, int xo, float[] y, int yo);
    }

    /** Both ways of folding, and what nothing folds to: NaN where that is an error. */
    private record Fold(String name, float ofNothing, Run run, Rows rows) {}

    static FloatArray sum(FloatArray x, boolean keepDims, int[] axes) {
        return fold(SUM, x, keepDims, Shapes.axes("sum", x.shape(), axes));
    }

    static FloatArray max(FloatArray x, boolean keepDims, int[] axes) {
        return fold(MAX, x, keepDims, Shapes.axes("max", x.shape(), axes));
    }

    static FloatArray min(FloatArray x, boolean keepDims, int[] axes) {
        return fold(MIN, x, keepDims, Shapes.axes("min", x.shape(), axes));
    }

    static FloatArray norm(FloatArray x, boolean keepDims, int[] axes) {
        boolean[] reduced = Shapes.axes("norm", x.shape(), axes);
        FloatArray squares = sumSquares(x, reduced);
        FloatArray norms = squares.sqrt();
        if (x.size() > 0) {
            float[] y = norms.operand();
            if (Workspace.isPlanning()) {
                FloatArray numbers = x.ofNoRun();
                FloatArray sums = squares.ofNoRun();
                int[] along = axes.clone();
                Workspace.plan(() -> mendNorms(numbers, sums, y, reduced, along));
            } else {
                mendNorms(x, squares, y, reduced, axes);
            }
        }
        return norms.reshape(x.shape().reduce(reduced, keepDims));
    }

    /**
     * Puts right the norms whose squares were too large or too small to count: over again with the largest element brought
     * near 1, and only for those that need it, so that no norm depends on what else was computed.
     *
     * @param norms storage that nobody has seen yet
     */
    private static void mendNorms(FloatArray x, FloatArray squares, float[] norms, boolean[] reduced, int[] axes) {
        if (areExact(squares)) {
            return;
        }
        FloatArray scale = scales(x.abs().max(true, axes));
        FloatArray rescaled = sumSquares(x.mul(scale), reduced).sqrt().div(scale);
        for (int i = 0; i < norms.length; i++) {
            if (!isExact(squares.data("norm")[squares.offset + i])) {
                norms[i] = rescaled.data("norm")[rescaled.offset + i];
            }
        }
    }

    /** The sums of squares, over axes that stay with length 1. */
    private static FloatArray sumSquares(FloatArray x, boolean[] reduced) {
        return isSuffix(reduced)
                ? runs((n, a, ao) -> K.sumSquares(n, a, ao, 0), x, x.shape().reduce(reduced, true))
                : fold(SUM, x.square(), true, reduced);
    }

    /** Whether no square was too large or too small to count. */
    private static boolean areExact(FloatArray squares) {
        float[] sums = squares.data("norm");
        for (int i = 0; i < squares.size(); i++) {
            if (!isExact(sums[squares.offset + i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExact(float squares) {
        return squares >= LEAST_SQUARES && squares <= Float.MAX_VALUE;
    }

    /** For each number the power of two that brings it near 1; 1 for zero and what is not finite. */
    private static FloatArray scales(FloatArray largest) {
        float[] scales = largest.toArray();
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scale(scales[i]);
        }
        return FloatArray.result(scales, largest.shape());
    }

    /** The power of two that brings a number near 1; 1 for zero and what is not finite. */
    static float scale(float largest) {
        boolean hasExponent = largest > 0 && largest <= Float.MAX_VALUE;
        return hasExponent ? Math.scalb(1f, -Math.getExponent(largest)) : 1;
    }

    static FloatArray var(FloatArray x, boolean keepDims, int[] axes) {
        boolean[] reduced = Shapes.axes("var", x.shape(), axes);
        return isSuffix(reduced)
                ? runs(
                        (n, a, ao) -> K.sumSquares(n, a, ao, K.sum(n, a, ao) / n) / n,
                        x,
                        x.shape().reduce(reduced, keepDims))
                : x.sub(x.mean(true, axes)).square().mean(keepDims, axes);
    }

    /** Whether the kept axes come first, so that what makes up one result is one run of a dense array. */
    static boolean isSuffix(boolean[] reduced) {
        for (int i = 1; i < reduced.length; i++) {
            if (reduced[i - 1] && !reduced[i]) {
                return false;
            }
        }
        return true;
    }

    static FloatArray sumTo(FloatArray x, Shape shape) {
        Shape from = x.shape();
        if (!shape.expandsTo(from)) {
            throw new IllegalArgumentException("sumTo: " + shape + " does not broadcast to " + from);
        }
        if (shape.equals(from)) {
            return x;
        }
        int lead = from.rank() - shape.rank();
        boolean[] reduced = new boolean[from.rank()];
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = i < lead || shape.dim(i - lead) == 1;
        }
        return fold(SUM, x, false, reduced).reshape(shape);
    }

    private static FloatArray fold(Fold fold, FloatArray x, boolean keepDims, boolean[] reduced) {
        Shape result = x.shape().reduce(reduced, keepDims);
        if (x.size() == 0) {
            if (result.size() > 0 && Float.isNaN(fold.ofNothing)) {
                throw new IllegalArgumentException(fold.name + ": " + x.shape() + " has no elements to choose from");
            }
            return FloatArray.full(fold.ofNothing, result);
        }
        FloatArray dense = Views.dense(x);
        float[] data = dense.operand();
        int offset = dense.offset;
        int[] dims = x.shape().sharedDims();
        int size = x.size();
        int inner = 1;
        boolean folded = false;
        for (int axis = dims.length - 1; axis >= 0; ) {
            for (; axis >= 0 && (!reduced[axis] || dims[axis] == 1); axis--) {
                inner *= dims[axis];
            }
            int count = 1;
            for (; axis >= 0 && (reduced[axis] || dims[axis] == 1); axis--) {
                count *= dims[axis];
            }
            if (count > 1) {
                data = fold(fold, size / inner / count, count, inner, data, offset);
                offset = 0;
                size /= count;
                folded = true;
            }
        }
        return folded ? FloatArray.result(data, result) : dense.reshape(result);
    }

    private static float[] fold(Fold fold, int outer, int count, int inner, float[] x, int xo) {
        float[] y = Workspace.storage(outer * inner);
        rows(outer, count * inner, (first, number) -> {
            for (int i = first; i < first + number; i++) {
                int from = xo + i * count * inner;
                if (inner == 1) {
                    y[i] = fold.run.run(count, x, from);
                } else {
                    fold.rows.run(count, inner, x, from, inner, y, i * inner);
                }
            }
        });
        return y;
    }

    /** A loop over rows of so many numbers, now and in a plan. */
    static void rows(int rows, int numbers, Chunks.Loop loop) {
        Chunks.rows(rows, numbers, loop);
        if (Workspace.isPlanning()) {
            Workspace.plan(() -> Chunks.rows(rows, numbers, loop));
        }
    }

    /** What a kernel makes of each run of the trailing axes, as many as the result has elements. */
    private static FloatArray runs(Run run, FloatArray x, Shape result) {
        FloatArray dense = Views.dense(x);
        float[] data = dense.operand();
        float[] y = Workspace.storage(result.size());
        int n = y.length == 0 ? 0 : x.size() / y.length;
        rows(y.length, n, (first, count) -> {
            for (int i = first; i < first + count; i++) {
                y[i] = run.run(n, data, dense.offset + i * n);
            }
        });
        return FloatArray.result(y, result);
    }

    // ---- where the largest stands

    static int argmax(FloatArray x) {
        if (x.size() == 0) {
            throw new IllegalArgumentException("argmax: " + x.shape() + " has no elements to choose from");
        }
        FloatArray dense = Views.dense(x);
        return K.argmax(x.size(), dense.data("argmax"), dense.offset);
    }

    static int[] argmax(FloatArray x, int axis) {
        int along = Shapes.axis("argmax", x.shape(), axis);
        int n = x.shape().dim(along);
        int[] result = new int[x.shape().reduce(false, along).size()];
        if (n == 0 && result.length > 0) {
            throw new IllegalArgumentException("argmax: " + x.shape() + " has nothing along axis " + axis);
        }
        FloatArray dense = Views.dense(toLast(x, along));
        float[] data = dense.data("argmax");
        for (int i = 0; i < result.length; i++) {
            result[i] = K.argmax(n, data, dense.offset + i * n);
        }
        return result;
    }

    // ---- along one axis

    static FloatArray softmax(FloatArray x, int axis) {
        return map(K::softmax, x, Shapes.axis("softmax", x.shape(), axis));
    }

    static FloatArray logSoftmax(FloatArray x, int axis) {
        return map(K::logSoftmax, x, Shapes.axis("logSoftmax", x.shape(), axis));
    }

    static FloatArray logSumExp(FloatArray x, boolean keepDims, int axis) {
        int along = Shapes.axis("logSumExp", x.shape(), axis);
        return runs(K::logSumExp, toLast(x, along), x.shape().reduce(keepDims, along));
    }

    static FloatArray cumsum(FloatArray x, boolean fromEnd, int axis) {
        int along = Shapes.axis("cumsum", x.shape(), axis);
        FloatArray dense = Views.dense(x);
        float[] data = dense.data("cumsum");
        float[] y = Workspace.storage(x.size());
        if (y.length > 0) {
            int rows = x.shape().dim(along);
            int n = x.shape().sharedStrides()[along];
            double[] sums = new double[n];
            for (int at = 0; at < y.length; at += rows * n) {
                if (n == 1) {
                    runningSum(rows, data, dense.offset + at, fromEnd, y, at);
                } else {
                    runningSums(rows, n, data, dense.offset + at, fromEnd, sums, y, at);
                }
            }
        }
        return FloatArray.result(y, x.shape());
    }

    private static void runningSum(int n, float[] x, int xo, boolean fromEnd, float[] y, int yo) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            int at = fromEnd ? n - 1 - i : i;
            sum += x[xo + at];
            y[yo + at] = (float) sum;
        }
    }

    /** The running sums of rows of n. */
    private static void runningSums(
            int rows, int n, float[] x, int xo, boolean fromEnd, double[] sums, float[] y, int yo) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < rows; i++) {
            int row = (fromEnd ? rows - 1 - i : i) * n;
            for (int j = 0; j < n; j++) {
                sums[j] += x[xo + row + j];
                y[yo + row + j] = (float) sums[j];
            }
        }
    }

    private static FloatArray map(Map map, FloatArray x, int axis) {
        int n = x.shape().dim(axis);
        FloatArray dense = Views.dense(toLast(x, axis));
        float[] data = dense.operand();
        float[] y = Workspace.storage(x.size());
        rows(n == 0 ? 0 : y.length / n, n, (first, count) -> {
            for (int i = first; i < first + count; i++) {
                map.run(n, data, dense.offset + i * n, y, i * n);
            }
        });
        return Views.dense(move(FloatArray.result(y, dense.shape()), x.rank() - 1, axis));
    }

    /** The array with one axis moved behind the others, whose order stays: a view. */
    private static FloatArray toLast(FloatArray x, int axis) {
        return move(x, axis, x.rank() - 1);
    }

    private static FloatArray move(FloatArray x, int from, int to) {
        if (from == to) {
            return x;
        }
        int[] order = new int[x.rank()];
        for (int i = 0, next = 0; i < order.length; i++) {
            next += next == from ? 1 : 0;
            order[i] = i == to ? from : next++;
        }
        return x.transpose(order);
    }
}
