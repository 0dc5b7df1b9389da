package dev.lanewise.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** libtorch on one thread: its own threads and those of the BLAS underneath would otherwise fight for the cores. */
public final class Libtorch implements Multiplier {

    /** Readies libtorch. */
    public Libtorch() {
        OpenBlas.useOneThread();
        torch.set_num_threads(1);
    }

    @Override
    public String version() {
        try {
            String version = Loader.getVersion("org.bytedeco", "pytorch");
            return "libtorch " + version + " over " + OpenBlas.configuration();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Call prepare(Product p) {
        p.requirePlain();
        Tensor a = p.batch() > 1 ? tensor(p.a(), p.batch(), p.m(), p.k()) : tensor(p.a(), p.m(), p.k());
        Tensor b = p.batch() > 1 ? tensor(p.b(), p.batch(), p.k(), p.n()) : tensor(p.b(), p.k(), p.n());
        return new Multiply(a, b, p.batch() > 1);
    }

    /** A tensor of a copy of the numbers. */
    public static Tensor tensor(float[] numbers, long... sizes) {
        return torch.from_blob(OffHeap.copyOf(numbers), sizes);
    }

    /** A tensor's numbers. */
    public static float[] numbers(Tensor tensor) {
        Tensor dense = tensor.contiguous();
        return OffHeap.read(new FloatPointer(dense.data_ptr()), (int) dense.numel());
    }

    private record Multiply(Tensor a, Tensor b, boolean batched) implements Call {

        /** The result is freed at once, as a program that knows its lifetime would. */
        @Override
        public Object run() {
            try (Tensor c = product()) {
                return c;
            }
        }

        private Tensor product() {
            return batched ? torch.bmm(a, b) : torch.mm(a, b);
        }

        @Override
        public float[] result() {
            try (Tensor c = product()) {
                return numbers(c);
            }
        }
    }
}
