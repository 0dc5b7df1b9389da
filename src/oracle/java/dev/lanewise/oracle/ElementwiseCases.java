package dev.lanewise.oracle;

import static dev.lanewise.oracle.Bound.ADDED;
import static dev.lanewise.oracle.Bound.EXACT;
import static dev.lanewise.oracle.Bound.ROUNDED;
import static dev.lanewise.oracle.Difference.MASKED;
import static dev.lanewise.oracle.Difference.ZERO_SIGN;
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

/** Operations on each element by itself, or on two that stand at one place. */
final class ElementwiseCases {

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        ElementwiseCases table = new ElementwiseCases();
        table.arithmetic();
        table.functions();
        table.choices();
        table.binary();
        table.comparisons();
        return table.cases;
    }

    private Case add(Case added) {
        cases.add(added);
        return added;
    }

    private Case one(String name, UnaryOperator<Any> ours, UnaryOperator<Tensor> theirs) {
        return one(name, Scale.result(), ours, theirs);
    }

    private Case one(String name, Scale scale, UnaryOperator<Any> ours, UnaryOperator<Tensor> theirs) {
        return add(new Case(
                name, d -> Trial.one(d.anything(d.dims(0, 4)), ours, theirs).measuredBy(scale)));
    }

    /** On numbers above zero, except for special ones. */
    private Case positive(String name, UnaryOperator<Any> ours, UnaryOperator<Tensor> theirs) {
        return add(new Case(name, d -> Trial.one(d.positive(d.dims(0, 4)), ours, theirs)));
    }

    private Case two(String name, BinaryOperator<Any> ours, BinaryOperator<Tensor> theirs) {
        return two(name, Scale.result(), ours, theirs);
    }

    private Case two(String name, Scale scale, BinaryOperator<Any> ours, BinaryOperator<Tensor> theirs) {
        return add(new Case(name, d -> {
            int[] dims = d.dims(0, 4);
            FloatArray a = d.array(d.flip() ? d.broadcastable(dims) : dims);
            FloatArray b = d.array(d.broadcastable(dims));
            return Trial.two(a, b, ours, theirs).measuredBy(scale);
        }));
    }

    private interface WithNumber<A> {
        A apply(A x, float number);
    }

    private Case number(String name, WithNumber<Any> ours, WithNumber<Tensor> theirs) {
        return add(new Case(name, d -> {
            FloatArray x = d.anything(d.dims(0, 4));
            float c = d.number();
            return Trial.one(x, a -> ours.apply(a, c), t -> theirs.apply(t, c));
        }));
    }

    private void arithmetic() {
        one("neg", Any::neg, Tensor::neg).second(EXACT);
        one("square", Any::square, Tensor::square)
                .value(ROUNDED)
                .gradient(Bound.of(1, "2g·x: a product; if it is subnormal, doubling it doubles its error"))
                .second(ROUNDED)
                .differs(libtorchLoses("the gradient: libtorch computes g·(2x), which overflows for x from 2^127 on"));
        one("reciprocal", Any::reciprocal, Tensor::reciprocal)
                .value(ROUNDED)
                .gradient(Bound.of(3.5, "g·y·y: y twice, two products"))
                .second(Bound.of(8, "2g·v·y³: y three times, five products"))
                .differs(libtorchLoses("the gradient: libtorch computes g·(y²), where y² may overflow or vanish"));
        positive("sqrt", Any::sqrt, Tensor::sqrt)
                .value(ROUNDED)
                .gradient(Bound.of(1.5, "g/2y: y, a quotient"))
                .second(Bound.of(7, "g·v/4y³: y three times, four products and quotients"));
        number("add(c)", Any::add, (t, c) -> t.add(scalar(c))).value(ROUNDED).second(EXACT);
        number("sub(c)", Any::sub, (t, c) -> t.sub(scalar(c))).value(ROUNDED).second(EXACT);
        number("rsub(c)", Any::rsub, (t, c) -> torch.rsub(t, scalar(c)))
                .value(ROUNDED)
                .second(EXACT);
        number("mul(c)", Any::mul, (t, c) -> t.mul(scalar(c)))
                .value(ROUNDED)
                .gradient(ROUNDED)
                .second(ROUNDED);
        number("div(c)", Any::div, (t, c) -> t.div(scalar(c)))
                .value(ROUNDED)
                .gradient(ROUNDED)
                .second(ROUNDED);
    }

    private void functions() {
        one("exp", Any::exp, Tensor::exp)
                .value(Bound.of(0.9, "see accuracy.md"))
                .gradient(Bound.of(2.3, "g·y"))
                .second(Bound.of(3.3, "g·v·y"));
        positive("log", Any::log, Tensor::log)
                .value(Bound.of(0.94, "see accuracy.md"))
                .gradient(ROUNDED)
                .second(Bound.of(2.5, "g·v/x²: three products and quotients"));
        one("sin", Any::sin, Tensor::sin)
                .value(Bound.of(1.57, "see accuracy.md"))
                .gradient(Bound.of(3.7, "g·cos x"))
                .second(Bound.of(4.7, "g·v·sin x"));
        one("cos", Any::cos, Tensor::cos)
                .value(Bound.of(1.57, "see accuracy.md"))
                .gradient(Bound.of(3.7, "g·sin x"))
                .second(Bound.of(4.7, "g·v·cos x"));
        Difference saturated = libtorchLoses(
                "an infinite g times a derivative that is not yet 0 here, but 0 in libtorch, whose function is 1"
                        + " earlier");
        Scale tanh = Scale.result()
                .unit("result, derivatives: g")
                .gradient((x, y, g, i) -> g)
                .second((x, y, g, j, i, v) -> j == 0 ? g.mul(v) : v);
        one("tanh", tanh, Any::tanh, Tensor::tanh)
                .value(Bound.of(1.04, "see accuracy.md"))
                .gradient(Bound.of(3.6, "g·(1 - y²): 1 - y² has the absolute error of y²"))
                .second(Bound.of(8, "2g·v·y·(1 - y²)"))
                .differs(saturated);
        Scale sigmoid = Scale.result()
                .unit("result, derivatives: g·y")
                .gradient((x, y, g, i) -> g.mul(y))
                .second((x, y, g, j, i, v) -> j == 0 ? g.mul(v).mul(y) : v.mul(y));
        one("sigmoid", sigmoid, Any::sigmoid, Tensor::sigmoid)
                .value(Bound.of(1.48, "see accuracy.md"))
                .gradient(Bound.of(6, "g·y·(1 - y): 1 - y has the absolute error of y"))
                .second(Bound.of(10, "g·v·y·(1 - y)·(1 - 2y)"))
                .differs(saturated);
    }

    /** Kinks, where only first derivatives are compared. */
    private void choices() {
        one("abs", Any::abs, Tensor::abs).differs(MASKED);
        one("relu", Any::relu, Tensor::relu).differs(ZERO_SIGN.noted("relu of -0 is 0, libtorch's is -0"));
        add(new Case("clamp", d -> {
            FloatArray x = d.anything(d.dims(0, 4));
            float low = d.plain();
            float high = low + Math.abs(d.plain());
            return Trial.one(x, a -> a.clamp(low, high), t -> Torch.clamp(t, low, high));
        }));
        two("maximum", Any::maximum, Tensor::maximum).gradient(ADDED).differs(ZERO_SIGN);
        two("minimum", Any::minimum, Tensor::minimum).gradient(ADDED).differs(ZERO_SIGN);
        number("maximum(c)", Any::maximum, (t, c) -> t.maximum(Torch.full(t, c)))
                .gradient(ROUNDED)
                .differs(ZERO_SIGN);
        number("minimum(c)", Any::minimum, (t, c) -> t.minimum(Torch.full(t, c)))
                .gradient(ROUNDED)
                .differs(ZERO_SIGN);
        add(new Case("where", d -> {
                    int[] dims = d.dims(0, 4);
                    FloatArray a = d.array(d.broadcastable(dims));
                    FloatArray condition = d.array(dims);
                    FloatArray b = d.array(d.broadcastable(dims));
                    return Trial.of(
                            x -> x.get(0).where(x.get(1), x.get(2)),
                            t -> t.get(0).where(t.get(1).ne(scalar(0)), t.get(2)),
                            a,
                            condition,
                            b);
                }))
                .gradient(ADDED);
    }

    private void binary() {
        two("add", Any::add, Tensor::add).value(ROUNDED).gradient(ADDED).second(ADDED);
        two("sub", Any::sub, Tensor::sub).value(ROUNDED).gradient(ADDED).second(ADDED);
        two("mul", Any::mul, Tensor::mul).value(ROUNDED).gradient(ADDED).second(ADDED);
        // By b also what g·y loses where it is subnormal, divided by b.
        Scale quotient = Scale.result()
                .gradient((x, y, g, i) -> i == 0
                        ? g.div(x.get(1))
                        : g.mul(y).abs().add(scalar(Float.MIN_NORMAL)).div(x.get(1)));
        two("div", quotient, Any::div, Tensor::div)
                .value(ROUNDED)
                .gradient(Bound.of(5, "g·y/b: y, a product, a quotient; and added up"))
                .second(Bound.of(7, "g·v·y/b²: y, four products and quotients; and added up"))
                .differs(libtorchLoses("the gradient by b: libtorch computes g·(y/b), where y/b may overflow"));
        cases.addAll(PowerCases.all());
    }

    private void comparisons() {
        two("eq", Any::eq, Tensor::eq);
        two("ne", Any::ne, Tensor::ne);
        two("lt", Any::lt, Tensor::lt);
        two("le", Any::le, Tensor::le);
        two("gt", Any::gt, Tensor::gt);
        two("ge", Any::ge, Tensor::ge);
        number("eq(c)", Any::eq, (t, c) -> t.eq(scalar(c)));
        number("ne(c)", Any::ne, (t, c) -> t.ne(scalar(c)));
        number("lt(c)", Any::lt, (t, c) -> t.lt(scalar(c)));
        number("le(c)", Any::le, (t, c) -> t.le(scalar(c)));
        number("gt(c)", Any::gt, (t, c) -> t.gt(scalar(c)));
        number("ge(c)", Any::ge, (t, c) -> t.ge(scalar(c)));
    }
}
