package dev.lanewise.bench.engine;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** An operation that makes a new tensor each time, freed at once, as a program would that knows its lifetime. */
record LibtorchCall(Supplier<Tensor> operation) implements Call {

    @Override
    public Object run() {
        try (Tensor result = operation.get()) {
            return result;
        }
    }

    @Override
    public float[] result() {
        try (Tensor result = operation.get()) {
            return Libtorch.numbers(result);
        }
    }
}
