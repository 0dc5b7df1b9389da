package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.kernel.ErrorFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The elementwise operations of {@link DoubleArray}: what each does with one number or two. */
sealed interface DoubleElementwise extends ArrayOps<DoubleArray> permits DoubleArray {

    /** The function of each element. */
    DoubleArray map(DoubleUnaryOperator f);

    /** The function of each two elements, after broadcasting. */
    DoubleArray combine(DoubleArray b, DoubleBinaryOperator f);

    @Override
    default DoubleArray neg() {
        return map(x -> -x);
    }

    @Override
    default DoubleArray abs() {
        return map(Math::abs);
    }

    @Override
    default DoubleArray exp() {
        return map(Math::exp);
    }

    @Override
    default DoubleArray log() {
        return map(Math::log);
    }

    @Override
    default DoubleArray sqrt() {
        return map(Math::sqrt);
    }

    @Override
    default DoubleArray square() {
        return map(x -> x * x);
    }

    @Override
    default DoubleArray reciprocal() {
        return map(x -> 1 / x);
    }

    @Override
    default DoubleArray sin() {
        return map(Math::sin);
    }

    @Override
    default DoubleArray cos() {
        return map(Math::cos);
    }

    @Override
    default DoubleArray tanh() {
        return map(Math::tanh);
    }

    @Override
    default DoubleArray sigmoid() {
        return map(x -> 1 / (1 + Math.exp(-x)));
    }

    @Override
    default DoubleArray relu() {
        return map(x -> Math.max(x, 0));
    }

    @Override
    default DoubleArray clamp(float low, float high) {
        return map(x -> Math.min(Math.max(x, low), high));
    }

    @Override
    default DoubleArray erf() {
        return map(ErrorFunction::erf);
    }

    @Override
    default DoubleArray expm1() {
        return map(Math::expm1);
    }

    @Override
    default DoubleArray log1p() {
        return map(Math::log1p);
    }

    @Override
    default DoubleArray rsqrt() {
        return map(x -> 1 / Math.sqrt(x));
    }

    @Override
    default DoubleArray gelu() {
        return map(x -> x * 0.5 * ErrorFunction.erfc(-x * Math.sqrt(0.5)));
    }

    @Override
    default DoubleArray silu() {
        return map(x -> x / (1 + Math.exp(-x)));
    }

    @Override
    default DoubleArray softplus() {
        return map(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
    }

    @Override
    default DoubleArray leakyRelu(float slope) {
        return map(x -> x > 0 ? x : slope * x);
    }

    @Override
    default DoubleArray elu(float alpha) {
        return map(x -> x > 0 ? x : alpha * Math.expm1(x));
    }

    @Override
    default DoubleArray add(DoubleArray b) {
        return combine(b, Double::sum);
    }

    @Override
    default DoubleArray sub(DoubleArray b) {
        return combine(b, (x, y) -> x - y);
    }

    @Override
    default DoubleArray mul(DoubleArray b) {
        return combine(b, (x, y) -> x * y);
    }

    @Override
    default DoubleArray div(DoubleArray b) {
        return combine(b, (x, y) -> x / y);
    }

    @Override
    default DoubleArray reluGradient(DoubleArray g) {
        return combine(g, (y, t) -> y <= 0 ? 0 : t);
    }

    @Override
    default DoubleArray tanhGradient(DoubleArray g) {
        return combine(g, (y, t) -> t * (1 - y * y));
    }

    @Override
    default DoubleArray sigmoidGradient(DoubleArray g) {
        return combine(g, (y, t) -> t * y * (1 - y));
    }

    @Override
    default DoubleArray geluGradient(DoubleArray g) {
        return combine(
                g,
                (x, t) -> t
                        * (0.5 * ErrorFunction.erfc(-x * Math.sqrt(0.5))
                                + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)));
    }

    @Override
    default DoubleArray siluGradient(DoubleArray g) {
        return combine(g, (x, t) -> {
            double s = 1 / (1 + Math.exp(-x));
            return t * s * (1 + x * (1 - s));
        });
    }

    @Override
    default DoubleArray pow(DoubleArray b) {
        return combine(b, Math::pow);
    }

    @Override
    default DoubleArray maximum(DoubleArray b) {
        return combine(b, Math::max);
    }

    @Override
    default DoubleArray minimum(DoubleArray b) {
        return combine(b, Math::min);
    }

    @Override
    default DoubleArray add(float c) {
        return map(x -> x + c);
    }

    @Override
    default DoubleArray mul(float c) {
        return map(x -> x * c);
    }

    @Override
    default DoubleArray div(float c) {
        return map(x -> x / c);
    }

    @Override
    default DoubleArray pow(float c) {
        return map(x -> Math.pow(x, c));
    }

    // Comparisons are overridden because those of the surface compare what has been rounded to float32.

    @Override
    default DoubleArray eq(DoubleArray b) {
        return combine(b, (x, y) -> x == y ? 1 : 0);
    }

    @Override
    default DoubleArray ne(DoubleArray b) {
        return combine(b, (x, y) -> x != y ? 1 : 0);
    }

    @Override
    default DoubleArray lt(DoubleArray b) {
        return combine(b, (x, y) -> x < y ? 1 : 0);
    }

    @Override
    default DoubleArray le(DoubleArray b) {
        return combine(b, (x, y) -> x <= y ? 1 : 0);
    }

    @Override
    default DoubleArray gt(DoubleArray b) {
        return combine(b, (x, y) -> x > y ? 1 : 0);
    }

    @Override
    default DoubleArray ge(DoubleArray b) {
        return combine(b, (x, y) -> x >= y ? 1 : 0);
    }
}
