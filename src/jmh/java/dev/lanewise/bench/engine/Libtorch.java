package dev.lanewise.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** libtorch's products, and what its other measurements need. */
final class Libtorch implements Multiplier {

    Libtorch() {
        useOneThread();
    }

    /** Its own threads and those of the BLAS underneath would otherwise fight for the cores. */
    static void useOneThread() {
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
        if (p.batch() > 1) {
            Tensor a = tensor(p.a(), p.batch(), p.m(), p.k());
            Tensor b = tensor(p.b(), p.batch(), p.k(), p.n());
            return new LibtorchCall(() -> torch.bmm(a, b));
        }
        Tensor a = tensor(p.a(), p.m(), p.k());
        Tensor b = tensor(p.b(), p.k(), p.n());
        return new LibtorchCall(() -> torch.mm(a, b));
    }

    /** A tensor of a copy of the numbers, never freed. */
    static Tensor tensor(float[] numbers, long... sizes) {
        return torch.from_blob(OffHeap.copyOf(numbers), sizes);
    }

    /** A tensor of a copy of the numbers, as 64-bit integers. */
    static Tensor tensor(int[] numbers) {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = numbers[i];
        }
        return Tensor.create(longs, longs.length);
    }

    /** A tensor's numbers. */
    static float[] numbers(Tensor tensor) {
        try (Tensor plain = tensor.detach();
                Tensor dense = plain.contiguous()) {
            return OffHeap.read(new FloatPointer(dense.data_ptr()), (int) dense.numel());
        }
    }

    /** Adds {@code rate} times its gradient to a leaf, in place, and forgets the gradient. */
    static void descend(Tensor leaf, Scalar rate) {
        try (NoGradGuard _ = new NoGradGuard();
                Tensor gradient = leaf.grad()) {
            leaf.add_(gradient, rate);
            leaf.mutable_grad().reset();
        }
    }
}
