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

/** Twenty steps from w; the operands are w, a target, and c. */
final class OptimizerCases {

    private static final int STEPS = 20;

    /** What the steps go down on. */
    private enum Slope {
        /** {@code sum of c·(w - target)²}. */
        TO_TARGET,
        /** {@code sum of c·w}, times 2, 1, 0, -1 and -2 in turn: gradients that errors of w do not come back into. */
        SWINGING;

        static int swing(int step) {
            return 2 - step % 5;
        }
    }

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
                            Slope.TO_TARGET,
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
                            Slope.TO_TARGET,
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
                            Slope.TO_TARGET,
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
                    // The first step is of rate / sqrt(1 - smoothing), whatever the gradient. Such steps go beyond
                    // a target, where each enlarges the roundings of those before: libtorch was 41 units off.
                    double rate = 0.01 + d.below(20) / 100.0;
                    double smoothing = 0.9 + d.below(2) * 0.09;
                    double momentum = d.below(3) * 0.45;
                    double epsilon = d.flip() ? 1e-3 : 1e-8;
                    double decay = d.below(3) * 0.05;
                    return trial(
                            d,
                            Slope.SWINGING,
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
            Slope slope,
            double rate,
            Function<Parameter, dev.lanewise.optim.Optimizer> ours,
            Function<TensorVector, Optimizer> theirs) {
        int[] dims = d.someDims(0, 2);
        Scale travelled = Scale.of("|w| + |target| + 20 steps")
                .value((x, y, g, i) -> x.get(0).abs().add(x.get(1).abs()).add(scalar(STEPS * rate)));
        return Trial.of(
                        x -> descend(x, slope, ours),
                        t -> descendThere(t, slope, theirs),
                        d.usual(dims),
                        d.usual(dims),
                        d.usual(dims).abs())
                .measuredBy(travelled);
    }

    private static Any descend(List<Any> x, Slope slope, Function<Parameter, dev.lanewise.optim.Optimizer> optimizer) {
        Parameter w = new Parameter("w", x.get(0).value());
        AdjointArray target = AdjointArray.constant(x.get(1).value());
        AdjointArray c = AdjointArray.constant(x.get(2).value());
        dev.lanewise.optim.Optimizer descent = optimizer.apply(w);
        for (int step = 0; step < STEPS; step++) {
            AdjointArray y = slope == Slope.TO_TARGET
                    ? w.leaf().sub(target).square()
                    : w.leaf().mul(Slope.swing(step));
            y.mul(c).sum().backward();
            descent.step();
        }
        return x.get(0).lift(w.value());
    }

    private static Tensor descendThere(List<Tensor> x, Slope slope, Function<TensorVector, Optimizer> optimizer) {
        Tensor w = x.get(0).detach().clone().requires_grad_();
        Optimizer descent = optimizer.apply(new TensorVector(w));
        for (int step = 0; step < STEPS; step++) {
            descent.zero_grad();
            Tensor y = slope == Slope.TO_TARGET ? w.sub(x.get(1).detach()).square() : w.mul(scalar(Slope.swing(step)));
            y.mul(x.get(2).detach()).sum().backward();
            descent.step();
        }
        return w.detach();
    }
}
