package dev.lanewise.bench.engine;

import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Steps of an optimizer of libtorch's C++ interface, whose gradient stays. */
record LibtorchUpdate(Tensor weights, Optimizer optimizer) implements Call {

    static Call of(Update update) {
        Libtorch.useOneThread();
        Tensor weights = Libtorch.tensor(update.weights(), update.weights().length)
                .clone()
                .requires_grad_(true);
        Tensor gradient = Libtorch.tensor(update.gradient(), update.gradient().length);
        try (Tensor product = weights.mul(gradient);
                Tensor sum = product.sum()) {
            sum.backward();
        }
        return new LibtorchUpdate(weights, optimizer(update, new TensorVector(weights)));
    }

    private static Optimizer optimizer(Update update, TensorVector weights) {
        switch (update.optimizer()) {
            case "adam" -> {
                return new Adam(weights, new AdamOptions(Update.RATE));
            }
            case "momentum" -> {
                SGDOptions options = new SGDOptions(Update.RATE);
                options.momentum().put(Update.MOMENTUM);
                return new SGD(weights, options);
            }
            default -> throw update.unknown();
        }
    }

    @Override
    public Object run() {
        try (Tensor loss = optimizer.step()) {
            return loss;
        }
    }

    @Override
    public float[] result() {
        return Libtorch.numbers(weights);
    }
}
