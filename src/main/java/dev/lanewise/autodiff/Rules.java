package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Every derivative of the library, stated once.
 *
 * <p>In the closures {@code g} is a gradient of the result, or a tangent of the operand where the two maps are the same;
 * {@code x}, {@code a}, {@code b} are operands and {@code y} is the result. Operations without parameters are constants
 * of this class; the others are made at each call, and copy the arrays among their parameters, which the caller may
 * change before the closures run. Composite operations (mean, var, mm, addmm, …) are not here: their
 * derivative follows.
 */
final class Rules {

    private Rules() {}

    // ---- elementwise, one operand

    static final Rule NEG = Rule.linear("neg", FloatArray::neg, AdjointArray::neg);
    static final Rule ABS = Rule.fromInput(
            "abs", FloatArray::abs, (x, g) -> only(x.ne(0), g.mul(x.gt(0).sub(x.lt(0)))));
    static final Rule EXP = Rule.fromOutput("exp", FloatArray::exp, (y, g) -> g.mul(y));
    static final Rule LOG = Rule.fromInput("log", FloatArray::log, (x, g) -> g.div(x));
    static final Rule SQRT = Rule.fromOutput("sqrt", FloatArray::sqrt, (y, g) -> g.div(y.mul(2)));
    static final Rule SQUARE =
            Rule.fromInput("square", FloatArray::square, (x, g) -> g.mul(x).mul(2));
    // Not g·y²: the square may overflow or vanish although the product is an ordinary number.
    static final Rule RECIPROCAL = Rule.fromOutput(
            "reciprocal", FloatArray::reciprocal, (y, g) -> g.mul(y).mul(y).neg());
    static final Rule SIN = Rule.fromInput("sin", FloatArray::sin, (x, g) -> g.mul(x.cos()));
    static final Rule COS =
            Rule.fromInput("cos", FloatArray::cos, (x, g) -> g.mul(x.sin()).neg());
    static final Rule TANH = Rule.fromOutput("tanh", FloatArray::tanh, AdjointArray::tanhGradient);
    static final Rule SIGMOID = Rule.fromOutput("sigmoid", FloatArray::sigmoid, AdjointArray::sigmoidGradient);
    static final Rule RELU = Rule.fromOutput("relu", FloatArray::relu, AdjointArray::reluGradient);

    static Rule clamp(float low, float high) {
        return Rule.fromInput(
                "clamp", x -> x.clamp(low, high), (x, g) -> only(x.ge(low).mul(x.le(high)), g));
    }

    private static final float TWO_OVER_ROOT_PI = (float) (2 / Math.sqrt(Math.PI));

    static final Rule ERF = Rule.fromInput(
            "erf", FloatArray::erf, (x, g) -> g.mul(x.square().neg().exp()).mul(TWO_OVER_ROOT_PI));

    static final Rule EXPM1 = Rule.fromOutput("expm1", FloatArray::expm1, (y, g) -> g.mul(y.add(1)));

    static final Rule LOG1P = Rule.fromInput("log1p", FloatArray::log1p, (x, g) -> g.div(x.add(1)));

    static final Rule RSQRT = Rule.fromOutput(
            "rsqrt", FloatArray::rsqrt, (y, g) -> g.mul(y.square().mul(y)).mul(-0.5f));

    static final Rule GELU = Rule.fromInput("gelu", FloatArray::gelu, AdjointArray::geluGradient);
    static final Rule SILU = Rule.fromInput("silu", FloatArray::silu, AdjointArray::siluGradient);

    // From the result y the slope is 1 - e^-y: the operand need not be kept.
    static final Rule SOFTPLUS = Rule.fromOutput(
            "softplus", FloatArray::softplus, (y, g) -> g.mul(y.neg().expm1()).neg());

    /** Unless the slope is negative, the result is positive where the operand is, which then need not be kept. */
    static Rule leakyRelu(float slope) {
        UnaryOperator<FloatArray> value = x -> x.leakyRelu(slope);
        BinaryOperator<AdjointArray> derivative = (xOrY, g) -> g.where(xOrY.gt(0), g.mul(slope));
        return slope >= 0
                ? Rule.fromOutput("leakyRelu", value, derivative)
                : Rule.fromInput("leakyRelu", value, derivative);
    }

    /** As {@link #leakyRelu}; below zero the slope is {@code alpha e^x}, which is the result plus alpha. */
    static Rule elu(float alpha) {
        UnaryOperator<FloatArray> value = x -> x.elu(alpha);
        return alpha >= 0
                ? Rule.fromOutput("elu", value, (y, g) -> g.where(y.gt(0), g.mul(y.add(alpha))))
                : Rule.fromInput(
                        "elu", value, (x, g) -> g.where(x.gt(0), g.mul(x.exp()).mul(alpha)));
    }

    static Rule addScalar(float c) {
        return Rule.unary("add", x -> x.add(c), (x, y, t) -> t, (x, y) -> g -> g);
    }

    static Rule mulScalar(float c) {
        return Rule.linear("mul", x -> x.mul(c), g -> g.mul(c));
    }

    static Rule divScalar(float c) {
        return Rule.linear("div", x -> x.div(c), g -> g.div(c));
    }

    static Rule powScalar(float c) {
        return Rule.fromInput(
                "pow",
                x -> x.pow(c),
                (x, g) -> c == 0 ? zeros(x) : g.mul(x.pow(c - 1).mul(c)));
    }

    // ---- what the derivatives of activations are, as operations of one loop: linear in g, with derivatives of their
    // own

    /** The slope 1 or 0 does not vary with the result y. */
    static final Rule RELU_GRADIENT =
            Rule.of("reluGradient", x -> x[0].reluGradient(x[1]), Rule.NONE, slope(AdjointArray::reluGradient));

    static final Rule TANH_GRADIENT = Rule.of(
            "tanhGradient", x -> x[0].tanhGradient(x[1]), curve(y -> y.mul(-2)), slope(AdjointArray::tanhGradient));
    static final Rule SIGMOID_GRADIENT = Rule.of(
            "sigmoidGradient",
            x -> x[0].sigmoidGradient(x[1]),
            curve(y -> y.mul(-2).add(1)),
            slope(AdjointArray::sigmoidGradient));

    private static final float ONE_OVER_ROOT_2PI = (float) (1 / Math.sqrt(2 * Math.PI));

    /** {@code phi' = -x phi}, so the slope {@code Phi + x phi} varies by {@code (2 - x²) phi}. */
    static final Rule GELU_GRADIENT = Rule.of(
            "geluGradient",
            x -> x[0].geluGradient(x[1]),
            curve(x -> {
                AdjointArray phi = x.square().mul(-0.5f).exp().mul(ONE_OVER_ROOT_2PI);
                return phi.mul(2).sub(x.mul(phi).mul(x)); // far out 0 too, where x² is infinite
            }),
            slope(AdjointArray::geluGradient));

    /** {@code s' = s (1 - s)}, so the slope {@code s + x s'} varies by {@code s' (2 + x (1 - 2s))}. */
    static final Rule SILU_GRADIENT = Rule.of(
            "siluGradient",
            x -> x[0].siluGradient(x[1]),
            curve(x -> {
                AdjointArray s = x.sigmoid();
                return s.mul(s.rsub(1)).mul(s.mul(-2).add(1).mul(x).add(2));
            }),
            slope(AdjointArray::siluGradient));

    /** By g: the operation itself, with a gradient or tangent in its place. */
    private static Rule.Partial slope(BinaryOperator<AdjointArray> operation) {
        return Rule.diagonal((x, y) -> {
            AdjointArray at = x[0];
            return t -> operation.apply(at, t);
        });
    }

    /** By the other operand: g times the derivative of the slope. */
    private static Rule.Partial curve(UnaryOperator<AdjointArray> derivative) {
        return Rule.diagonal((x, y) -> {
            AdjointArray at = x[0];
            AdjointArray g = x[1];
            return t -> t.mul(g).mul(derivative.apply(at));
        });
    }

    // ---- elementwise, two operands

    static final Rule ADD = Rule.elementwise("add", FloatArray::add, (x, y) -> g -> g, (x, y) -> g -> g);
    static final Rule SUB = Rule.elementwise("sub", FloatArray::sub, (x, y) -> g -> g, (x, y) -> AdjointArray::neg);
    static final Rule MUL = Rule.bilinear("mul", FloatArray::mul, AdjointArray::mul, AdjointArray::mul);
    static final Rule DIV = Rule.elementwise(
            "div",
            FloatArray::div,
            (x, y) -> {
                AdjointArray b = x[1];
                return g -> g.div(b);
            },
            (x, y) -> {
                AdjointArray b = x[1];
                return g -> g.mul(y).div(b).neg();
            });
    // Where the derivative is 0 by definition, the power or the logarithm is taken of 1: their infinities would be
    // multiplied by 0 when the gradient is differentiated in its turn.
    static final Rule POW = Rule.elementwise(
            "pow",
            FloatArray::pow,
            (x, y) -> {
                AdjointArray a = x[0];
                AdjointArray b = x[1];
                return g -> {
                    AdjointArray constant = b.eq(0);
                    AdjointArray base = one().where(constant, a);
                    return unless(constant, g.mul(b.mul(base.pow(b.sub(1)))));
                };
            },
            (x, y) -> {
                AdjointArray a = x[0];
                AdjointArray b = x[1];
                // 0^b is 0 for every b > 0, and its derivative with respect to b is 0 at b = 0 too, as in PyTorch.
                return g -> {
                    AdjointArray constant = a.eq(0).mul(b.ge(0));
                    AdjointArray base = one().where(constant, a);
                    return unless(constant, g.mul(y).mul(base.log()));
                };
            });
    static final Rule MAXIMUM = chooser("maximum", FloatArray::maximum, AdjointArray::lt);
    static final Rule MINIMUM = chooser("minimum", FloatArray::minimum, AdjointArray::gt);

    /** The derivative of a choice between two operands: none to one that loses, half to each of two equals. */
    private static Rule chooser(String name, BinaryOperator<FloatArray> value, BinaryOperator<AdjointArray> loses) {
        return Rule.elementwise(name, value, (x, y) -> share(x[0], x[1], loses), (x, y) -> share(x[1], x[0], loses));
    }

    private static UnaryOperator<AdjointArray> share(
            AdjointArray mine, AdjointArray other, BinaryOperator<AdjointArray> loses) {
        return g ->
                unless(loses.apply(mine, other), g.mul(mine.eq(other).mul(-0.5f).add(1)));
    }

    static final Rule EQ = Rule.withoutDerivative("eq", FloatArray::eq);
    static final Rule NE = Rule.withoutDerivative("ne", FloatArray::ne);
    static final Rule LT = Rule.withoutDerivative("lt", FloatArray::lt);
    static final Rule LE = Rule.withoutDerivative("le", FloatArray::le);
    static final Rule GT = Rule.withoutDerivative("gt", FloatArray::gt);
    static final Rule GE = Rule.withoutDerivative("ge", FloatArray::ge);

    /** Of what is chosen, the condition, and the other. */
    static final Rule WHERE = Rule.of(
            "where",
            x -> x[0].where(x[1], x[2]),
            Rule.diagonal((x, y) -> {
                AdjointArray condition = x[1];
                return g -> g.where(condition, zero());
            }),
            Rule.NONE,
            Rule.diagonal((x, y) -> {
                AdjointArray condition = x[1];
                return g -> zero().where(condition, g);
            }));

    // ---- reductions

    static Rule sum(Shape shape, boolean keepDims, int... givenAxes) {
        int[] axes = givenAxes.clone();
        return Rule.linear(
                "sum",
                x -> x.sum(keepDims, axes),
                g -> g.reshape(kept(shape, axes)).expand(shape));
    }

    /** The shape of a reduction that keeps its axes; worked out after the value, whose errors name the operation. */
    private static Shape kept(Shape shape, int... axes) {
        return shape.reduce(true, axes);
    }

    static Rule max(boolean keepDims, int... givenAxes) {
        int[] axes = givenAxes.clone();
        return extremum("max", x -> x.max(keepDims, axes), keepDims, axes);
    }

    static Rule min(boolean keepDims, int... givenAxes) {
        int[] axes = givenAxes.clone();
        return extremum("min", x -> x.min(keepDims, axes), keepDims, axes);
    }

    private static Rule extremum(String name, UnaryOperator<FloatArray> value, boolean keepDims, int... axes) {
        return Rule.unary(name, value, (x, y, t) -> shared(t, x[0], y, axes).sum(keepDims, axes), (x, y) -> {
            AdjointArray operand = x[0];
            return g -> shared(g.reshape(kept(operand.shape(), axes)), operand, y, axes);
        });
    }

    /** Divided among the elements equal to the extremum (if that is NaN, among the NaNs), 0 elsewhere. */
    private static AdjointArray shared(AdjointArray g, AdjointArray x, AdjointArray extremum, int... axes) {
        AdjointArray hit = x.eq(extremum.reshape(kept(x.shape(), axes))).add(x.ne(x));
        return only(hit, g.div(hit.sum(true, axes)));
    }

    static Rule norm(boolean keepDims, int... givenAxes) {
        int[] axes = givenAxes.clone();
        return Rule.unary(
                "norm",
                x -> x.norm(keepDims, axes),
                (x, y, t) -> t.mul(direction(x[0], y, axes)).sum(keepDims, axes),
                (x, y) -> {
                    AdjointArray operand = x[0];
                    return g -> g.reshape(kept(operand.shape(), axes)).mul(direction(operand, y, axes));
                });
    }

    /** {@code x / norm}, and 0 where the norm is 0. */
    private static AdjointArray direction(AdjointArray x, AdjointArray norm, int... axes) {
        AdjointArray length = norm.reshape(kept(x.shape(), axes));
        return only(length.ne(0), x.div(length));
    }

    static Rule softmax(int axis) {
        return Rule.fromOutput("softmax", x -> x.softmax(axis), (y, g) -> alongSoftmax(y, g, axis));
    }

    private static AdjointArray alongSoftmax(AdjointArray y, AdjointArray g, int axis) {
        return y.mul(g.sub(g.mul(y).sum(true, axis)));
    }

    /** Symmetric: {@code (g - mean of g - y * mean of g * y) / deviation}, the means over the axes. */
    static Rule layerNorm(float eps, int... givenAxes) {
        int[] axes = givenAxes.clone();
        return Rule.of("layerNorm", x -> x[0].layerNorm(eps, axes), Rule.diagonal((x, y) -> {
            AdjointArray operand = x[0];
            return g -> g.sub(g.mean(true, axes))
                    .sub(y.mul(g.mul(y).mean(true, axes)))
                    .mul(oneOverDeviation(operand, eps, axes));
        }));
    }

    /** {@code 1 / sqrt(variance + eps)}; where the variance overflows, from the norm, which does not. */
    private static AdjointArray oneOverDeviation(AdjointArray x, float eps, int[] axes) {
        AdjointArray centered = x.sub(x.mean(true, axes));
        AdjointArray variance = centered.square().mean(true, axes);
        AdjointArray usual = variance.add(eps).rsqrt();
        FloatArray infinite = variance.value().eq(Float.POSITIVE_INFINITY);
        if (infinite.sum().item() == 0) {
            return usual;
        }
        AdjointArray overflown = AdjointArray.constant(infinite);
        float root = (float) Math.sqrt((double) x.shape().countOver(axes));
        // 1 where it is not used, for a deviation of 0 would put NaN into the derivative.
        AdjointArray inverse =
                centered.div(root).norm(true, axes).where(overflown, one()).reciprocal();
        AdjointArray large = inverse.mul(inverse.mul(eps).mul(inverse).add(1).rsqrt());
        return large.where(overflown, usual);
    }

    static Rule logSoftmax(int axis) {
        return Rule.unary(
                "logSoftmax",
                x -> x.logSoftmax(axis),
                (x, y, t) -> t.sub(t.mul(y.exp()).sum(true, axis)),
                (x, y) -> g -> g.sub(y.exp().mul(g.sum(true, axis))));
    }

    /** The derivative is a matrix as large as the operand, {@code x.crossEntropyGradient(1)}. */
    static Rule crossEntropy(int... givenLabels) {
        int[] labels = givenLabels.clone();
        return Rule.unary(
                "crossEntropy",
                x -> x.crossEntropy(labels),
                (x, y, t) -> t.mul(x[0].crossEntropyGradient(one(), labels)).sum(),
                (x, y) -> {
                    AdjointArray logits = x[0];
                    return g -> logits.crossEntropyGradient(g, labels);
                });
    }

    /** By the logits as the softmax, by the scalar g linear. */
    static Rule crossEntropyGradient(int... givenLabels) {
        int[] labels = givenLabels.clone();
        return Rule.of(
                "crossEntropyGradient",
                x -> x[0].crossEntropyGradient(x[1], labels),
                Rule.diagonal((x, y) -> {
                    AdjointArray logits = x[0];
                    AdjointArray g = x[1];
                    return t -> alongSoftmax(logits.softmax(1), t, 1).mul(g.div(labels.length));
                }),
                new Rule.Partial((x, y, t) -> x[0].crossEntropyGradient(t, labels), (x, y) -> {
                    AdjointArray logits = x[0];
                    return u ->
                            u.mul(logits.crossEntropyGradient(one(), labels)).sum();
                }));
    }

    static Rule logSumExp(boolean keepDims, int axis) {
        return Rule.unary(
                "logSumExp",
                x -> x.logSumExp(keepDims, axis),
                (x, y, t) -> t.mul(weights(x[0], y, axis)).sum(keepDims, axis),
                (x, y) -> {
                    AdjointArray operand = x[0];
                    return g -> g.reshape(kept(operand.shape(), axis)).mul(weights(operand, y, axis));
                });
    }

    /**
     * The softmax. Where the sum is infinite that is NaN throughout, but the derivative is 0 by every finite number. (It
     * cannot be {@code e^(x - sum)} everywhere: of large numbers, what the sum lost by rounding is lost to the exponential.)
     */
    private static AdjointArray weights(AdjointArray x, AdjointArray sum, int axis) {
        AdjointArray softmax = x.softmax(axis);
        AdjointArray infinite = sum.reshape(kept(x.shape(), axis)).eq(Float.POSITIVE_INFINITY);
        if (infinite.value().sum().item() == 0) {
            return softmax;
        }
        return unless(infinite.mul(x.lt(Float.POSITIVE_INFINITY)), softmax);
    }

    /** The gradient where the mask is 1, and exactly 0 elsewhere, even where the gradient is infinite or NaN. */
    private static AdjointArray only(AdjointArray mask, AdjointArray g) {
        return g.where(mask, zero());
    }

    /** Exactly 0 where the mask is 1, the gradient elsewhere. */
    private static AdjointArray unless(AdjointArray mask, AdjointArray g) {
        return zero().where(mask, g);
    }

    private static AdjointArray zero() {
        return AdjointArray.constant(FloatArray.scalar(0));
    }

    private static AdjointArray one() {
        return AdjointArray.constant(FloatArray.scalar(1));
    }

    private static AdjointArray zeros(AdjointArray like) {
        return AdjointArray.constant(FloatArray.zeros(like.shape()));
    }
}
