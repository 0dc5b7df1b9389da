package dev.lanewise.oracle;

import static dev.lanewise.oracle.Torch.scalar;

import dev.lanewise.array.FloatArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Layer normalization: {@code y = (x - m) / s} with the mean m and the root s of the variance and eps. A mean that is large
 * beside the distances from it costs digits, of the distances and of s: that is part of the sizes.
 */
final class NormalizationCases {

    private NormalizationCases() {}

    static List<Case> all() {
        return List.of(plain(), withGainAndBias());
    }

    private static final Difference NOT_FINITE = Difference.notANumber(
            "where an infinity or NaN is among the numbers, the derivative is NaN by all of them; libtorch's not"
                    + " always");

    /** Sums of infinities of both signs are NaN, and which sums there are differs. */
    private static final Difference INFINITE_SUMS = Difference.of(
            "of an infinite upstream gradient or gain the gradient may be infinite where libtorch's is NaN",
            e -> e.isGradient()
                    && (!e.upstreamIsFinite()
                            || e.trial().operands().stream().anyMatch(NormalizationCases::hasInfinity))
                    && Double.isInfinite(e.ours())
                    && e.libtorchIsNaN());

    private static boolean hasInfinity(FloatArray x) {
        return x.abs().eq(Float.POSITIVE_INFINITY).sum().item() > 0;
    }

    private static Case plain() {
        return new Case("layerNorm", d -> {
                    FloatArray x = d.array(d.someDims(1, 4));
                    int[] axes = last(1 + d.below(x.rank()), x.rank());
                    float eps = eps(d);
                    return Trial.one(x, a -> a.layerNorm(eps, axes), t -> normalized(t, null, null, eps, axes))
                            .measuredBy(sizes(eps, axes));
                })
                .anyZero()
                .value(Bound.of(6, "the mean, a difference; squares, added up, the root, a quotient"))
                .gradient(Bound.of(5, "(g - mean of g - y·(mean of g·y)) / s, where y and s are rounded as above"))
                .second(Bound.of(5, "sums of about ten products of what is rounded as above"))
                .differs(NOT_FINITE)
                .differs(Difference.INFINITE_UPSTREAM)
                .differs(INFINITE_SUMS);
    }

    private static Case withGainAndBias() {
        return new Case("layerNorm(gain, bias)", d -> {
                    FloatArray x = d.array(d.someDims(1, 4));
                    int[] axes = last(1 + d.below(x.rank()), x.rank());
                    int[] dims = Arrays.stream(axes).map(x.shape()::dim).toArray();
                    float eps = eps(d);
                    return Trial.of(
                                    a -> a.get(0).layerNorm(a.get(1), a.get(2), eps, axes),
                                    t -> normalized(t.get(0), t.get(1), t.get(2), eps, axes),
                                    x,
                                    d.array(dims),
                                    d.array(dims))
                            .measuredBy(sizes(eps, axes));
                })
                .anyZero()
                .value(Bound.of(8, "as above, a product, a sum"))
                .gradient(Bound.of(5, "as above of g·gain; by the gain the sum of g·y, by the bias that of g"))
                .note("second derivatives are those of layerNorm and of a product and a sum, and not compared again")
                .differs(NOT_FINITE)
                .differs(Difference.INFINITE_UPSTREAM)
                .differs(INFINITE_SUMS);
    }

    private static float eps(Draw d) {
        return d.flip() ? 1e-5f : 0.125f;
    }

    private static int[] last(int count, int rank) {
        return IntStream.range(rank - count, rank).toArray();
    }

    private static Tensor normalized(Tensor x, Tensor gain, Tensor bias, float eps, int... axes) {
        long[] dims = Arrays.stream(axes).mapToLong(x::size).toArray();
        TensorOptional weight = gain == null ? new TensorOptional() : new TensorOptional(gain);
        TensorOptional shift = bias == null ? new TensorOptional() : new TensorOptional(bias);
        return torch.layer_norm(x, dims, weight, shift, eps, false);
    }

    /** What enters the sizes: of one array x, with y and s, and how uncertain they are. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Parts(Tensor s, Tensor size, Tensor spread, int... axes) {

        static Parts of(Tensor x, float eps, int... axes) {
            Tensor mean = Torch.mean(x, true, axes);
            Tensor distance = x.sub(mean).abs();
            Tensor rounded = x.abs().add(Torch.mean(x.abs(), true, axes)).add(scalar(Float.MIN_NORMAL));
            Tensor variance = Torch.mean(distance.square(), true, axes).add(scalar(eps));
            Tensor s = variance.sqrt();
            // How large a relative error of s is, in roundings of the distances.
            Tensor spread =
                    Torch.mean(distance.mul(rounded), true, axes).div(variance).add(scalar(1));
            Tensor size = rounded.div(s).add(distance.div(s).mul(spread));
            return new Parts(s, size, spread, axes);
        }

        Tensor mean(Tensor of) {
            return Torch.mean(of.abs(), true, axes);
        }

        /** Of the derivative of the result with gain and bias in direction v, the part by one operand. */
        Tensor along(Tensor gain, int operand, Tensor v) {
            return switch (operand) {
                case 0 -> terms(v).mul(spread).div(s).mul(gain).abs();
                case 1 -> size.mul(v).abs();
                default -> size.mul(scalar(0)).add(v.abs());
            };
        }

        /** The terms of the gradient, before it is divided by s. */
        Tensor terms(Tensor g) {
            return g.abs().add(mean(g)).add(size.mul(mean(g.mul(size))));
        }
    }

    private static Scale sizes(float eps, int... axes) {
        return Scale.of("terms, with the rounding of x - m and s")
                .value((x, y, g, i) -> {
                    Tensor size = Parts.of(x.getFirst(), eps, axes).size();
                    return x.size() == 1
                            ? size
                            : size.mul(x.get(1)).abs().add(x.get(2).abs());
                })
                .gradient((x, y, g, i) -> {
                    Parts parts = Parts.of(x.getFirst(), eps, axes);
                    if (i == 0) {
                        Tensor scaled = x.size() == 1 ? g : g.mul(x.get(1));
                        return parts.terms(scaled).mul(parts.spread()).div(parts.s());
                    }
                    Tensor term = i == 1 ? g.abs().mul(parts.size()) : g.abs();
                    return term.sum_to_size(x.get(i).shape());
                })
                .second((x, y, g, j, i, v) -> {
                    Parts parts = Parts.of(x.getFirst(), eps, axes);
                    if (x.size() > 1) {
                        return j < x.size() ? torch.zeros_like(x.get(j)) : parts.along(x.get(1), i, v);
                    }
                    Tensor ofV = parts.terms(v);
                    if (j == 1) {
                        return ofV.mul(parts.spread()).div(parts.s());
                    }
                    Tensor ofG = parts.terms(g);
                    return ofV.mul(parts.mean(g.mul(parts.size())))
                            .add(ofG.mul(parts.mean(v.mul(parts.size()))))
                            .add(parts.size().mul(parts.mean(ofV.mul(ofG))))
                            .mul(parts.spread())
                            .div(parts.s().square());
                });
    }
}
