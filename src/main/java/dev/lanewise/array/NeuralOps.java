package dev.lanewise.array;

/**
 * What layers of networks are made of: a part of {@link ArrayOps}.
 *
 * @param <A> the type of the array itself
 */
public sealed interface NeuralOps<A extends ArrayOps<A>> extends ProductOps<A> permits ArrayOps {

    // ---- normalization and noise

    /**
     * This shifted and scaled to mean 0 and variance 1 over the given axes: {@code (x - mean) / sqrt(variance + eps)}, with
     * the population variance (Ba, Kiros and Hinton, <i>Layer normalization</i>, 2016). Where the variance would overflow,
     * the deviations are scaled first. Throws for an eps that is negative or not finite.
     */
    A layerNorm(float eps, int... axes);

    /** The same, then multiplied by {@code gain}, plus {@code bias}, which both broadcast to this. */
    default A layerNorm(A gain, A bias, float eps, int... axes) {
        Shapes.requireBroadcastTo("layerNorm", Shapes.given("layerNorm", gain).shape(), shape());
        Shapes.requireBroadcastTo("layerNorm", Shapes.given("layerNorm", bias).shape(), shape());
        return layerNorm(eps, axes).mul(gain).add(bias);
    }

    /**
     * This with each element set to 0 with probability {@code rate}, and the others multiplied by {@code 1 / (1 - rate)}, so
     * that the expected value stays (Srivastava and others, <i>Dropout</i>, 2014).
     *
     * <p>What is dropped depends on the seed and the position alone: element i, in row-major order, stays if the i-th number
     * of {@link java.util.SplittableRandom} of that seed, its upper 24 bits taken for a fraction, is at least the rate. So
     * the same seed drops the same positions again, on any machine, in any number of threads and under a checkpoint; take
     * another for every layer and step. The gradient works the choice out once more instead of keeping it.
     */
    A dropout(float rate, long seed);

    /** The rows of this table, {@code count x width}, for one list of row numbers: {@code length x width}. */
    default A embedding(int[] rows) {
        Moves.requireTable(shape(), rows);
        return gather(rows);
    }

    /**
     * The rows of this table, {@code count x width}, for batches of row numbers of equal length: {@code batch x length x
     * width}. It is one {@link #gather} of all of them, under another shape; the gradient of a row that was taken more than
     * once is the sum.
     */
    default A embedding(int[]... batch) {
        int[] rows = Shapes.joined("embedding", batch);
        Moves.requireTable(shape(), rows);
        return gather(rows).reshape(batch.length, batch.length == 0 ? 0 : batch[0].length, shape().dim(1));
    }

    // ---- what classification makes small

    /**
     * The mean over the rows, {@code examples x classes}, of {@code -logSoftmax(this)[label]}, a scalar: one pass that writes
     * one number a row. Rows may be of any size, nothing overflows. Its derivative, the softmax less 1 at the label, is worked
     * out from this, which a graph keeps.
     *
     * @param labels the class of each row, from 0
     * @throws IllegalArgumentException for another rank than 2, no rows, another number of labels, or a label that is not
     *     one of the classes
     */
    A crossEntropy(int... labels);

    /**
     * {@code g (softmax(this) - 1 at the label) / examples}, row by row: the scalar g times the derivative of {@link
     * #crossEntropy}, in this array's shape.
     *
     * @throws IllegalArgumentException as {@link #crossEntropy}, or if g is not a scalar
     */
    A crossEntropyGradient(A g, int... labels);

    // ---- windows over the last two dimensions

    /**
     * All that a window sees in all its places: {@code … x height x width} becomes {@code … x rows x columns x down x
     * right}, the size of the window and then the places where it stands, padding with zeros. On plain arrays this is a view
     * (of a padded copy, if there is padding), in which elements stand as often as they are seen: <b>to compute with it
     * makes a copy, about {@code rows * columns / stride²} times the size of this.</b>
     */
    A unfold(Window window);

    /**
     * The sum, at each position of {@code … x height x width}, of what stands for it in an unfolded array: the transpose of
     * {@link #unfold}.
     */
    A fold(int height, int width, Window window);

    /** As {@link #conv2d(ArrayOps, Window, int)}, in one group. */
    default A conv2d(A filters, Window window) {
        return conv2d(filters, window, 1);
    }

    /**
     * The convolution of networks, a sum of products without turning the filters round: images {@code n x c x height x
     * width} by filters {@code o x c/groups x rows x columns} of the window's size to {@code n x o x down x right}, padded
     * with zeros. In groups the channels and filters are divided in their order, and each group sees its own channels. A
     * bias of o elements is added as {@code add(bias.reshape(o, 1, 1))}.
     *
     * <p>It is a matrix product with {@link #unfold unfolded} images, a few of which are unfolded at a time, up to 4 MB or
     * one image; its derivative unfolds as much as 64 MB or one image. What a graph keeps are the images and filters.
     */
    A conv2d(A filters, Window window, int groups);

    /**
     * The largest element that a window sees in each of its places, which are next to each other unless the window has a
     * {@link Window#stride(int) stride} (PyTorch's pooling moves on by its whole size): {@code … x height x width} to {@code … x down x right};
     * NaN where it sees one. Padding is never seen; it is refused if in some place nothing else is. Derivative: to the first
     * of the largest, as PyTorch has it (and unlike {@link #max}, which shares). A graph keeps one position for each result.
     */
    default A maxPool2d(Window window) {
        Shape pooled = Windows.pooled("maxPool2d", shape(), window);
        int[] positions = Windows.largest(value(), window);
        return reshape(Windows.flat(shape()))
                .gatherAlong(-1, pooled.dim(-2) * pooled.dim(-1), positions)
                .reshape(pooled);
    }

    /**
     * The mean of what a window sees in each of its places (as many as {@link #maxPool2d} has), the zeros of the padding
     * included, from {@link #unfold}.
     */
    default A avgPool2d(Window window) {
        Windows.pooled("avgPool2d", shape(), window);
        return unfold(window).mean(-4, -3);
    }
}
