package dev.lanewise.oracle;

import static dev.lanewise.oracle.Torch.scalar;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Any;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Operations along one axis. */
final class AxisCases {

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        AxisCases table = new AxisCases();
        table.exponentials();
        table.orders();
        return table.cases;
    }

    private interface Along<A> {
        A apply(A x, int axis);
    }

    private interface Measured {
        Scale along(int axis);
    }

    private Case add(Case added) {
        cases.add(added);
        return added;
    }

    private Case along(String name, Along<Any> ours, Along<Tensor> theirs, Measured scale) {
        return add(new Case(name, d -> {
            int[] dims = d.dims(1, 4);
            FloatArray x = d.array(dims);
            int axis = d.axis(dims.length);
            return Trial.one(x, a -> ours.apply(a, axis), t -> theirs.apply(t, axis))
                    .measuredBy(scale.along(axis));
        }));
    }

    private void exponentials() {
        along("softmax", Any::softmax, Tensor::softmax, AxisCases::ofSoftmax)
                .anyZero()
                .value(Bound.of(5, "x - max, its exponential, the sum of these, a quotient"))
                .gradient(Bound.of(6, "the same, two products, a sum"))
                .second(Bound.of(8, "the same twice"));
        along("logSoftmax", Any::logSoftmax, Tensor::log_softmax, AxisCases::ofLogSoftmax)
                .anyZero()
                .value(Bound.of(4, "x - max, the sum of the exponentials, its logarithm, a difference"))
                .gradient(Bound.of(5, "g - e^y·(sum of g)"))
                .second(Bound.of(8, "e^y·(sum of g)·(v - sum of v·e^y)"));
        add(new Case("logSumExp", d -> {
                    int[] dims = d.dims(1, 4);
                    FloatArray x = d.array(dims);
                    int axis = d.axis(dims.length);
                    boolean keep = d.flip();
                    return Trial.one(
                                    x,
                                    a -> keep ? a.logSumExp(true, axis) : a.logSumExp(axis),
                                    t -> t.logsumexp(Torch.longs(axis), keep))
                            .exactly(t -> exactLogSumExp(t.getFirst(), keep, axis))
                            .measuredBy(ofLogSumExp(keep, axis));
                }))
                .anyZero()
                .value(Bound.of(4, "x - max, the sum of the exponentials, its logarithm, a sum"))
                .gradient(Bound.of(6, "g times the softmax"))
                .second(Bound.of(8, "g times the derivative of the softmax"))
                .note("libtorch's gradient is g·e^(x - y), and the rounding error of y is a relative error of it: of"
                        + " 7 equal numbers of 10^11 each gets 1 instead of 1/7, on float; on double 0.1 % is lost"
                        + " (exact is here the softmax in double)");
    }

    /** The logarithm of a sum whose derivative is the softmax: libtorch's own loses digits of large numbers, see the note. */
    private static Tensor exactLogSumExp(Tensor x, boolean keep, int axis) {
        if (x.size(axis) == 0) {
            return x.logsumexp(Torch.longs(axis), keep);
        }
        Tensor largest = x.amax(Torch.longs(axis), true).detach();
        Tensor shift = torch.where(largest.isfinite(), largest, torch.zeros_like(largest));
        Tensor sum = Torch.sum(x.sub(shift).exp(), true, axis).log().add(shift);
        return keep ? sum : sum.squeeze(axis);
    }

    // ---- sizes

    /** The distance from the largest, whose rounding is a relative error of the exponential; and 1. */
    static Tensor distance(Tensor x, int axis) {
        Tensor largest = x.size(axis) == 0 ? x : x.amax(Torch.longs(axis), true);
        return x.sub(largest).abs().add(scalar(1));
    }

    /** Softmax, times what its relative errors are measured by. */
    static Tensor weights(Tensor x, int axis) {
        Tensor softmax = x.softmax(axis);
        return torch.where(softmax.eq(scalar(0)), softmax, softmax.mul(distance(x, axis)));
    }

    static Tensor average(Tensor g, Tensor weights, int axis) {
        return Torch.sum(g.abs().mul(weights), true, axis);
    }

    private static Scale ofSoftmax(int axis) {
        return Scale.of("terms, times 1 + |x - max|")
                .value((x, y, g, i) -> weights(x.getFirst(), axis))
                .gradient((x, y, g, i) -> {
                    Tensor w = weights(x.getFirst(), axis);
                    return w.mul(g.abs().add(average(g, w, axis)));
                })
                .second((x, y, g, j, i, v) -> {
                    Tensor w = weights(x.getFirst(), axis);
                    Tensor ofV = v.abs().add(average(v, w, axis));
                    Tensor ofG = g.abs().add(average(g, w, axis));
                    return w.mul(j == 1 ? ofV : ofV.mul(ofG).add(average(v.mul(g), w, axis)));
                });
    }

    private static Scale ofLogSoftmax(int axis) {
        return Scale.of("terms, and 1; of exponentials times 1 + |x - max|")
                .value((x, y, g, i) -> y.abs().add(distance(x.getFirst(), axis)))
                .gradient((x, y, g, i) ->
                        g.abs().add(weights(x.getFirst(), axis).mul(Torch.sum(g.abs(), true, axis))))
                .second((x, y, g, j, i, v) -> {
                    Tensor w = weights(x.getFirst(), axis);
                    Tensor ofV = v.abs().add(average(v, w, axis));
                    return j == 1 ? ofV : w.mul(ofV).mul(Torch.sum(g.abs(), true, axis));
                });
    }

    private static Scale ofLogSumExp(boolean keep, int axis) {
        return Scale.of("terms, and 1; of exponentials times 1 + |x - max|")
                .value((x, y, g, i) -> {
                    Tensor a = x.getFirst();
                    Tensor largest = a.size(axis) == 0 ? Torch.sum(a, keep, axis) : a.amax(Torch.longs(axis), keep);
                    return y.abs().add(largest.abs()).add(scalar(1));
                })
                .gradient((x, y, g, i) -> weights(x.getFirst(), axis).mul(along(g, keep, axis)))
                .second((x, y, g, j, i, v) -> {
                    Tensor w = weights(x.getFirst(), axis);
                    Tensor ofV = v.abs().add(average(v, w, axis));
                    return j == 1
                            ? Torch.sum(v.abs().mul(w), keep, axis)
                            : w.mul(along(g, keep, axis)).mul(ofV);
                });
    }

    private static Tensor along(Tensor reduced, boolean kept, int axis) {
        return kept ? reduced : reduced.unsqueeze(axis);
    }

    private void orders() {
        Bound inDouble = Bound.of(0.5, "added up in double, rounded once");
        add(new Case("cumsum", d -> {
                    int[] dims = d.dims(1, 4);
                    int axis = d.axis(dims.length);
                    boolean fromEnd = d.flip();
                    return Trial.one(
                                    d.array(dims),
                                    a -> fromEnd ? a.cumsum(true, axis) : a.cumsum(axis),
                                    t -> fromEnd ? t.flip(axis).cumsum(axis).flip(axis) : t.cumsum(axis))
                            .measuredBy(Scale.terms());
                }))
                .anyZero()
                .value(inDouble)
                .gradient(inDouble)
                .second(inDouble);
        add(new Case("sort", d -> {
                    int[] dims = d.dims(1, 4);
                    int axis = d.axis(dims.length);
                    boolean descending = d.flip();
                    return Trial.one(
                                    d.array(dims),
                                    a -> descending ? a.sort(true, axis) : a.sort(axis),
                                    t -> sorted(t, axis, descending))
                            .measuredBy(Scale.terms());
                }))
                .second(Bound.EXACT);
        add(new Case("topk", d -> {
                    int[] dims = d.dims(1, 4);
                    int axis = d.axis(dims.length);
                    int k = d.below(dims[Math.floorMod(axis, dims.length)] + 1);
                    return Trial.one(
                                    d.array(dims),
                                    a -> a.topk(k, axis),
                                    t -> sorted(t, axis, true).narrow(axis, 0, k))
                            .measuredBy(Scale.terms());
                }))
                .second(Bound.EXACT)
                .note("libtorch's topk leaves the order of equals open (compared with the head of its stable sort)");
    }

    private static Tensor sorted(Tensor x, int axis, boolean descending) {
        return torch.sort(x, new BoolOptional(true), axis, descending).get0();
    }
}
