package dev.lanewise.kernel;

/**
 * Loops that make {@code y[i]} from {@code x[i]}, or from {@code a[i]} and {@code b[i]}.
 *
 * <p>All runs are contiguous: element {@code i} of an array stands at {@code offset + i}. An operand of a binary loop
 * has a <i>step</i> of 1 or 0; with step 0 its one element at {@code offset} serves every {@code i} (a scalar, or a
 * broadcast run). {@code n} may be 0. The output may be the very run that an operand with step 1 reads (same array,
 * same offset); any other overlap is not allowed.
 *
 * <p>Both implementations give the same bits for the same input, whatever the lane width: the polynomials behind
 * {@code exp}, {@code log}, {@code tanh} and their like are the library's own and are evaluated with the same fused
 * operations in the same order. Only the payload and sign of a NaN are unspecified.
 *
 * <p>Accuracy is stated in units in the last place, the distance of neighbouring floats where the exact result lies, as the
 * largest error over all 2^32 inputs (of {@code pow}: over 2^31 drawn pairs). Arithmetic and {@code sqrt} are correctly
 * rounded. Subnormal numbers are numbers like others, in and out.
 */
public interface ElementwiseKernels {

    /** {@code y = -x}. */
    void neg(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = |x|}. */
    void abs(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = e^x}, within 0.90 units. */
    void exp(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = e^x - 1}, within 1.44 units, exact zeros and all. */
    void expm1(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = ln x}, within 0.94 units; NaN below zero, negative infinity at either zero. */
    void log(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = ln(1 + x)}, within 1.27 units; NaN below -1, negative infinity there. */
    void log1p(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = sqrt x}, correctly rounded. */
    void sqrt(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = 1 / sqrt x}, within 1.50 units; the infinity of its sign at either zero, NaN below. */
    void rsqrt(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = x * x}. */
    void square(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = 1 / x}, correctly rounded. */
    void reciprocal(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = sin x}, x in radians, within 1.6 units for every finite x; NaN for infinities. */
    void sin(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = cos x}, x in radians, within 1.6 units for every finite x; NaN for infinities. */
    void cos(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = tanh x}, within 1.04 units. */
    void tanh(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = 1 / (1 + e^-x)}, within 1.49 units, without overflow on either side. */
    void sigmoid(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = erf x}, the error function, within 1.10 units. */
    void erf(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = max(x, 0)}; NaN stays NaN. */
    void relu(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = x Phi(x)}, Phi the distribution function of the standard normal, within 6.01 units; -0 at -infinity. */
    void gelu(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = x / (1 + e^-x)}, within 1.80 units; -0 at -infinity. */
    void silu(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = ln(1 + e^x)}, within 1.90 units, without overflow. */
    void softplus(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y = x > 0 ? x : slope * x}. */
    void leakyRelu(int n, float[] x, int xo, float slope, float[] y, int yo);

    /** {@code y = x > 0 ? x : alpha * (e^x - 1)}, within 0.90 units for an alpha of 1, half a unit more for any other. */
    void elu(int n, float[] x, int xo, float alpha, float[] y, int yo);

    /**
     * {@code y = min(max(x, low), high)}; NaN stays NaN, and an x that equals a bound stays itself (a zero keeps its
     * sign).
     */
    void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo);

    /**
     * {@code y = b (Phi(a) + a phi(a))}, b times the derivative of {@link #gelu} at a; phi is the density of the standard
     * normal. The derivative is within 3.06 units of what {@code Phi(a) + |a| phi(a)} is; NaN at the
     * infinities.
     */
    void geluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /**
     * {@code y = b s (1 + a (1 - s))}, {@code s = 1 / (1 + e^-a)}: b times the derivative of {@link #silu} at a. The
     * derivative is within 4.21 units of what {@code s (1 + |a| (1 - s))} is; NaN at the infinities.
     */
    void siluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = b (1 - a a)}, b times the derivative of {@link #tanh} where its result is a; the factor is rounded once. */
    void tanhGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = b (a - a a)}, b times the derivative of {@link #sigmoid} where its result is a; the factor is rounded once. */
    void sigmoidGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a <= 0 ? 0 : b}, b times the derivative of {@link #relu} where its result is a. */
    void reluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a + b}. */
    void add(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a - b}. */
    void sub(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a * b}. */
    void mul(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a / b}. */
    void div(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a^b}, within 0.57 units, with the special cases of {@link Math#pow}. */
    void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = max(a, b)} as {@link Math#max(float, float)}: NaN if either is, and -0 below +0. */
    void max(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = min(a, b)} as {@link Math#min(float, float)}: NaN if either is, and -0 below +0. */
    void min(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a == b ? 1 : 0}; NaN equals nothing, -0 equals +0. */
    void eq(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a != b ? 1 : 0}. */
    void ne(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a < b ? 1 : 0}. The other order is the same loop with its operands exchanged. */
    void lt(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = a <= b ? 1 : 0}. */
    void le(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);

    /** {@code y = c != 0 ? a : b} (a NaN condition chooses {@code a}); all three with a step of 0 or 1. */
    void where(
            int n,
            float[] c,
            int co,
            int cStep,
            float[] a,
            int ao,
            int aStep,
            float[] b,
            int bo,
            int bStep,
            float[] y,
            int yo);

    /**
     * {@code y[i * columns + j] = x[xo + i * rowStride + j * columnStride]}: brings any two-dimensional view into dense
     * row-major order. Strides may be 0 or negative.
     */
    void copy(int rows, int columns, float[] x, int xo, int rowStride, int columnStride, float[] y, int yo);
}
