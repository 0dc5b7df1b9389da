package dev.lanewise.array;

/**
 * What an array of any kind holds: the root of {@link ArrayOps}.
 *
 * @param <A> the type of the array itself
 */
public sealed interface AnyArray<A extends ArrayOps<A>> permits ElementwiseOps {

    /** The numbers alone, without derivatives. */
    FloatArray value();

    /** The lengths of the dimensions. */
    default Shape shape() {
        return value().shape();
    }

    /** The number of dimensions; 0 for a scalar. */
    default int rank() {
        return shape().rank();
    }

    /** The number of elements. */
    default int size() {
        return shape().size();
    }

    /** The one element of an array of size 1, of any rank. Throws {@link IllegalArgumentException} for another size. */
    default float item() {
        return value().item();
    }

    /** An array of this kind with the given numbers and no derivative. */
    A lift(FloatArray value);
}
