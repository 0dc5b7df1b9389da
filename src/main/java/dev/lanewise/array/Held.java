package dev.lanewise.array;

/**
 * What an array of any kind holds.
 *
 * <p>The interfaces {@code Held}, {@link ElementwiseOps}, {@link ReductionOps}, {@link ShapeOps}, {@link ProductOps},
 * {@link NeuralOps} and {@link ArrayOps} are one surface, cut up by topic to be read: each extends the one before, so that what it makes of
 * other operations can use those. Users see {@code ArrayOps} alone, on whose page all of them stand.
 *
 * @param <A> the type of the array itself
 */
interface Held<A extends ArrayOps<A>> {

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
