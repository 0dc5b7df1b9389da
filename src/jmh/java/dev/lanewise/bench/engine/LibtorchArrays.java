package dev.lanewise.bench.engine;

import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What libtorch's tensors are measured on, beside products. */
final class LibtorchArrays {

    private LibtorchArrays() {}

    /** One operation by its name, of one operand or two, with nothing recorded. */
    @SuppressWarnings("resource") // the mode is this thread's from here on
    static Call operation(String name, float[] first, float[] second) {
        Libtorch.useOneThread();
        new InferenceMode(true);
        Tensor x = Libtorch.tensor(first, first.length);
        Tensor y = Libtorch.tensor(second, second.length);
        return new LibtorchCall(
                switch (name) {
                    case "add" -> () -> torch.add(x, y);
                    case "mul" -> () -> torch.mul(x, y);
                    case "relu" -> () -> torch.relu(x);
                    case "exp" -> () -> torch.exp(x);
                    case "tanh" -> () -> torch.tanh(x);
                    case "sigmoid" -> () -> torch.sigmoid(x);
                    case "sum" -> () -> torch.sum(x);
                    case "softmax" -> () -> torch.softmax(x, 0);
                    default -> throw new IllegalArgumentException("no operation " + name);
                });
    }

    /** One operation of matrices that are views. */
    @SuppressWarnings("resource") // the mode is this thread's from here on
    static Call ofViews(Viewed v) {
        Libtorch.useOneThread();
        new InferenceMode(true);
        Tensor x = v.view() == Viewed.View.BOTH_TRANSPOSED
                ? Libtorch.tensor(v.first(), v.columns(), v.rows()).t()
                : Libtorch.tensor(v.first(), v.rows(), v.columns());
        Tensor stored = Libtorch.tensor(v.second(), v.storedRows(), v.storedColumns());
        Tensor y = switch (v.view()) {
            case CONTIGUOUS, BROADCAST_ROW, BROADCAST_COLUMN -> stored;
            case TRANSPOSED, BOTH_TRANSPOSED -> stored.t();
            case COLUMN_RANGE -> stored.narrow(1, Viewed.MARGIN, v.columns());
            case EVERY_SECOND_ROW -> stored.slice(0, new LongOptional(0), new LongOptional(2L * v.rows()), 2);
        };
        return new LibtorchCall(
                switch (v.op()) {
                    case "add" -> () -> torch.add(x, y);
                    case "relu" -> () -> torch.relu(y);
                    case "exp" -> () -> torch.exp(y);
                    default -> throw v.unknown();
                });
    }

    /** Forward through a chain of recorded operations on one element, and back: the gradient. */
    static Call chain(Chain chain) {
        Libtorch.useOneThread();
        Tensor leaf = Libtorch.tensor(new float[] {chain.start()}, 1).requires_grad_(true);
        Tensor factor = Libtorch.tensor(new float[] {chain.factor()}, 1);
        Tensor term = Libtorch.tensor(new float[] {chain.term()}, 1);
        int length = chain.length();
        return new LibtorchCall(() -> {
            leaf.mutable_grad().reset();
            Tensor x = leaf;
            for (int i = 0; i < length; i++) {
                Tensor next = switch (i % 3) {
                    case 0 -> x.mul(factor);
                    case 1 -> x.add(term);
                    default -> x.tanh();
                };
                if (i > 0) {
                    x.close(); // the graph keeps what it needs
                }
                x = next;
            }
            x.backward();
            x.close();
            return leaf.grad();
        });
    }
}
