package dev.lanewise.oracle;

import static dev.lanewise.oracle.Torch.scalar;

import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Any;
import dev.lanewise.nn.Parameter;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.AdamW;
import dev.lanewise.optim.RmsProp;
import dev.lanewise.optim.Sgd;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Twenty steps downhill from w, on {@code sum of c·(w - target)²}; the operands are w, the target, and c. */
final class OptimizerCases {

    private static final int STEPS = 20;

    private OptimizerCases() {}

    static List<Case> all() {
        return List.of(sgd(), adam(), adamW(), rmsProp());
    }

    private static Case sgd() {
        return new Case("optim.Sgd, 20 steps", d -> {
                    double rate = 0.01 + d.below(20) / 100.0;
                    double momentum = d.below(3) * 0.45;
                    double decay = d.below(3) * 0.05;
                    return trial(
                            d,
                            rate,
                            w -> new Sgd(List.of(w), rate).momentum(momentum).weightDecay(decay),
                            w -> {
                                SGDOptions options = new SGDOptions(rate);
                                options.momentum().put(momentum);
                                options.weight_decay().put(decay);
                                return new SGD(w, options);
                            });
                })
                .anyZero()
                .value(Bound.of(10, "20 steps of up to five roundings; the descent makes early ones smaller"));
    }

    private static Case adam() {
        return new Case("optim.Adam, 20 steps", d -> {
                    double rate = 0.01 + d.below(20) / 100.0;
                    double first = 0.8 + d.below(2) * 0.1;
                    double second = 0.99 + d.below(2) * 0.009;
                    double epsilon = d.flip() ? 1e-3 : 1e-8;
                    double decay = d.below(3) * 0.05;
                    return trial(
                            d,
                            rate,
                            w -> new Adam(List.of(w), rate)
                                    .betas(first, second)
                                    .epsilon(epsilon)
                                    .weightDecay(decay),
                            w -> {
                                AdamOptions options = new AdamOptions(rate);
                                // A std::tuple, which libstdc++ stores from its last element to its first.
                                options.betas().put(0, second);
                                options.betas().put(1, first);
                                options.eps().put(epsilon);
                                options.weight_decay().put(decay);
                                return new org.bytedeco.pytorch.Adam(w, options);
                            });
                })
                .anyZero()
                .value(Bound.of(10, "20 steps of about ten roundings, in quotients of small numbers"));
    }

    private static Case adamW() {
        return new Case("optim.AdamW, 20 steps", d -> {
                    double rate = 0.01 + d.below(20) / 100.0;
                    double first = 0.8 + d.below(2) * 0.1;
                    double second = 0.99 + d.below(2) * 0.009;
                    double epsilon = d.flip() ? 1e-3 : 1e-8;
                    double decay = d.below(3) * 0.05;
                    return trial(
                            d,
                            rate,
                            w -> new AdamW(List.of(w), rate)
                                    .betas(first, second)
                                    .epsilon(epsilon)
                                    .weightDecay(decay),
                            w -> {
                                AdamWOptions options = new AdamWOptions(rate);
                                options.betas().put(0, second); // last to first, as in Adam
                                options.betas().put(1, first);
                                options.eps().put(epsilon);
                                options.weight_decay().put(decay);
                                return new org.bytedeco.pytorch.AdamW(w, options);
                            });
                })
                .anyZero()
                .value(Bound.of(10, "20 steps of about ten roundings, in quotients of small numbers"));
    }

    private static Case rmsProp() {
        return new Case("optim.RmsProp, 20 steps", d -> {
                    // A first step of rate / sqrt(1 - smoothing) that goes far beyond the target makes each rounding
                    // larger
                    // in the next ones: with rates up to 0.2, libtorch was 41 units off.
                    double rate = (1 + d.below(20)) / 1000.0;
                    double smoothing = 0.9 + d.below(2) * 0.09;
                    double momentum = d.below(3) * 0.45;
                    double epsilon = d.flip() ? 1e-3 : 1e-8;
                    double decay = d.below(3) * 0.05;
                    return trial(
                            d,
                            rate / Math.sqrt(1 - smoothing) / (1 - momentum), // as far as a step may go
                            w -> new RmsProp(List.of(w), rate)
                                    .smoothing(smoothing)
                                    .epsilon(epsilon)
                                    .momentum(momentum)
                                    .weightDecay(decay),
                            w -> {
                                RMSpropOptions options = new RMSpropOptions(rate);
                                options.alpha().put(smoothing);
                                options.eps().put(epsilon);
                                options.momentum().put(momentum);
                                options.weight_decay().put(decay);
                                return new RMSprop(w, options);
                            });
                })
                .anyZero()
                .value(Bound.of(20, "20 steps, half a unit each for the new weight, and as much for the step to it"));
    }

    private static Trial trial(
            Draw d,
            double rate,
            Function<Parameter, dev.lanewise.optim.Optimizer> ours,
            Function<TensorVector, Optimizer> theirs) {
        int[] dims = d.someDims(0, 2);
        Scale travelled = Scale.of("|w| + |target| + 20 steps")
                .value((x, y, g, i) -> x.get(0).abs().add(x.get(1).abs()).add(scalar(STEPS * rate)));
        return Trial.of(
                        x -> descend(x, ours),
                        t -> descendThere(t, theirs),
                        d.usual(dims),
                        d.usual(dims),
                        d.usual(dims).abs())
                .measuredBy(travelled);
    }

    private static Any descend(List<Any> x, Function<Parameter, dev.lanewise.optim.Optimizer> optimizer) {
        Parameter w = new Parameter("w", x.get(0).value());
        AdjointArray target = AdjointArray.constant(x.get(1).value());
        AdjointArray c = AdjointArray.constant(x.get(2).value());
        dev.lanewise.optim.Optimizer descent = optimizer.apply(w);
        for (int step = 0; step < STEPS; step++) {
            w.leaf().sub(target).square().mul(c).sum().backward();
            descent.step();
        }
        return x.get(0).lift(w.value());
    }

    private static Tensor descendThere(List<Tensor> x, Function<TensorVector, Optimizer> optimizer) {
        Tensor w = x.get(0).detach().clone().requires_grad_();
        Optimizer descent = optimizer.apply(new TensorVector(w));
        for (int step = 0; step < STEPS; step++) {
            descent.zero_grad();
            w.sub(x.get(1).detach()).square().mul(x.get(2).detach()).sum().backward();
            descent.step();
        }
        return w.detach();
    }
}
