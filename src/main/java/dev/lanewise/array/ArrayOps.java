package dev.lanewise.array;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations of an array, whatever it carries beside its numbers: {@link FloatArray} carries nothing, a dual array
 * a tangent, an adjoint array the closures that pull gradients back. A function written as
 *
 * <pre>{@code
 * static <A extends ArrayOps<A>> A layer(A x, A w, A b) {
 *     return x.matmul(w).add(b).relu();
 * }
 * }</pre>
 *
 * runs on all three.
 *
 * <p>No operation changes its operands. Binary operations broadcast as NumPy does: shapes are aligned at their last
 * dimension, and a dimension of 1 (or a missing one) is repeated, to a length of 0 too: then its gradient is 0. Axes may be
 * negative and then count from the end; where a list of axes is empty, all axes are meant. Every operation throws
 * {@link IllegalArgumentException} for shapes, axes or arguments that do not fit, naming the operation and the shapes.
 *
 * <p>The operations stand in the interfaces that this one extends, one for each topic: {@link ElementwiseOps}, {@link
 * ReductionOps}, {@link ShapeOps}, {@link ProductOps} and {@link NeuralOps}; what an array is, in {@link AnyArray}. Each
 * extends the one before, so that what it makes of other operations can use those. Functions should be written over this
 * one alone.
 *
 * @param <A> the type itself
 */
public non-sealed interface ArrayOps<A extends ArrayOps<A>> extends NeuralOps<A> {

    /**
     * Sums of products by labelled axes, as NumPy's {@code einsum}: a term of letters for each array, separated by commas,
     * each letter an axis; axes with one letter have one length (or 1, and are repeated), and are multiplied at equal
     * positions. {@code "ij,jk->ik"} is the matrix product, {@code "bij,bjk->bik"} one for each b.
     *
     * <p>After the arrow stand the letters of the result, each once; over all others is summed. Without an arrow the
     * result has the letters that stand once, in alphabetical order (capitals first). A letter that a term repeats takes
     * the diagonal: {@code "ii->i"}, and {@code "ii"} is the trace. {@code ...} stands for any number of axes, which
     * broadcast, and which are summed if the result after an arrow does not have them. Spaces do not count.
     *
     * <p>Several arrays are multiplied from left to right, each time by one batched {@link #matmul} (or elementwise, if
     * nothing is to be summed), so put first what makes the small results. An operand whose summed axes are not in one
     * piece is copied for that. Throws {@link IllegalArgumentException} for terms that do not fit the arrays.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, and not kept
    static <A extends ArrayOps<A>> A einsum(String subscripts, A... arrays) {
        for (A array : arrays) {
            Shapes.given("einsum", array);
        }
        return new Einsum<>(Shapes.given("einsum", subscripts), List.of(arrays)).result();
    }

    /** The arrays one after the other along an existing axis; all other lengths are equal. */
    static <A extends ArrayOps<A>> A concat(int axis, List<A> arrays) {
        Shapes.requireSome("concat", arrays);
        return Shapes.given("concat", arrays.getFirst()).append(axis, arrays.subList(1, arrays.size()));
    }

    /** The arrays, all of one shape, side by side along a new axis at the given place of the result. */
    static <A extends ArrayOps<A>> A stack(int axis, List<A> arrays) {
        Shapes.requireSame("stack", arrays);
        Shapes.requireNewAxis("stack", arrays.getFirst().shape(), axis);
        List<A> slabs = new ArrayList<>(arrays.size());
        for (A array : arrays) {
            slabs.add(array.unsqueeze(axis));
        }
        return concat(axis, slabs);
    }
}
