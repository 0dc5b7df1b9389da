package dev.lanewise.bench.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The classifier on libtorch's functions, weights stored as outputs x inputs, as its own linear layers have them. */
final class LibtorchMlp {

    private final List<Tensor> weights = new ArrayList<>();
    private final List<Tensor> biases = new ArrayList<>();
    private final Tensor x;

    private LibtorchMlp(Mlp mlp) {
        Libtorch.useOneThread();
        x = Libtorch.tensor(mlp.x(), mlp.batch(), Mlp.SIZES[0]);
        for (int i = 0; i < Mlp.LAYERS; i++) {
            int in = Mlp.SIZES[i];
            int out = Mlp.SIZES[i + 1];
            weights.add(Libtorch.tensor(Numbers.transposed(mlp.weights().get(i), in, out), out, in));
            biases.add(Libtorch.tensor(new float[out], out));
        }
    }

    /** One step of plain descent, with the first layers frozen; the result is all weights, layer by layer. */
    static Call step(Mlp mlp, int frozen) {
        LibtorchMlp model = new LibtorchMlp(mlp);
        List<Tensor> trained = new ArrayList<>();
        for (int i = frozen; i < Mlp.LAYERS; i++) {
            trained.add(model.weights.get(i).requires_grad_(true));
            trained.add(model.biases.get(i).requires_grad_(true));
        }
        return new Step(model, trained, Libtorch.tensor(mlp.labels()), new Scalar(-Mlp.RATE));
    }

    /** The outputs for the batch, with nothing recorded. */
    @SuppressWarnings("resource") // the mode is this thread's from here on
    static Call infer(Mlp mlp) {
        LibtorchMlp model = new LibtorchMlp(mlp);
        new InferenceMode(true);
        return new LibtorchCall(model::forward);
    }

    private Tensor forward() {
        try (Tensor a = torch.linear(x, weights.get(0), biases.get(0));
                Tensor b = torch.relu(a);
                Tensor c = torch.linear(b, weights.get(1), biases.get(1));
                Tensor d = torch.relu(c)) {
            return torch.linear(d, weights.get(2), biases.get(2));
        }
    }

    private record Step(LibtorchMlp model, List<Tensor> trained, Tensor labels, Scalar downhill) implements Call {

        @Override
        public Object run() {
            try (Tensor logits = model.forward();
                    Tensor loss = torch.cross_entropy_loss(logits, labels)) {
                loss.backward();
                trained.forEach(each -> Libtorch.descend(each, downhill));
                return loss;
            }
        }

        @Override
        public float[] result() {
            float[][] all = new float[Mlp.LAYERS][];
            for (int i = 0; i < Mlp.LAYERS; i++) {
                float[] stored = Libtorch.numbers(model.weights.get(i));
                all[i] = Numbers.transposed(stored, Mlp.SIZES[i + 1], Mlp.SIZES[i]);
            }
            return Numbers.concat(all);
        }
    }
}
