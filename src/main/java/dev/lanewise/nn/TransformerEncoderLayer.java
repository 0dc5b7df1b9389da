package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a transformer's encoder: attention over the positions, then two linear layers with a {@link Gelu} between
 * them for each position alone, both added to what they started from. Inputs and outputs have the shape
 * {@code batch x length x width}; masks are those of {@link MultiHeadAttention}.
 *
 * <p>With the normalization last, as in BERT (Devlin and others, 2019), it is
 *
 * <pre>
 *     y = attentionNorm(x + attention(x))
 *     z = outputNorm(y + narrow(gelu(widen(y))))
 * </pre>
 *
 * and with the normalization first (Xiong and others, <i>On layer normalization in the transformer architecture</i>, 2020)
 *
 * <pre>
 *     y = x + attention(attentionNorm(x))
 *     z = y + narrow(gelu(widen(outputNorm(y))))
 * </pre>
 *
 * What is added may be dropped out first, in train mode.
 */
public final class TransformerEncoderLayer implements Layer {

    private final MultiHeadAttention attention;
    private final LayerNorm attentionNorm;
    private final Linear widen;
    private final Linear narrow;
    private final LayerNorm outputNorm;
    private final boolean normFirst;
    private final Dropout attentionDropout;
    private final Dropout outputDropout;
    private final SequencedMap<String, Layer> children;

    private TransformerEncoderLayer(
            MultiHeadAttention attention,
            LayerNorm attentionNorm,
            Linear widen,
            Linear narrow,
            LayerNorm outputNorm,
            boolean normFirst,
            Dropout attentionDropout,
            Dropout outputDropout) {
        int width = attention.width();
        if (attentionNorm.width() != width || outputNorm.width() != width) {
            throw new IllegalArgumentException("encoder layer: " + attention + " with " + attentionNorm + " and "
                    + outputNorm + ", which are not of one width");
        }
        if (widen.in() != width || narrow.in() != widen.out() || narrow.out() != width) {
            throw new IllegalArgumentException("encoder layer: " + widen + " and " + narrow
                    + " do not lead from the width " + width + " and back to it");
        }
        this.attention = attention;
        this.attentionNorm = attentionNorm;
        this.widen = widen;
        this.narrow = narrow;
        this.outputNorm = outputNorm;
        this.normFirst = normFirst;
        this.attentionDropout = attentionDropout;
        this.outputDropout = outputDropout;
        SequencedMap<String, Layer> named = new LinkedHashMap<>();
        named.put("attention", attention);
        named.put("attentionDropout", attentionDropout);
        named.put("attentionNorm", attentionNorm);
        named.put("widen", widen);
        named.put("narrow", narrow);
        named.put("outputDropout", outputDropout);
        named.put("outputNorm", outputNorm);
        this.children = Collections.unmodifiableSequencedMap(named);
        nameParameters();
    }

    /**
     * A layer of the given ones, with the normalization last and no dropout of its own.
     *
     * @param widen {@code width} to any number of hidden features
     * @param narrow back to {@code width}
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static TransformerEncoderLayer of(
            MultiHeadAttention attention, LayerNorm attentionNorm, Linear widen, Linear narrow, LayerNorm outputNorm) {
        return new TransformerEncoderLayer(
                attention, attentionNorm, widen, narrow, outputNorm, false, new Dropout(0, 0), new Dropout(0, 0));
    }

    /**
     * A new layer, with the weights of {@link Linear#xavier} and an eps of 1e-5.
     *
     * @param hidden the number of features between the two linear layers; usually {@code 4 · width}
     * @throws IllegalArgumentException if the heads do not divide the width
     */
    public static TransformerEncoderLayer xavier(int width, int heads, int hidden, RandomGenerator random) {
        return of(
                MultiHeadAttention.xavier(width, heads, random),
                LayerNorm.of(width, 1e-5f),
                Linear.xavier(width, hidden, random),
                Linear.xavier(hidden, width, random),
                LayerNorm.of(width, 1e-5f));
    }

    /**
     * The same layers with the normalization first.
     *
     * @return another layer, that shares the parameters
     */
    public TransformerEncoderLayer normFirst() {
        return new TransformerEncoderLayer(
                attention, attentionNorm, widen, narrow, outputNorm, true, attentionDropout, outputDropout);
    }

    /**
     * The same layers with dropout at that rate, in train mode, of the weights of the attention and of both that is added.
     *
     * @return another layer, that shares the parameters
     * @throws IllegalArgumentException unless the rate is from 0 to 1
     */
    public TransformerEncoderLayer withDropout(float rate, long seed) {
        RandomGenerator seeds = new SplittableRandom(seed);
        return new TransformerEncoderLayer(
                attention.withDropout(rate, seeds.nextLong()),
                attentionNorm,
                widen,
                narrow,
                outputNorm,
                normFirst,
                new Dropout(rate, seeds.nextLong()),
                new Dropout(rate, seeds.nextLong()));
    }

    /** The number of features of a position. */
    public int width() {
        return attention.width();
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
        if (x.rank() != 3 || x.shape().dim(2) != width()) {
            throw new IllegalArgumentException(
                    this + ": the input has shape " + x.shape() + ", not batch x length x " + width());
        }
        if (normFirst) {
            AdjointArray y = x.add(attentionDropout.forward(attention.forward(attentionNorm.forward(x), mask)));
            return y.add(outputDropout.forward(feedForward(outputNorm.forward(y))));
        }
        AdjointArray y = attentionNorm.forward(x.add(attentionDropout.forward(attention.forward(x, mask))));
        return outputNorm.forward(y.add(outputDropout.forward(feedForward(y))));
    }

    private AdjointArray feedForward(AdjointArray y) {
        return narrow.forward(widen.forward(y).gelu());
    }

    /**
     * The output under a mask, with nothing recorded.
     *
     * @throws IllegalArgumentException if the input's shape or the mask's does not fit
     */
    public FloatArray infer(FloatArray x, @Nullable FloatArray mask) {
        return forward(AdjointArray.volatileOf(x), mask).value();
    }

    @Override
    public String toString() {
        return "encoder layer " + width() + " by " + widen.out() + " in " + attention.heads() + " heads"
                + (normFirst ? ", norm first" : "");
    }
}
