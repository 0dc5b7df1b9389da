package dev.lanewise.bench.engine;

import dev.lanewise.demo.onnx.OnnxWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The sentence encoder on libtorch's functions, with its fused attention, weights stored as outputs x inputs, as its own linear
 * layers have them. Each intermediate result is freed as soon as a Python program would free it.
 */
final class LibtorchEncoder {

    private static final int LAYERS = MiniLm.LAYERS;
    private static final int HEADS = MiniLm.HEADS;
    private static final int WIDTH = MiniLm.WIDTH;

    private final OnnxWeights weights;

    /** What is trained where nothing is frozen: of the embeddings, then of each layer. */
    private final List<List<Tensor>> parameters = new ArrayList<>();

    private final Tensor words;
    private final Tensor positions;
    private final Tensor types;
    private final Norm norm;
    private final List<Layer> layers = new ArrayList<>();

    private final int batch;
    private final int length;
    private final Tensor ids;
    private final Tensor places;
    private final Tensor type;
    private final Tensor mask;

    private final Scalar one = new Scalar(1);
    private final Scalar large = new Scalar(1e30f);
    private final DoubleOptional usualScale = new DoubleOptional();

    private LibtorchEncoder(Sentences sentences) {
        Libtorch.useOneThread();
        weights = read();
        parameters.add(new ArrayList<>());
        words = table("word");
        positions = table("position");
        types = table("token_type");
        norm = norm("embeddings.LayerNorm");
        for (int i = 0; i < LAYERS; i++) {
            parameters.add(new ArrayList<>());
            layers.add(layer("encoder.layer." + i + "."));
        }
        batch = sentences.batch();
        length = sentences.length();
        ids = Libtorch.tensor(sentences.flat()).view(batch, length);
        places = Libtorch.tensor(IntStream.range(0, length).toArray());
        type = Libtorch.tensor(new int[1]);
        float[] seen = new float[batch * length];
        Arrays.fill(seen, 1);
        mask = Libtorch.tensor(seen, batch, 1, 1, length);
    }

    /** The tokens' vectors, with nothing recorded. */
    @SuppressWarnings("resource") // the mode is this thread's from here on
    static Call infer(Sentences sentences) {
        LibtorchEncoder encoder = new LibtorchEncoder(sentences);
        new InferenceMode(true);
        return new LibtorchCall(() -> encoder.through(encoder.embedded(), 0, LAYERS));
    }

    /** One step of plain descent. */
    static Call step(EncoderTask task) {
        return new Step(new LibtorchEncoder(task.sentences()), task);
    }

    // ---- its weights

    private static OnnxWeights read() {
        try (InputStream file = MiniLm.open()) {
            return OnnxWeights.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tensor parameter(float[] numbers, long... sizes) {
        Tensor tensor = Libtorch.tensor(numbers, sizes);
        parameters.getLast().add(tensor);
        return tensor;
    }

    private Tensor table(String name) {
        float[] numbers =
                weights.get("embeddings." + name + "_embeddings.weight").toArray();
        return parameter(numbers, numbers.length / WIDTH, WIDTH);
    }

    private Norm norm(String name) {
        Tensor gain = parameter(weights.get(name + ".weight").toArray(), WIDTH);
        Tensor bias = parameter(weights.get(name + ".bias").toArray(), WIDTH);
        return new Norm(new TensorOptional(gain), new TensorOptional(bias));
    }

    private Linear linear(String name, int in, int out) {
        float[] matrix = weights.matrixBefore(name + ".bias").toArray();
        Tensor weight = parameter(Numbers.transposed(matrix, in, out), out, in);
        Tensor bias = parameter(weights.get(name + ".bias").toArray(), out);
        return new Linear(weight, new TensorOptional(bias));
    }

    private Layer layer(String name) {
        return new Layer(
                linear(name + "attention.self.query", WIDTH, WIDTH),
                linear(name + "attention.self.key", WIDTH, WIDTH),
                linear(name + "attention.self.value", WIDTH, WIDTH),
                linear(name + "attention.output.dense", WIDTH, WIDTH),
                norm(name + "attention.output.LayerNorm"),
                linear(name + "intermediate.dense", WIDTH, 4 * WIDTH),
                linear(name + "output.dense", 4 * WIDTH, WIDTH),
                norm(name + "output.LayerNorm"));
    }

    private record Linear(Tensor weight, TensorOptional bias) {

        Tensor of(Tensor x) {
            return torch.linear(x, weight, bias);
        }
    }

    private record Norm(TensorOptional gain, TensorOptional bias) {

        Tensor of(Tensor x) {
            return torch.layer_norm(x, new long[] {WIDTH}, gain, bias, MiniLm.EPS, false);
        }

        /** Of the sum of both; the second is freed. */
        Tensor ofSum(Tensor x, Tensor change) {
            try (change;
                    Tensor sum = x.add(change)) {
                return of(sum);
            }
        }
    }

    private record Layer(
            Linear query,
            Linear key,
            Linear value,
            Linear out,
            Norm attentionNorm,
            Linear widen,
            Linear narrow,
            Norm outputNorm) {}

    // ---- its parts

    private Tensor embedded() {
        try (Tensor word = torch.embedding(words, ids);
                Tensor position = torch.embedding(positions, places);
                Tensor kind = torch.embedding(types, type)) {
            return norm.ofSum(word, position.add(kind));
        }
    }

    /** Through some of the layers; what goes in is freed. */
    private Tensor through(Tensor x, int from, int to) {
        try (Tensor unseen = mask.sub(one);
                Tensor hidden = unseen.mul(large);
                TensorOptional added = new TensorOptional(hidden)) {
            Tensor y = x;
            for (Layer layer : layers.subList(from, to)) {
                try (Tensor before = y;
                        Tensor middle = layer.attentionNorm.ofSum(before, attention(layer, before, added))) {
                    y = layer.outputNorm.ofSum(middle, feedForward(layer, middle));
                }
            }
            return y;
        }
    }

    private Tensor attention(Layer layer, Tensor x, TensorOptional added) {
        try (Tensor joined = joined(layer, x, added)) {
            return layer.out.of(joined);
        }
    }

    private Tensor joined(Layer layer, Tensor x, TensorOptional added) {
        try (Tensor query = heads(layer.query, x);
                Tensor key = heads(layer.key, x);
                Tensor value = heads(layer.value, x);
                Tensor mixed =
                        torch.scaled_dot_product_attention(query, key, value, added, 0, false, usualScale, false);
                Tensor back = mixed.transpose(1, 2)) {
            return back.reshape(batch, length, WIDTH);
        }
    }

    private Tensor heads(Linear linear, Tensor x) {
        try (Tensor columns = linear.of(x);
                Tensor split = columns.view(batch, length, HEADS, WIDTH / HEADS)) {
            return split.transpose(1, 2);
        }
    }

    private static Tensor feedForward(Layer layer, Tensor x) {
        try (Tensor active = active(layer, x)) {
            return layer.narrow.of(active);
        }
    }

    private static Tensor active(Layer layer, Tensor x) {
        try (Tensor wide = layer.widen.of(x)) {
            return torch.gelu(wide);
        }
    }

    // ---- its training

    private static final class Step implements Call {

        private final LibtorchEncoder encoder;
        private final EncoderTask task;
        private final Linear head;
        private final List<Tensor> trained = new ArrayList<>();
        private final Tensor labels;
        private final Tensor shares;
        private final FirstLosses losses = new FirstLosses();
        private final ScalarOptional two = new ScalarOptional(new Scalar(2));
        private final Scalar downhill;

        Step(LibtorchEncoder encoder, EncoderTask task) {
            this.encoder = encoder;
            this.task = task;
            float[] weight = Numbers.transposed(task.head(), WIDTH, EncoderTask.CLASSES);
            Tensor headWeight = Libtorch.tensor(weight, EncoderTask.CLASSES, WIDTH);
            Tensor headBias = Libtorch.tensor(new float[EncoderTask.CLASSES], EncoderTask.CLASSES);
            head = new Linear(headWeight, new TensorOptional(headBias));
            int from = task.frozen() == 0 ? 0 : 1 + task.frozen();
            encoder.parameters.subList(from, 1 + LAYERS).forEach(trained::addAll);
            trained.addAll(List.of(headWeight, headBias));
            trained.forEach(each -> each.requires_grad_(true));
            labels = Libtorch.tensor(task.labels());
            downhill = new Scalar(-task.rate());
            shares = encoder.mask.view(encoder.batch, encoder.length, 1).div(new Scalar((float) encoder.length));
        }

        @Override
        public Object run() {
            try (Tensor vectors = vectors();
                    Tensor logits = head.of(vectors);
                    Tensor loss = torch.cross_entropy_loss(logits, labels)) {
                loss.backward();
                trained.forEach(each -> Libtorch.descend(each, downhill));
                return losses.add(loss.item_float());
            }
        }

        /** The mean of each sentence's tokens, scaled to length 1. */
        private Tensor vectors() {
            try (Tensor tokens = encoder.through(frozenPart(), task.frozen(), LAYERS);
                    Tensor parts = tokens.mul(shares);
                    Tensor mean = parts.sum(1);
                    Tensor size = mean.norm(two, new long[] {1}, true)) {
                return mean.div(size);
            }
        }

        private Tensor frozenPart() {
            if (task.frozen() == 0) {
                return encoder.embedded();
            }
            try (NoGradGuard _ = new NoGradGuard()) {
                return encoder.through(encoder.embedded(), 0, task.frozen());
            }
        }

        @Override
        public float[] result() {
            return losses.first();
        }
    }
}
