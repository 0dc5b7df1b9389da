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
 * dimension, and a dimension of 1 (or a missing one) is repeated. Axes may be negative and then count from the end;
 * where a list of axes is empty, all axes are meant. Every operation throws {@link IllegalArgumentException} for
 * shapes, axes or arguments that do not fit, naming the operation and the shapes.
 *
 * @param <A> the type itself
 */
public interface ArrayOps<A extends ArrayOps<A>> extends ProductOps<A> {

    /** The arrays one after the other along an existing axis; all other lengths are equal. */
    static <A extends ArrayOps<A>> A concat(int axis, List<A> arrays) {
        Shapes.requireSome("concat", arrays);
        return arrays.getFirst().append(axis, arrays.subList(1, arrays.size()));
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
