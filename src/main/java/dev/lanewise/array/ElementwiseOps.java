package dev.lanewise.array;

/**
 * Operations element by element, comparisons and choice: a part of {@link ArrayOps}.
 *
 * @param <A> the type of the array itself
 */
public sealed interface ElementwiseOps<A extends ArrayOps<A>> extends AnyArray<A> permits ReductionOps {

    // ---- one operand

    /** {@code -x}. */
    A neg();

    /** {@code |x|}. Derivative: the sign, and 0 at 0. */
    A abs();

    /** {@code e^x}. */
    A exp();

    /** The natural logarithm. Derivative: {@code 1 / x}, infinite at 0, and a number below 0 although the value is NaN. */
    A log();

    /** The square root; NaN below zero. Derivative: {@code 1 / (2 sqrt(x))}, infinite at 0. */
    A sqrt();

    /** {@code x * x}. */
    A square();

    /** {@code 1 / x}. Derivative: {@code -1 / x²}, infinite at 0. */
    A reciprocal();

    /** The sine, of radians. */
    A sin();

    /** The cosine, of radians. */
    A cos();

    /** The hyperbolic tangent. */
    A tanh();

    /** The logistic function {@code 1 / (1 + e^-x)}. */
    A sigmoid();

    /** {@code max(x, 0)}. Derivative: 0 up to zero, which is included, else 1, for NaN too. */
    A relu();

    /** {@code min(max(x, low), high)}. Derivative: 1 within the bounds, which are included, else 0, for NaN too. */
    A clamp(float low, float high);

    /** The error function, {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} from 0 to x. */
    A erf();

    /** {@code e^x - 1}, exact near 0 too. Derivative: {@code e^x}, as the result plus 1. */
    A expm1();

    /**
     * {@code ln(1 + x)}, exact near 0 too; NaN below -1 and negative infinity there. Derivative: {@code 1 / (1 + x)},
     * infinite at -1.
     */
    A log1p();

    /**
     * {@code 1 / sqrt x}; infinite at 0, with its sign, and NaN below. Derivative: infinite at 0, too.
     */
    A rsqrt();

    /**
     * {@code x Phi(x)}, Phi the distribution function of the standard normal (Hendrycks and Gimpel, <i>Gaussian Error Linear
     * Units</i>, 2016), exact far below zero too. Derivative: NaN at the infinities.
     */
    A gelu();

    /**
     * Nearly {@link #gelu}, as many older models have it: {@code x (1 + tanh u) / 2} with
     * {@code u = sqrt(2/pi) (x + 0.044715 x^3)}, written as {@code x sigmoid(2u)}. NaN at negative infinity. Derivative: 0
     * far below zero and 1 far above, at the infinities too.
     */
    default A geluTanh() {
        float c = (float) (2 * Math.sqrt(2 / Math.PI));
        // At the bounds the logistic function has long been 0 or 1; far beyond them its slope, 0, would meet infinity.
        A near = clamp(-12, 12);
        A twice = near.mul(near.square().mul(c * 0.044715f).add(c));
        return mul(twice.sigmoid());
    }

    /**
     * {@code x sigmoid(x)}, also called swish (Elfwing, Uchibe and Doya, <i>Sigmoid-weighted linear units</i>, Neural Networks
     * 107, 2018). Derivative: NaN at the infinities.
     */
    A silu();

    /** {@code ln(1 + e^x)}, without overflow or loss on either side. Derivative: the logistic function. */
    A softplus();

    /** {@code x} above zero, else {@code slope * x}, a finite slope. Derivative: 1 above zero, else (at 0, too) the slope. */
    A leakyRelu(float slope);

    /**
     * {@code x} above zero, else {@code alpha (e^x - 1)}, a finite alpha (Clevert, Unterthiner and Hochreiter, 2015). Derivative: 1 above
     * zero, else {@code alpha e^x}, which at 0 is alpha.
     */
    A elu(float alpha);

    // ---- two operands

    /** {@code this + b}. */
    A add(A b);

    /** {@code this - b}. */
    A sub(A b);

    /** {@code this * b}, element by element. */
    A mul(A b);

    /** {@code this / b}. Derivatives: {@code 1 / b} and {@code -this / b²}, not finite where b is 0. */
    A div(A b);

    /**
     * {@code this ^ b}, with the special cases of {@link Math#pow}. Derivative by the base: {@code b this^(b-1)}, and 0 for b
     * = 0. By the exponent: {@code this^b ln(this)}, and 0 for a base of 0 with an exponent that is not negative; so it is
     * NaN for a base below 0.
     */
    A pow(A b);

    /** The larger of each two; NaN if either is. Derivative: to the larger, half to each of equals, to both at a NaN. */
    A maximum(A b);

    /** The smaller of each two; NaN if either is. Derivative: to the smaller, half to each of equals, to both at a NaN. */
    A minimum(A b);

    // ---- derivatives of activations, each times a gradient, as backward passes need them: one loop

    /** {@code g} where this is above 0 or NaN, else 0: g times the derivative of {@link #relu}, this being its result. */
    A reluGradient(A g);

    /** {@code g (1 - this²)}: g times the derivative of {@link #tanh}, this being its result. */
    A tanhGradient(A g);

    /** {@code g this (1 - this)}: g times the derivative of {@link #sigmoid}, this being its result. */
    A sigmoidGradient(A g);

    /** {@code g (Phi(this) + this phi(this))}: g times the derivative of {@link #gelu} at this; NaN at the infinities. */
    A geluGradient(A g);

    /**
     * {@code g s (1 + this (1 - s))} with {@code s = sigmoid(this)}: g times the derivative of {@link #silu} at this; NaN at the
     * infinities.
     */
    A siluGradient(A g);

    // ---- a number as the second operand

    /** {@code this + c}. */
    A add(float c);

    /** {@code this - c}. */
    default A sub(float c) {
        return add(-c);
    }

    /** {@code c - this}: subtraction with its operands exchanged. */
    default A rsub(float c) {
        return neg().add(c);
    }

    /** {@code this * c}. */
    A mul(float c);

    /** {@code this / c}. */
    A div(float c);

    /** {@code this ^ c}, with the special cases of {@link Math#pow}. Derivative: {@code c x^(c-1)}, and 0 for c = 0. */
    A pow(float c);

    /** The larger of each element and c. */
    default A maximum(float c) {
        return maximum(lift(FloatArray.scalar(c)));
    }

    /** The smaller of each element and c. */
    default A minimum(float c) {
        return minimum(lift(FloatArray.scalar(c)));
    }

    // ---- comparisons: 1 where true, else 0; never with a derivative

    /** 1 where {@code this == b}, else 0. */
    default A eq(A b) {
        return lift(value().eq(b.value()));
    }

    /** 1 where {@code this != b}, else 0. */
    default A ne(A b) {
        return lift(value().ne(b.value()));
    }

    /** 1 where {@code this < b}, else 0. */
    default A lt(A b) {
        return lift(value().lt(b.value()));
    }

    /** 1 where {@code this <= b}, else 0. */
    default A le(A b) {
        return lift(value().le(b.value()));
    }

    /** 1 where {@code this > b}, else 0. */
    default A gt(A b) {
        return lift(b.value().lt(value()));
    }

    /** 1 where {@code this >= b}, else 0. */
    default A ge(A b) {
        return lift(b.value().le(value()));
    }

    /** 1 where {@code this == c}, else 0. */
    default A eq(float c) {
        return eq(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this != c}, else 0. */
    default A ne(float c) {
        return ne(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this < c}, else 0. */
    default A lt(float c) {
        return lt(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this <= c}, else 0. */
    default A le(float c) {
        return le(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this > c}, else 0. */
    default A gt(float c) {
        return gt(lift(FloatArray.scalar(c)));
    }

    /** 1 where {@code this >= c}, else 0. */
    default A ge(float c) {
        return ge(lift(FloatArray.scalar(c)));
    }

    // ---- choice

    /**
     * This where the condition is not 0, {@code other} elsewhere; all three broadcast. The operand that was not chosen
     * gets a gradient of exactly 0, whatever its own derivative is.
     */
    A where(A condition, A other);
}
