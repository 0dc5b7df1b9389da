package dev.lanewise.bench.engine;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Steps of plain descent, weights updated in place; the result is both weights, one after the other. */
final class LibtorchTwoLayerNet {

    private final Tensor x;
    private final Tensor y;
    private final Tensor w1;
    private final Tensor w2;
    private final Scalar half = new Scalar(0.5f);
    private final Scalar zero = new Scalar(0f);
    private final Scalar downhill = new Scalar(-TwoLayerNet.RATE);

    private LibtorchTwoLayerNet(TwoLayerNet net) {
        Libtorch.useOneThread();
        x = Libtorch.tensor(net.x(), TwoLayerNet.EXAMPLES, TwoLayerNet.IN);
        y = Libtorch.tensor(net.y(), TwoLayerNet.EXAMPLES, TwoLayerNet.OUT);
        w1 = Libtorch.tensor(net.w1(), TwoLayerNet.IN, TwoLayerNet.HIDDEN);
        w2 = Libtorch.tensor(net.w2(), TwoLayerNet.HIDDEN, TwoLayerNet.OUT);
    }

    /** With libtorch's own gradients. */
    static Call autograd(TwoLayerNet start) {
        LibtorchTwoLayerNet net = new LibtorchTwoLayerNet(start);
        net.w1.requires_grad_(true);
        net.w2.requires_grad_(true);
        return new Weights(net, net::autograd);
    }

    /** With gradients written by hand. */
    static Call byHand(TwoLayerNet start) {
        LibtorchTwoLayerNet net = new LibtorchTwoLayerNet(start);
        return new Weights(net, net::byHand);
    }

    private void autograd() {
        try (Tensor hidden = x.mm(w1);
                Tensor active = hidden.relu();
                Tensor output = active.mm(w2);
                Tensor error = output.sub(y);
                Tensor square = error.square();
                Tensor sum = square.sum();
                Tensor loss = sum.mul(half)) {
            loss.backward();
        }
        Libtorch.descend(w1, downhill);
        Libtorch.descend(w2, downhill);
    }

    private void byHand() {
        try (Tensor hidden = x.mm(w1);
                Tensor active = hidden.relu();
                Tensor output = active.mm(w2);
                Tensor error = output.sub(y);
                Tensor activeT = active.t();
                Tensor grad2 = activeT.mm(error);
                Tensor w2T = w2.t();
                Tensor back = error.mm(w2T);
                Tensor open = hidden.gt(zero);
                Tensor masked = back.mul(open);
                Tensor xT = x.t();
                Tensor grad1 = xT.mm(masked)) {
            w1.add_(grad1, downhill);
            w2.add_(grad2, downhill);
        }
    }

    private record Weights(LibtorchTwoLayerNet net, Runnable step) implements Call {

        @Override
        public Object run() {
            step.run();
            return net.w1;
        }

        @Override
        public float[] result() {
            return Numbers.concat(Libtorch.numbers(net.w1), Libtorch.numbers(net.w2));
        }
    }
}
