package dev.lanewise.array;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rules of shapes and the one home of their errors, each of which names the operation and the shapes. */
final class Shapes {

    private Shapes() {}

    static String text(int[] dims) {
        return dims.length == 0
                ? "scalar"
                : IntStream.of(dims).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }

    /** The product of the lengths, refused where one is negative or an int cannot hold it. */
    static int size(int[] dims) {
        return size("shape", "", "", "", dims);
    }

    /** The same for the result of an operation on two things, which an error names. */
    static int size(String op, Object first, String joint, Object second, int[] dims) {
        long size = 1;
        boolean empty = false;
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException(
                        about(op, first, joint, second, dims) + ": length " + dim + " is negative");
            }
            empty |= dim == 0;
        }
        if (empty) {
            return 0;
        }
        for (int dim : dims) {
            size *= dim;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(about(op, first, joint, second, dims)
                        + " has more elements than an array can hold, " + Integer.MAX_VALUE);
            }
        }
        return (int) size;
    }

    private static String about(String op, Object first, String joint, Object second, int[] dims) {
        return joint.isEmpty()
                ? op + " " + text(dims)
                : op + ": " + first + joint + second + ": the result " + text(dims);
    }

    /** A length worked out, refused where an int cannot hold it. */
    static int length(String op, long length) {
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(op + ": a length of " + length + " is more than an array can have");
        }
        return (int) length;
    }

    /** An operand that is there. */
    static <A> A given(String op, @Nullable A operand) {
        if (operand == null) {
            throw new NullPointerException(op + ": an operand is null");
        }
        return operand;
    }

    // ---- axes

    static int axis(String op, Shape shape, int axis) {
        int rank = shape.rank();
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(
                    op + ": axis " + axis + " is out of range for " + shape + ", of rank " + rank);
        }
        return axis < 0 ? axis + rank : axis;
    }

    /** The place of an axis that is added, which is counted in the result. */
    static void requireNewAxis(String op, Shape shape, int axis) {
        int rank = shape.rank() + 1;
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(
                    op + ": axis " + axis + " is out of range for " + shape + ", whose result has rank " + rank);
        }
    }

    /** Marks the given axes; all if none is given. */
    static boolean[] axes(String op, Shape shape, int[] axes) {
        boolean[] marked = new boolean[shape.rank()];
        if (axes.length == 0) {
            Arrays.fill(marked, true);
        }
        for (int given : axes) {
            int axis = axis(op, shape, given);
            if (marked[axis]) {
                throw new IllegalArgumentException(op + ": axis " + axis + " of " + shape + " is named twice");
            }
            marked[axis] = true;
        }
        return marked;
    }

    /** The order of a transpose, counted from the start; reversed if none is given. */
    static int[] order(Shape shape, int[] order) {
        int rank = shape.rank();
        int[] result = new int[rank];
        if (order.length == 0) {
            for (int i = 0; i < rank; i++) {
                result[i] = rank - 1 - i;
            }
            return result;
        }
        if (order.length != rank) {
            throw new IllegalArgumentException("transpose: order " + Arrays.toString(order) + " has " + order.length
                    + " axes and " + shape + " has " + rank);
        }
        boolean[] seen = new boolean[rank];
        for (int i = 0; i < rank; i++) {
            int axis = axis("transpose", shape, order[i]);
            if (seen[axis]) {
                throw new IllegalArgumentException("transpose: order " + Arrays.toString(order) + " names axis " + axis
                        + " of " + shape + " twice");
            }
            seen[axis] = true;
            result[i] = axis;
        }
        return result;
    }

    // ---- broadcasting and reshaping

    static Shape broadcast(String op, Shape a, Shape b) {
        // The result is mostly one of the two, and then nothing need be made.
        if (b.expandsTo(a)) {
            return a;
        }
        if (a.expandsTo(b)) {
            return b;
        }
        int[] dims = new int[Math.max(a.rank(), b.rank())];
        int failed = broadcast(a.sharedDims(), b.sharedDims(), dims);
        if (failed >= 0) {
            throw new IllegalArgumentException(op + ": " + a + " and " + b + " do not broadcast: lengths "
                    + a.dim(failed - dims.length) + " and " + b.dim(failed - dims.length) + " differ");
        }
        return Shape.ofResult(op, a, " and ", b, dims);
    }

    /** The batch of a matrix product, whose error names the whole operands. */
    static Shape broadcastBatch(String op, Shape a, Shape b, Shape aBatch, Shape bBatch) {
        int[] dims = new int[Math.max(aBatch.rank(), bBatch.rank())];
        if (broadcast(aBatch.sharedDims(), bBatch.sharedDims(), dims) >= 0) {
            throw new IllegalArgumentException(
                    op + ": " + a + " by " + b + ": batches " + aBatch + " and " + bBatch + " do not broadcast");
        }
        return Shape.ofResult(op, a, " by ", b, dims);
    }

    /** Fills in the broadcast lengths; returns the axis where that fails, or -1. */
    private static int broadcast(int[] x, int[] y, int[] dims) {
        int rank = dims.length;
        for (int i = rank - 1; i >= 0; i--) {
            int j = i - rank + x.length;
            int k = i - rank + y.length;
            int p = j >= 0 ? x[j] : 1;
            int q = k >= 0 ? y[k] : 1;
            if (p != q && p != 1 && q != 1) {
                return i;
            }
            dims[i] = p == 1 ? q : p;
        }
        return -1;
    }

    static void requireBroadcastTo(String op, Shape from, Shape to) {
        if (!from.expandsTo(to)) {
            throw new IllegalArgumentException(op + ": " + from + " does not broadcast to " + to);
        }
    }

    static Shape resolve(Shape from, int[] dims) {
        int unknown = -1;
        long known = 1;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == -1 && unknown < 0) {
                unknown = i;
            } else if (dims[i] < 0) {
                throw new IllegalArgumentException("reshape: " + from + " to " + text(dims) + ": "
                        + (dims[i] == -1 ? "-1 stands twice" : "length " + dims[i] + " is negative"));
            } else {
                // Saturates: a product beyond int never fits, and must not wrap round into one that does.
                known = Math.min(known * dims[i], Integer.MAX_VALUE + 1L);
            }
        }
        if (unknown < 0) {
            requireSameSize("reshape", from, dims, from.size() == known);
            return Shape.of(dims);
        }
        if (known == 0) {
            throw new IllegalArgumentException(
                    "reshape: " + from + " to " + text(dims) + ": any length would do for -1, so none is chosen");
        }
        requireSameSize("reshape", from, dims, from.size() % known == 0);
        int[] result = dims.clone();
        result[unknown] = (int) (from.size() / known);
        return Shape.ofOwn(result);
    }

    private static void requireSameSize(String op, Shape from, int[] dims, boolean same) {
        if (!same) {
            throw new IllegalArgumentException(
                    op + ": " + from + " to " + text(dims) + ": " + from.size() + " elements do not fit");
        }
    }

    static void requireReshape(Shape from, Shape to) {
        requireSameSize("reshape", from, to.sharedDims(), from.size() == to.size());
    }

    static void requireSize(String op, int length, Shape shape) {
        if (length != shape.size()) {
            throw new IllegalArgumentException(
                    op + ": " + length + " numbers for shape " + shape + ", which has " + shape.size() + " elements");
        }
    }

    /** The numbers of lists of equal length, one list after the other. */
    static int[] joined(String op, int[]... lists) {
        int length = lists.length == 0 ? 0 : lists[0].length;
        int[] joined = new int[length(op, (long) lists.length * length)];
        for (int i = 0; i < lists.length; i++) {
            if (lists[i].length != length) {
                throw new IllegalArgumentException(
                        op + ": list " + i + " has " + lists[i].length + " numbers and list 0 has " + length);
            }
            System.arraycopy(lists[i], 0, joined, i * length, length);
        }
        return joined;
    }

    // ---- padding

    /** Where an array stands in one that is padded. */
    static Index[] padding(Shape shape, int[] beforeAndAfter) {
        if (beforeAndAfter.length % 2 != 0 || beforeAndAfter.length > 2 * shape.rank()) {
            throw new IllegalArgumentException("pad: " + beforeAndAfter.length + " widths for " + shape
                    + "; there are two, before and after, for each of at most " + shape.rank() + " dimensions");
        }
        Index[] window = new Index[beforeAndAfter.length / 2];
        for (int i = 0; i < window.length; i++) {
            int before = beforeAndAfter[2 * i];
            if (before < 0 || beforeAndAfter[2 * i + 1] < 0) {
                throw new IllegalArgumentException("pad: " + before + " before and " + beforeAndAfter[2 * i + 1]
                        + " after axis " + i + " of " + shape + ": a width is not negative");
            }
            window[i] = Index.range(before, length("pad", (long) before + shape.dim(i)));
        }
        return window;
    }

    /** The shape of an array that is padded. */
    static Shape padded(Shape shape, int[] beforeAndAfter) {
        int[] dims = shape.dims();
        for (int i = 0; 2 * i < beforeAndAfter.length; i++) {
            dims[i] = length("pad", (long) beforeAndAfter[2 * i] + dims[i] + beforeAndAfter[2 * i + 1]);
        }
        return Shape.ofResult("pad", shape, " by ", Arrays.toString(beforeAndAfter), dims);
    }

    // ---- ranks and equal shapes

    static void requireRank(String op, Shape shape, int rank) {
        if (shape.rank() != rank) {
            throw new IllegalArgumentException(op + ": " + shape + " has rank " + shape.rank() + ", not " + rank);
        }
    }

    static void requireMatrices(String op, Shape shape) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException(op + ": " + shape + " has no last two dimensions");
        }
    }

    static void requireRanks(String op, Shape a, int aRank, Shape b, int bRank) {
        if (a.rank() != aRank || b.rank() != bRank) {
            throw new IllegalArgumentException(op + ": " + a + " by " + b + ": ranks " + a.rank() + " and " + b.rank()
                    + ", not " + aRank + " and " + bRank);
        }
    }

    static void requireSame(String op, Shape a, Shape b) {
        if (!a.equals(b)) {
            throw new IllegalArgumentException(op + ": shapes " + a + " and " + b + " differ");
        }
    }

    static void requireSome(String op, List<?> arrays) {
        if (given(op, arrays).isEmpty()) {
            throw new IllegalArgumentException(op + ": no arrays");
        }
    }

    static <A extends ArrayOps<A>> void requireSame(String op, List<A> arrays) {
        requireSome(op, arrays);
        Shape first = given(op, arrays.getFirst()).shape();
        for (A array : arrays) {
            requireSame(op, first, given(op, array).shape());
        }
    }

    // ---- products

    static void requireDot(Shape a, Shape b) {
        requireRanks("dot", a, 1, b, 1);
        requireInner("dot", a, b, a.dim(0), b.dim(0));
    }

    static void requireBmm(Shape a, Shape b) {
        requireBmm("bmm", a, b);
    }

    static void requireBmm(String op, Shape a, Shape b) {
        requireRanks(op, a, 3, b, 3);
        if (a.dim(0) != b.dim(0)) {
            throw new IllegalArgumentException(
                    op + ": " + a + " by " + b + ": batches of " + a.dim(0) + " and " + b.dim(0) + " differ");
        }
        requireInner(op, a, b, a.dim(2), b.dim(1));
    }

    static void requireMm(String op, Shape a, Shape b) {
        requireRanks(op, a, 2, b, 2);
        requireInner(op, a, b, a.dim(1), b.dim(0));
    }

    static void requireLinear(Shape x, Shape weight, Shape bias) {
        if (x.rank() == 0 || weight.rank() != 2 || bias.rank() != 1 || bias.dim(0) != weight.dim(1)) {
            throw new IllegalArgumentException(
                    "linear: " + x + " by " + weight + " plus " + bias + ": not ... x in by in x out plus out");
        }
        requireInner("linear", x, weight, x.dim(-1), weight.dim(0));
    }

    /** Which axes are normalized over. */
    static boolean[] requireLayerNorm(Shape shape, float eps, int... axes) {
        boolean[] normalized = axes("layerNorm", shape, axes);
        if (!(eps >= 0 && eps <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "layerNorm: " + shape + " with an eps of " + eps + ": it is finite and not negative");
        }
        return normalized;
    }

    /** That logits are examples x classes, and that each example has a label, which is one of the classes. */
    static void requireLabels(String op, Shape logits, int... labels) {
        if (logits.rank() != 2) {
            throw new IllegalArgumentException(op + ": logits are examples x classes, and these have shape " + logits);
        }
        int examples = logits.dim(0);
        if (given(op, labels).length != examples || examples == 0) {
            throw new IllegalArgumentException(op + ": logits " + logits + " with " + labels.length
                    + (examples == 0 ? " labels: there is nothing to average" : " labels: each row needs one"));
        }
        for (int i = 0; i < examples; i++) {
            if (labels[i] < 0 || labels[i] >= logits.dim(1)) {
                throw new IllegalArgumentException(op + ": label " + labels[i] + " at " + i + " is not one of the "
                        + logits.dim(1) + " classes of logits " + logits);
            }
        }
    }

    static void requireInner(String op, Shape a, Shape b, int aInner, int bInner) {
        if (aInner != bInner) {
            throw new IllegalArgumentException(
                    op + ": " + a + " by " + b + ": inner sizes " + aInner + " and " + bInner + " differ");
        }
    }
}
