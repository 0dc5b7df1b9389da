package dev.lanewise.oracle;

import static dev.lanewise.oracle.Bound.ADDED;
import static dev.lanewise.oracle.Bound.ROUNDED;
import static dev.lanewise.oracle.Torch.scalar;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Any;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Operations that make one number of many. */
final class ReductionCases {

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        ReductionCases table = new ReductionCases();
        table.sums();
        table.norms();
        table.extremes();
        return table.cases;
    }

    private interface Dropped {
        Any apply(Any x, int... axes);
    }

    private interface Kept<A> {
        A apply(A x, boolean keepDims, int... axes);
    }

    /** How the errors of a reduction are measured, by the axes that it reduces. */
    private interface Measured {
        Trial apply(Trial trial, boolean keepDims, int... axes);
    }

    private static final Measured BY_TERMS = (trial, keep, axes) -> trial.measuredBy(Scale.terms());
    private static final Measured BY_RESULT = (trial, keep, axes) -> trial.measuredBy(Scale.of("result"));

    /** Which numbers are reduced. */
    private interface Drawn {
        FloatArray from(Draw draw);
    }

    /** Over some axes or all, dropped or kept. */
    private Case over(
            String name, Drawn drawn, Dropped dropped, Kept<Any> ours, Kept<Tensor> theirs, Measured measured) {
        Case added = new Case(name, d -> {
            FloatArray x = drawn.from(d);
            int[] axes = d.axes(x.rank());
            boolean keep = d.flip();
            Trial trial = Trial.one(
                    x,
                    a -> keep ? ours.apply(a, true, axes) : dropped.apply(a, axes),
                    t -> theirs.apply(t, keep, axes));
            return measured.apply(trial, keep, axes);
        });
        cases.add(added);
        return added;
    }

    private void sums() {
        Drawn any = d -> d.array(d.dims(0, 4));
        over("sum", any, Any::sum, Any::sum, Torch::sum, BY_TERMS)
                .anyZero()
                .value(ADDED)
                .second(ADDED);
        over("mean", any, Any::mean, Any::mean, Torch::mean, BY_TERMS)
                .anyZero()
                .value(ADDED)
                .gradient(ROUNDED)
                .second(ADDED)
                .differs(Difference.of(
                                "the mean of nothing is NaN, and so is its derivative along a direction; libtorch's is"
                                        + " 0",
                                e -> e.kind() == Difference.Kind.SECOND && Double.isNaN(e.ours()))
                        .when(trial -> trial.operands().getFirst().size() == 0));
        Measured byDistances = (trial, keep, axes) -> trial.measuredByTerms(t -> {
            Tensor x = t.getFirst();
            return Torch.mean(x.add(Torch.mean(x, true, axes)).square(), keep, axes);
        });
        Drawn some = d -> d.array(d.someDims(0, 4));
        over("var", some, Any::var, Any::var, ReductionCases::variance, byDistances)
                .anyZero()
                .value(Bound.of(6, "the mean, a difference, a square; added up"))
                .gradient(ADDED)
                .second(ADDED)
                .differs(Difference.notANumber("where an infinity is among the numbers the gradient is NaN throughout; "
                        + "libtorch's is infinite by finite numbers"))
                .differs(Difference.INFINITE_UPSTREAM)
                .note("the variance of a population, so libtorch's with a correction of 0");
    }

    private static Tensor variance(Tensor x, boolean keepDims, int... axes) {
        return x.var(Torch.axes(x, axes), false, keepDims);
    }

    private static Tensor norm(Tensor x, boolean keepDims, int... axes) {
        return torch.linalg_vector_norm(x, scalar(2), Torch.axes(x, axes), keepDims, new ScalarTypeOptional());
    }

    private void norms() {
        Measured measured = (trial, keep, axes) -> trial.measuredBy(ofNorm(keep, axes));
        over("norm", d -> d.anything(d.dims(0, 4)), Any::norm, Any::norm, ReductionCases::norm, measured)
                .anyZero()
                .value(Bound.of(3, "squares, added up; the root halves the error"))
                .gradient(Bound.of(5, "g·x/y: y, a product, a quotient"))
                .second(Bound.of(8, "g·v/y - g·x·(x·v)/y³"))
                .differs(Difference.libtorchLoses("an infinite g: libtorch divides it by the norm first"));
    }

    private static Scale ofNorm(boolean keep, int... axes) {
        return Scale.of("result, second derivatives: terms")
                .gradient((x, y, g, i) -> {
                    Tensor length = norm(x.getFirst(), true, axes);
                    // A subnormal norm has few digits; by one beyond all floats numbers are divided to 0.
                    Tensor digits = torch.full_like(length, scalar(Float.MIN_NORMAL))
                            .div(length)
                            .add(scalar(1));
                    Tensor beyond = length.gt(scalar(Float.MAX_VALUE));
                    return x.getFirst()
                            .mul(g.reshape(length.shape()))
                            .div(length)
                            .mul(torch.where(beyond, Torch.full(length, Float.POSITIVE_INFINITY), digits));
                })
                .second((x, y, g, j, i, v) -> {
                    Tensor a = x.getFirst();
                    Tensor length = norm(a, true, axes);
                    Tensor along = a.mul(v).abs();
                    if (j == 1) {
                        return Torch.sum(along, keep, axes).div(y);
                    }
                    Tensor ahead = v.abs().div(length);
                    Tensor across = a.abs().mul(Torch.sum(along, true, axes)).div(length.pow(scalar(3)));
                    return ahead.add(across).mul(g.reshape(length.shape()));
                });
    }

    /** Whether it is 0 by a number, and by NaN a part of the upstream gradient, which as many NaNs may share. */
    private static boolean isShare(Difference.Element e) {
        if (!Float.isNaN(e.x())) {
            return e.ours() == 0;
        }
        int most = (int) e.trial()
                .operands()
                .getFirst()
                .ne(e.trial().operands().getFirst())
                .sum()
                .item();
        for (float g : e.upstream().toArray()) {
            for (int sharers = 1; sharers <= most; sharers++) {
                if (Double.compare(g / sharers, e.ours()) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void extremes() {
        Drawn some = d -> d.array(d.someDims(0, 4));
        Kept<Tensor> largest = (t, keep, axes) -> t.amax(Torch.axes(t, axes), keep);
        Kept<Tensor> smallest = (t, keep, axes) -> t.amin(Torch.axes(t, axes), keep);
        Bound shared = Bound.of(0.5, "g divided by the number of equals");
        Difference sharedByNaN = Difference.of(
                "where the largest (smallest) is NaN, g is shared among the NaNs, as by libtorch's max() but"
                        + " not its amax(), which divides 0 by 0",
                e -> e.isGradient() && e.libtorchIsNaN() && isShare(e));
        over("max", some, Any::max, Any::max, largest, BY_RESULT)
                .gradient(shared)
                .differs(Difference.MASKED)
                .differs(sharedByNaN)
                .differs(Difference.ZERO_SIGN);
        over("min", some, Any::min, Any::min, smallest, BY_RESULT)
                .gradient(shared)
                .differs(Difference.MASKED)
                .differs(sharedByNaN)
                .differs(Difference.ZERO_SIGN);
    }
}
