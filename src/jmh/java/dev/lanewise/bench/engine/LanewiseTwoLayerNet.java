package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Updates;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.AdjointArray;

/** Steps of plain descent; the result is both weights, one after the other. */
final class LanewiseTwoLayerNet {

    private final FloatArray x;
    private final FloatArray y;
    private FloatArray w1;
    private FloatArray w2;

    private LanewiseTwoLayerNet(TwoLayerNet net) {
        x = FloatArray.of(net.x(), TwoLayerNet.EXAMPLES, TwoLayerNet.IN);
        y = FloatArray.of(net.y(), TwoLayerNet.EXAMPLES, TwoLayerNet.OUT);
        w1 = FloatArray.of(net.w1(), TwoLayerNet.IN, TwoLayerNet.HIDDEN);
        w2 = FloatArray.of(net.w2(), TwoLayerNet.HIDDEN, TwoLayerNet.OUT);
    }

    /** With gradients pulled back. */
    static Call autograd(TwoLayerNet start) {
        LanewiseTwoLayerNet net = new LanewiseTwoLayerNet(start);
        return new Weights(net, net::autograd);
    }

    /** With gradients written by hand. */
    static Call byHand(TwoLayerNet start) {
        LanewiseTwoLayerNet net = new LanewiseTwoLayerNet(start);
        return new Weights(net, net::byHand);
    }

    private void autograd() {
        AdjointArray leaf1 = AdjointArray.variable(w1);
        AdjointArray leaf2 = AdjointArray.variable(w2);
        AdjointArray error = AdjointArray.constant(x).mm(leaf1).relu().mm(leaf2).sub(AdjointArray.constant(y));
        error.square().sum().mul(0.5f).backward();
        w1 = Updates.descend(w1, leaf1.grad(), 1, 0, TwoLayerNet.RATE);
        w2 = Updates.descend(w2, leaf2.grad(), 1, 0, TwoLayerNet.RATE);
    }

    private void byHand() {
        FloatArray hidden = x.mm(w1);
        FloatArray active = hidden.relu();
        FloatArray error = active.mm(w2).sub(y);
        FloatArray grad2 = active.t().mm(error);
        FloatArray grad1 = x.t().mm(error.mm(w2.t()).mul(hidden.gt(0)));
        w1 = Updates.descend(w1, grad1, 1, 0, TwoLayerNet.RATE);
        w2 = Updates.descend(w2, grad2, 1, 0, TwoLayerNet.RATE);
    }

    private record Weights(LanewiseTwoLayerNet net, Runnable step, Workspace workspace) implements Call {

        Weights(LanewiseTwoLayerNet net, Runnable step) {
            this(net, step, new Workspace());
        }

        @Override
        public Object run() {
            workspace.run(step);
            return net.w1;
        }

        @Override
        public float[] result() {
            return FloatArray.concat(0, net.w1.reshape(-1), net.w2.reshape(-1)).toArray();
        }
    }
}
