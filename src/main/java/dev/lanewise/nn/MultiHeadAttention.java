package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention in several heads (Vaswani and others, <i>Attention is all you need</i>, 2017): each position of a sequence
 * becomes a mixture of all positions that it may see. Inputs and outputs have the shape {@code batch x length x width}.
 *
 * <p>Queries, keys and values are linear layers of the input, whose columns are the heads side by side. Heads are views, so
 * one batched product works out the scores of all heads of all examples.
 *
 * <p>A mask is an array of numbers, not 0 where a position may be seen. Its shape is {@code batch x length}, the same for
 * every position that looks (1 for words, 0 for padding), or {@code batch x length x length}, for each that looks its own row;
 * batch may be 1. What is not seen has no influence. A position that sees none becomes the bias of {@code out}, not NaN.
 */
public final class MultiHeadAttention implements Layer {

    private final int heads;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear out;
    private final Dropout dropout;
    private final SequencedMap<String, Layer> children;

    private MultiHeadAttention(int heads, Linear query, Linear key, Linear value, Linear out, Dropout dropout) {
        int width = query.in();
        if (heads < 1 || query.out() % heads != 0) {
            throw new IllegalArgumentException(
                    "attention: " + heads + " heads do not divide the " + query.out() + " columns of " + query);
        }
        if (key.in() != width || value.in() != width || key.out() != query.out() || value.out() != query.out()) {
            throw new IllegalArgumentException("attention: query is " + query + ", key " + key + " and value " + value
                    + ", which are not of one shape");
        }
        if (out.in() != query.out() || out.out() != width) {
            throw new IllegalArgumentException(
                    "attention: out is " + out + ", where query is " + query + ": it leads back to the width");
        }
        this.heads = heads;
        this.query = query;
        this.key = key;
        this.value = value;
        this.out = out;
        this.dropout = dropout;
        SequencedMap<String, Layer> named = new LinkedHashMap<>();
        named.put("query", query);
        named.put("key", key);
        named.put("value", value);
        named.put("dropout", dropout);
        named.put("out", out);
        this.children = Collections.unmodifiableSequencedMap(named);
        nameParameters();
    }

    /**
     * A layer of the given ones, all {@code width} to {@code width}; more exactly, query, key and value may have any one
     * number of outputs that the heads divide, which {@code out} takes back to the width.
     *
     * @throws IllegalArgumentException if they do not fit each other, or the heads do not divide the outputs
     */
    public static MultiHeadAttention of(int heads, Linear query, Linear key, Linear value, Linear out) {
        return new MultiHeadAttention(heads, query, key, value, out, new Dropout(0, 0));
    }

    /**
     * A new layer, with the weights of {@link Linear#xavier}, drawn in the order query, key, value, out.
     *
     * @throws IllegalArgumentException if the heads do not divide the width
     */
    public static MultiHeadAttention xavier(int width, int heads, RandomGenerator random) {
        return of(
                heads,
                Linear.xavier(width, width, random),
                Linear.xavier(width, width, random),
                Linear.xavier(width, width, random),
                Linear.xavier(width, width, random));
    }

    /**
     * The same layers, with some of the weights by which positions are mixed dropped in train mode.
     *
     * @return another layer, that shares the parameters
     * @throws IllegalArgumentException unless the rate is from 0 to 1
     */
    public MultiHeadAttention withDropout(float rate, long seed) {
        return new MultiHeadAttention(heads, query, key, value, out, new Dropout(rate, seed));
    }

    /** The number of features of a position. */
    public int width() {
        return query.in();
    }

    /** The number of heads. */
    public int heads() {
        return heads;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return children;
    }

    /** The output where every position may see every other. */
    @Override
    public AdjointArray forward(AdjointArray x) {
        return forward(x, null);
    }

    /**
     * The output under a mask.
     *
     * @param mask {@code batch x length} or {@code batch x length x length}, batch perhaps 1; null for none
     * @throws IllegalArgumentException if the input's shape or the mask's does not fit
     */
    public AdjointArray forward(AdjointArray x, @Nullable FloatArray mask) {
        Shape shape = x.shape();
        if (x.rank() != 3 || shape.dim(2) != width()) {
            throw new IllegalArgumentException(
                    this + ": the input has shape " + shape + ", not batch x length x " + width());
        }
        FloatArray perHead = mask == null ? null : perHead(mask, shape);
        AdjointArray mixed = Attention.attend(
                split(query.forward(x)), split(key.forward(x)), split(value.forward(x)), perHead, dropout::forward);
        return out.forward(mixed.transpose(0, 2, 1, 3).reshape(shape.dim(0), shape.dim(1), query.out()));
    }

    /**
     * The output under a mask, with nothing recorded.
     *
     * @throws IllegalArgumentException if the input's shape or the mask's does not fit
     */
    public FloatArray infer(FloatArray x, @Nullable FloatArray mask) {
        return forward(AdjointArray.volatileOf(x), mask).value();
    }

    /** From batch x length x columns to batch x heads x length x columns of a head: a view. */
    private AdjointArray split(AdjointArray x) {
        Shape shape = x.shape();
        return x.reshape(shape.dim(0), shape.dim(1), heads, shape.dim(2) / heads)
                .transpose(0, 2, 1, 3);
    }

    private FloatArray perHead(FloatArray mask, Shape input) {
        int batch = input.dim(0);
        int length = input.dim(1);
        Shape given = mask.shape();
        boolean fits = (mask.rank() == 2 || mask.rank() == 3 && given.dim(1) == length)
                && (given.dim(0) == batch || given.dim(0) == 1)
                && given.dim(-1) == length;
        if (!fits) {
            throw new IllegalArgumentException(this + ": the mask has shape " + given + " for an input of shape "
                    + input + ", not batch x length or batch x length x length");
        }
        return mask.rank() == 2 ? mask.reshape(given.dim(0), 1, 1, length) : mask.unsqueeze(1);
    }

    @Override
    public String toString() {
        return "attention " + width() + " in " + heads + " heads";
    }
}
