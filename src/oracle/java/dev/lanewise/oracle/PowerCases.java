package dev.lanewise.oracle;

import static dev.lanewise.oracle.Torch.scalar;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Any;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Powers a^b. Their derivatives have the exponents b - 1 and b - 2, and what these lose by rounding the logarithm of a
 * multiplies: that is part of the size.
 */
final class PowerCases {

    private PowerCases() {}

    static List<Case> all() {
        return List.of(byArray(), byNumber());
    }

    private static Case byArray() {
        Scale scale = Scale.result()
                .unit("result, derivatives: times 1 + (|b| + 2)·|ln a|")
                .gradient((x, y, g, i) -> i == 0 ? byBase(x, g) : byExponent(x, y, g))
                .second((x, y, g, j, i, v) -> second(x, y, g, j, i, v));
        return new Case("pow", d -> {
                    int[] dims = d.dims(0, 4);
                    // Where a gradient may be masked no others are added to it: what is excused is seen element by
                    // element.
                    boolean broadcast = d.isUsual();
                    FloatArray a = d.positive(broadcast && d.flip() ? d.broadcastable(dims) : dims);
                    FloatArray b = d.array(broadcast ? d.broadcastable(dims) : dims);
                    // 1 to an infinity is 1 in C; see the note.
                    FloatArray base = d.isUsual() ? a : a.mul(3).where(a.abs().eq(1), a);
                    return Trial.two(base, b, Any::pow, Tensor::pow).measuredBy(scale);
                })
                .value(Bound.of(0.57, "see accuracy.md"))
                .gradient(Bound.of(6, "g·b·a^(b-1) and g·y·ln a: the functions, two products; and added up"))
                .second(Bound.of(8, "the functions, about five products; and added up"))
                .differs(Difference.MASKED)
                .differs(Difference.libtorchLoses(
                        "the gradient by the exponent: libtorch computes g·(y·ln a), which may overflow"))
                .differs(Difference.of(
                                "second derivatives at a = 0: their limits here, NaN in libtorch, which adds 0 times"
                                        + " ln 0",
                                e -> e.kind() == Difference.Kind.SECOND && !Double.isNaN(e.ours()) && e.libtorchIsNaN())
                        .when(trial -> trial.operands().getFirst().eq(0).sum().item() > 0))
                .note("powers of 1 and -1 by an infinity, and of 1 by NaN, are NaN as in Java, and 1 in C and"
                        + " libtorch (left out of the trials)");
    }

    private static Case byNumber() {
        float[] usual = {0, 1, 2, 3, -1, -2, 0.5f, -0.5f, 1.5f};
        return new Case("pow(c)", d -> {
                    FloatArray x = d.anything(d.dims(0, 4));
                    int choice = d.below(usual.length + 3);
                    float c = choice < usual.length ? usual[choice] : d.plain();
                    return Trial.one(
                            x, a -> a.pow(c), t -> c == Math.rint(c) ? t.pow(scalar(c)) : t.pow(Torch.full(t, c)));
                })
                .value(Bound.of(0.57, "see accuracy.md"))
                .gradient(Bound.of(4.2, "g·(c·x^(c-1)): the power, two products, c - 1 exact in these trials"))
                .second(Bound.of(7, "the power, five products"))
                .note("libtorch takes its sqrt and rsqrt for the powers of 0.5 and -0.5: at -0 these are -0 and"
                        + " -Infinity, at -Infinity NaN, where C (and this) has 0, Infinity, and Infinity or 0"
                        + " (compared with its power by an array)");
    }

    // ---- sizes

    private static Tensor log(List<Tensor> x) {
        return x.get(0).abs().log().abs();
    }

    private static Tensor spread(List<Tensor> x) {
        return x.get(1).abs().add(scalar(2)).mul(log(x)).add(scalar(1));
    }

    /** With what the power loses where it is subnormal. */
    private static Tensor byBase(List<Tensor> x, Tensor g) {
        Tensor power = x.get(0).pow(x.get(1).sub(scalar(1))).abs().add(scalar(Float.MIN_NORMAL));
        return g.mul(x.get(1)).mul(power).abs().mul(spread(x));
    }

    /** With what g·y loses where it is subnormal. */
    private static Tensor byExponent(List<Tensor> x, Tensor y, Tensor g) {
        return g.mul(y).abs().add(scalar(Float.MIN_NORMAL)).mul(log(x));
    }

    private static Tensor second(List<Tensor> x, Tensor y, Tensor g, int by, int from, Tensor v) {
        Tensor a = x.get(0);
        if (by == x.size()) {
            return from == 0 ? byBase(x, v) : byExponent(x, y, v);
        }
        Tensor gv = g.mul(v);
        if (from == 1 && by == 1) {
            return byExponent(x, y, gv).mul(log(x));
        }
        return from == 0 && by == 0
                ? byBase(x, gv).mul(x.get(1).sub(scalar(1))).div(a).mul(spread(x))
                : byBase(x, gv).add(byExponent(x, y, gv).div(a)).mul(spread(x));
    }
}
