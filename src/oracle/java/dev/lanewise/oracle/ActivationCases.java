package dev.lanewise.oracle;

import static dev.lanewise.oracle.Bound.ROUNDED;
import static dev.lanewise.oracle.Difference.libtorchLoses;
import static dev.lanewise.oracle.Torch.scalar;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Any;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The functions that neurons are given, and those that they are made of. */
final class ActivationCases {

    private static final Difference LIMIT = Difference.of(
            "at -Infinity it is the limit, -0; NaN in libtorch",
            e -> e.isValue()
                    && e.x() == Float.NEGATIVE_INFINITY
                    && Double.compare(e.ours(), -0.0) == 0
                    && e.libtorchIsNaN());

    private static final String FAR_OUT = "a slope that vanishes far below 0 is 0 or -0, and so is its product";

    /** Below it gelu falls. */
    private static final float GELU_TURNS = -0.75179f;

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        ActivationCases table = new ActivationCases();
        table.functions();
        table.smooth();
        table.kinks();
        table.gradients();
        return table.cases;
    }

    private Case one(String name, Scale scale, UnaryOperator<Any> ours, UnaryOperator<Tensor> theirs) {
        return one(name, scale, ours, theirs, theirs);
    }

    private Case one(
            String name,
            Scale scale,
            UnaryOperator<Any> ours,
            UnaryOperator<Tensor> theirs,
            UnaryOperator<Tensor> exactly) {
        Case added = new Case(
                name,
                d -> Trial.one(d.anything(d.dims(0, 4)), ours, theirs)
                        .exactly(t -> exactly.apply(t.getFirst()))
                        .measuredBy(scale));
        cases.add(added);
        return added;
    }

    /** Measured by the result, and of the derivatives by sizes that are all multiples of g or of v. */
    private static Scale.Formulas derivativesBy(
            String unit, UnaryOperator<Tensor> gradient, UnaryOperator<Tensor> second) {
        return Scale.result()
                .unit("result, derivatives: " + unit)
                .gradient((x, y, g, i) -> g.mul(gradient.apply(x.getFirst())))
                .second((x, y, g, j, i, v) ->
                        j == 0 ? g.mul(v).mul(second.apply(x.getFirst())) : v.mul(gradient.apply(x.getFirst())));
    }

    private static Tensor bell(Tensor x) {
        return rounded(x.square().div(scalar(-2)).exp());
    }

    /** What rounding it to a float is relative to: less than the smallest normal number has no more digits. */
    private static Tensor rounded(Tensor positive) {
        return positive.clamp_min(scalar(Float.MIN_NORMAL));
    }

    private void functions() {
        Scale erf = derivativesBy(
                "times 1 + x²",
                x -> rounded(x.square().neg().exp()).mul(x.square().add(scalar(1))),
                x -> rounded(x.square().neg().exp())
                        .mul(x.square().add(scalar(1)))
                        .mul(x));
        one("erf", erf, Any::erf, Tensor::erf)
                .value(Bound.of(1.10, "as ElementwiseKernels says"))
                .gradient(Bound.of(6, "g·e^(-x²)·2/sqrt(pi): the rounding of x² is a relative error; three factors"))
                .second(Bound.of(8, "the same times -2x·v"));
        Scale expm1 = derivativesBy(
                "g·(|y| + 1)",
                x -> x.expm1().abs().add(scalar(1)),
                x -> x.expm1().abs().add(scalar(1)));
        one("expm1", expm1, Any::expm1, Tensor::expm1)
                .value(Bound.of(1.44, "as ElementwiseKernels says"))
                .gradient(Bound.of(4, "g·(y + 1): y, a sum, a product"))
                .second(Bound.of(5, "g·v·(y + 1)"))
                .differs(libtorchLoses("an infinite gradient by g·(y + 1), where libtorch's y has become -1"));
        one("log1p", Scale.result(), Any::log1p, Tensor::log1p)
                .value(Bound.of(1.27, "as ElementwiseKernels says"))
                .gradient(Bound.of(1.5, "g/(x + 1): a sum, a quotient"))
                .second(Bound.of(4.5, "g·v/(x + 1)²: the sum twice, three products and quotients"));
        one("rsqrt", Scale.result(), Any::rsqrt, Tensor::rsqrt)
                .value(Bound.of(1.5, "as ElementwiseKernels says"))
                .gradient(Bound.of(12, "g·y³/2: y three times, three products"))
                .second(Bound.of(20, "3g·v·y⁵/4: y five times, five products"));
    }

    private void smooth() {
        Scale gelu = derivativesBy(
                "g, and its terms times 1 + x²", ActivationCases::slopeOfGelu, ActivationCases::curveOfGelu);
        one("gelu", gelu, Any::gelu, t -> torch.gelu(t), ActivationCases::exactGelu)
                .value(Bound.of(6.01, "as ElementwiseKernels says"))
                .gradient(Bound.of(4, "g·(Phi(x) + x·phi(x)): Phi is half of 1 + erf, with the absolute error of that"))
                .second(Bound.of(8, "g·v·phi(x)·(2 - x²)"))
                .differs(LIMIT)
                .differs(libtorchLoses("at Infinity it is Infinity; NaN in libtorch's vector loops"))
                .differs(Difference.of(
                        "an infinite upstream gradient times the slope is infinite; NaN in libtorch, where terms of it"
                                + " meet with other signs",
                        e -> e.isGradient()
                                && Float.isInfinite(e.g())
                                && e.ours() == (e.x() < GELU_TURNS ? -e.g() : e.g())
                                && e.libtorchIsNaN()));
        Scale.Formulas geluTanh = derivativesBy(
                        "terms times 1 + |2u|",
                        x -> spread(x).mul(slope(x).mul(x).abs().add(scalar(1))),
                        x -> spread(x)
                                .mul(slope(x).mul(scalar(2))
                                        .add(x.mul(x).mul(scalar(6 * CUBIC)).abs())
                                        .add(slope(x).square().mul(x).abs())))
                .value((x, y, g, i) -> x.getFirst().mul(spread(x.getFirst())));
        one("geluTanh", geluTanh, Any::geluTanh, t -> torch.gelu(t, "tanh"), ActivationCases::exactGeluTanh)
                .value(Bound.of(8, "x·s(2u): 2u of four operations and two rounded constants, s, a product"))
                .gradient(Bound.of(25, "g·(s + x·s·(1 - s)·2u'): s three times as above, 2u', four products"))
                .second(Bound.of(40, "of s, 1 - s, 1 - 2s, 2u' twice and 2u'', six products"))
                .differs(Difference.of(
                        "far from 0, and at the infinities, the slope is 0 or 1; NaN in libtorch, where powers"
                                + " of x overflow",
                        e -> e.isGradient()
                                && Math.abs(e.x()) > 1e12
                                && e.ours() == (e.x() < 0 ? 0 : e.g())
                                && e.libtorchIsNaN()))
                .differs(libtorchLoses("the same where it is not so in double"))
                .differs(Difference.INFINITE_UPSTREAM.noted(
                        "terms of an infinite upstream gradient meet with other signs, to NaN; libtorch has the"
                                + " slope as one number"));
        Scale silu = Scale.result()
                .unit("result, derivatives: g·s·(1 + |x|)")
                .gradient((x, y, g, i) -> silu(g, x.getFirst(), 1))
                .second((x, y, g, j, i, v) -> j == 0 ? silu(g.mul(v), x.getFirst(), 2) : silu(v, x.getFirst(), 1));
        one("silu", silu, Any::silu, t -> torch.silu(t))
                .value(Bound.of(1.8, "as ElementwiseKernels says"))
                .gradient(Bound.of(6, "g·s·(1 + x·(1 - s)): s twice, 1 - s with the absolute error of s"))
                .second(Bound.of(10, "g·v·s·(1 - s)·(2 + x·(1 - 2s))"))
                .differs(LIMIT);
        Scale softplus = derivativesBy("g·s", Tensor::sigmoid, Tensor::sigmoid);
        one("softplus", softplus, Any::softplus, t -> torch.softplus(t), ActivationCases::exactSoftplus)
                .value(Bound.of(1.9, "as ElementwiseKernels says"))
                .gradient(Bound.of(8, "g·(1 - e^-y): y, expm1, a product"))
                .second(Bound.of(12, "g·v·e^-y·(1 - e^-y)"))
                .note("from 20 on libtorch's is x itself (exact is here without that)");
    }

    private static Tensor silu(Tensor g, Tensor x, double more) {
        return rounded(g.mul(x.sigmoid()).abs()).mul(x.abs().add(scalar(more)));
    }

    /** {@code x·Phi(x)}, which in double loses nothing until e^-x² is smaller than all floats. */
    private static Tensor exactGelu(Tensor x) {
        return x.mul(x.neg().mul(scalar(Math.sqrt(0.5))).erfc()).mul(scalar(0.5));
    }

    private static final double LINEAR = 2 * Math.sqrt(2 / Math.PI);
    private static final double CUBIC = LINEAR * 0.044715;

    /** Twice the argument of the hyperbolic tangent. */
    private static Tensor twice(Tensor x) {
        return x.mul(x.square().mul(scalar(CUBIC)).add(scalar(LINEAR)));
    }

    private static Tensor slope(Tensor x) {
        return x.square().mul(scalar(3 * CUBIC)).add(scalar(LINEAR));
    }

    private static Tensor spread(Tensor x) {
        return rounded(twice(x).sigmoid()).mul(twice(x).abs().add(scalar(1)));
    }

    /** With the logistic function instead of 1 + tanh, which loses digits in double too. */
    private static Tensor exactGeluTanh(Tensor x) {
        return x.mul(twice(x).sigmoid());
    }

    private static Tensor exactSoftplus(Tensor x) {
        Tensor small = x.clamp_max(scalar(100));
        return torch.where(x.gt(scalar(100)), x, torch.logaddexp(small, torch.zeros_like(small)));
    }

    /** What backward passes multiply gradients by; the first operand is what an activation was given, or what it made. */
    private void gradients() {
        gradient(
                "reluGradient",
                Scale.result(),
                FloatArray::relu,
                Any::reluGradient,
                (y, g) -> torch.threshold_backward(g, y, scalar(0)));
        gradient(
                        "tanhGradient",
                        Scale.result(),
                        FloatArray::tanh,
                        Any::tanhGradient,
                        (y, g) -> torch.tanh_backward(g, y))
                .value(Bound.of(1.5, "1 - y², which is rounded once, and a product"))
                .gradient(Bound.of(2.5, "-2t·g·y: two products; doubling a subnormal one doubles its error"))
                .differs(libtorchLoses(
                        "an infinite upstream gradient times a product that libtorch lost to an underflow"));
        gradient(
                        "sigmoidGradient",
                        Scale.result(),
                        FloatArray::sigmoid,
                        Any::sigmoidGradient,
                        (y, g) -> torch.sigmoid_backward(g, y))
                .value(Bound.of(1.5, "y - y², which is rounded once, and a product"))
                .gradient(Bound.of(2.5, "t·g·(1 - 2y): a difference, two products"));
        Scale gelu = Scale.result()
                .unit("g and its terms times 1 + x²")
                .value((x, y, g, i) -> x.get(1).mul(slopeOfGelu(x.get(0))))
                .gradient((x, y, g, i) ->
                        i == 0 ? g.mul(x.get(1)).mul(curveOfGelu(x.get(0))) : g.mul(slopeOfGelu(x.get(0))))
                .second((x, y, g, j, i, v) ->
                        i == 0 ? v.mul(x.get(1)).mul(curveOfGelu(x.get(0))) : v.mul(slopeOfGelu(x.get(0))));
        gradient("geluGradient", gelu, x -> x, Any::geluGradient, (x, g) -> torch.gelu_backward(g, x))
                .value(Bound.of(4, "g·(Phi(x) + x·phi(x)), as the gradient of gelu"))
                .gradient(Bound.of(8, "t·g·phi(x)·(2 - x²), as its second derivative"))
                .differs(Difference.ZERO_SIGN.noted(FAR_OUT))
                .differs(libtorchLoses("far out the slope does not vary; NaN in libtorch, where x² overflows"));
        // s itself may be subnormal, and is multiplied by numbers of any size.
        Scale silu = Scale.result()
                .unit("g·(s + 2^-126)·(1 + |x|)")
                .value((x, y, g, i) -> siluOf(x.get(1), x.get(0), 1))
                .gradient((x, y, g, i) -> i == 0 ? siluOf(g.mul(x.get(1)), x.get(0), 2) : siluOf(g, x.get(0), 1))
                .second((x, y, g, j, i, v) -> i == 0 ? siluOf(v.mul(x.get(1)), x.get(0), 2) : siluOf(v, x.get(0), 1));
        gradient("siluGradient", silu, x -> x, Any::siluGradient, (x, g) -> siluBackward(x, g))
                .value(Bound.of(6, "g·s·(1 + x·(1 - s)), as the gradient of silu"))
                .gradient(Bound.of(10, "t·g·s·(1 - s)·(2 + x·(1 - 2s)), as its second derivative"))
                .differs(Difference.ZERO_SIGN.noted(FAR_OUT))
                .differs(libtorchLoses("far out the slope does not vary; NaN in libtorch, where terms of it overflow"))
                .differs(Difference.of(
                        "an infinite gradient, the upstream one or g, meets one number here; in libtorch, where the"
                                + " operation is made of others, terms of both signs, to NaN",
                        e -> e.isGradient() && Double.isInfinite(e.ours()) && e.libtorchIsNaN()));
    }

    private static Tensor siluOf(Tensor g, Tensor x, int power) {
        return silu(g, x, power)
                .abs()
                .add(g.abs().mul(x.abs().add(scalar(1)).pow(scalar(power))).mul(scalar(0x1p-126)));
    }

    private Case gradient(
            String name,
            Scale scale,
            UnaryOperator<FloatArray> activation,
            BinaryOperator<Any> ours,
            BinaryOperator<Tensor> theirs) {
        Case added = new Case(name, d -> {
            int[] dims = d.dims(0, 4);
            return Trial.two(activation.apply(d.anything(dims)), d.array(dims), ours, theirs)
                    .measuredBy(scale);
        });
        cases.add(added);
        return added;
    }

    /** As libtorch's, which has no derivative. */
    private static Tensor siluBackward(Tensor x, Tensor g) {
        Tensor s = x.sigmoid();
        return g.mul(s).mul(x.mul(s.neg().add(scalar(1))).add(scalar(1)));
    }

    private static Tensor slopeOfGelu(Tensor x) {
        return x.abs().mul(bell(x)).mul(x.square().add(scalar(1))).add(scalar(1));
    }

    private static Tensor curveOfGelu(Tensor x) {
        return bell(x).mul(x.square().add(scalar(2))).mul(x.square().add(scalar(1)));
    }

    private void kinks() {
        float[] slopes = {0.01f, 0.2f, 1, 0, -0.5f};
        cases.add(new Case("leakyRelu", d -> {
                    FloatArray x = d.anything(d.dims(0, 4));
                    float slope = slopes[d.below(slopes.length)];
                    return Trial.one(x, a -> a.leakyRelu(slope), t -> torch.leaky_relu(t, scalar(slope)));
                })
                .value(ROUNDED)
                .gradient(ROUNDED));
        float[] alphas = {1, 0.5f, 2, -0.5f};
        cases.add(new Case("elu", d -> {
                    FloatArray x = d.anything(d.dims(0, 4));
                    float alpha = alphas[d.below(alphas.length)];
                    return Trial.one(x, a -> a.elu(alpha), t -> torch.elu(t, scalar(alpha), scalar(1), scalar(1)))
                            .measuredBy(Scale.result()
                                    .unit("result, derivatives: g·(|y| + |alpha|)")
                                    .gradient((t, y, g, i) -> torch.where(
                                            t.getFirst().gt(scalar(0)),
                                            g.abs(),
                                            g.mul(y.abs().add(scalar(Math.abs(alpha))))
                                                    .abs()))
                                    .second((t, y, g, j, i, v) -> v.mul(y.abs().add(scalar(Math.abs(alpha) + 1)))));
                })
                .value(Bound.of(1.44, "as ElementwiseKernels says"))
                .gradient(Bound.of(4, "g·(y + alpha): y, a sum, a product"))
                .differs(Difference.ZERO_SIGN.noted(
                        "at 0 it is alpha·0, which is -0 for a negative alpha; 0 in libtorch"))
                .differs(Difference.of(
                        "the gradient at NaN is NaN; libtorch's is the upstream gradient",
                        e -> e.isGradient() && Float.isNaN(e.x()) && Double.isNaN(e.ours()))));
    }
}
