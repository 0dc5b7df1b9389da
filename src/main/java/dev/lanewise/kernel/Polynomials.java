package dev.lanewise.kernel;

/**
 * The numbers behind the library's own elementary functions, in one place so that both implementations use the same.
 *
 * <p>Method: reduce the argument to a short interval, evaluate a polynomial there, undo the reduction (Muller,
 * <i>Elementary Functions</i>, 3rd ed., 2016; Cody and Waite, <i>Software Manual for the Elementary Functions</i>,
 * 1980). The polynomials are minimax ones for the relative error, computed for this library by the exchange algorithm
 * of Remez in 40-digit arithmetic ({@code docs/polynomials.py} does it again). Float coefficients were then rounded to
 * nearest and moved by a few units each, two at a time, as long as the largest error fell; those of the first terms are
 * held at exact numbers. Each group states its largest relative error in exact arithmetic; what all roundings make of
 * it, over every float, stands at the functions that use it.
 *
 * <p>Every step {@code p * x + c} is one fused operation, from the highest power down (Horner).
 */
public final class Polynomials {

    private Polynomials() {}

    // ---- rounding to integers: adding this leaves the integer in the low bits of the sum (Hecker's addition trick)

    /** {@code 1.5 * 2^23}. */
    public static final float ROUND = 0x1.8p23f;

    /** {@code 1.5 * 2^52}. */
    public static final double ROUND_DOUBLE = 0x1.8p52;

    // ---- e^x = 2^n e^r with n = round(x / ln 2), |r| <= ln 2 / 2

    /** {@code 1 / ln 2}. */
    public static final float LOG2_E = 0x1.715476p0f;

    /** {@code ln 2} as a float; {@code LN2_HIGH + LN2_LOW} is ln 2 to within 2^-53. */
    public static final float LN2_HIGH = 0x1.62e430p-1f;

    /** What {@link #LN2_HIGH} lacks. */
    public static final float LN2_LOW = -0x1.05c610p-29f;

    // e^r = 1 + r + E2 r^2 + ... + E6 r^6, within 2^-28.19
    public static final float E2 = 0x1.fffffcp-2f;
    public static final float E3 = 0x1.555490p-3f;
    public static final float E4 = 0x1.5558d6p-5f;
    public static final float E5 = 0x1.123b5cp-7f;
    public static final float E6 = 0x1.6a2166p-10f;

    /** The largest float whose exponential is a finite float. */
    public static final float EXP_LARGEST = 0x1.62e42ep6f;

    /** Below this the exponential rounds to 0. */
    public static final float EXP_SMALLEST = -0x1.9fe368p6f;

    /** Below this the exponential is worked out 2^64 times too large and then scaled, as it may be subnormal. */
    public static final float EXP_SCALED = -80f;

    // ---- e^x - 1 = 2^n (e^r - 1) + (2^n - 1), n and r as for e^x

    // e^r - 1 = r + r^2 / 2 + M3 r^3 + ... + M7 r^7, within 2^-30.78
    public static final float M3 = 0x1.555554p-3f;
    public static final float M4 = 0x1.5554f0p-5f;
    public static final float M5 = 0x1.111242p-7f;
    public static final float M6 = 0x1.6d42c6p-10f;
    public static final float M7 = 0x1.9fbe12p-13f;

    /**
     * As {@link #ROUND}, but it leaves the integer n + 126: moved into the exponent's place, that is 2^(n-1), which is
     * finite where 2^n may not be.
     */
    public static final float ROUND_HALVED = ROUND + 126;

    /** Below this magnitude {@code e^x - 1} rounds to x. */
    public static final float EXPM1_SAME = 0x1p-25f;

    /** From here down {@code e^x - 1} rounds to -1. */
    public static final float EXPM1_LEAST = -18f;

    // ---- ln x = e ln 2 + ln(1 + f) with sqrt(1/2) <= 1 + f < sqrt 2

    /** The bits of {@code sqrt(1/2)}: subtracting them from those of x leaves e in the exponent's place. */
    public static final int SQRT_HALF_BITS = 0x3f3504f3;

    /** Scales subnormal numbers into normal ones; {@link #SUBNORMAL_EXPONENT} undoes it. */
    public static final float SUBNORMAL_SCALE = 0x1p23f;

    /** The exponent that {@link #SUBNORMAL_SCALE} adds. */
    public static final int SUBNORMAL_EXPONENT = 23;

    // ln(1 + f) = f - f^2 / 2 + L3 f^3 + ... + L10 f^10, within 2^-27.33
    public static final float L3 = 0x1.555554p-2f;
    public static final float L4 = -0x1.000226p-2f;
    public static final float L5 = 0x1.99a00ep-3f;
    public static final float L6 = -0x1.54725ep-3f;
    public static final float L7 = 0x1.22da34p-3f;
    public static final float L8 = -0x1.0d856cp-3f;
    public static final float L9 = 0x1.055bd2p-3f;
    public static final float L10 = -0x1.38b64ep-4f;

    // ---- ln(1 + x) = n ln 2 + ln(1 + f) with 3/4 <= 1 + f < 3/2, where f is exact: x 2^-n - (1 - 2^-n)

    /** The bits of {@code 3/4}: subtracting them from those of 1 + x leaves n in the exponent's place. */
    public static final int THREE_QUARTERS_BITS = 0x3f400000;

    /** The bits of 1. */
    public static final int ONE_BITS = 0x3f800000;

    /** From this n on, 1 + x is x. */
    public static final int LOG1P_LARGE = 64;

    // ln(1 + f) = f - f^2 / 2 + W3 f^3 + ... + W10 f^10, within 2^-27.56
    public static final float W3 = 0x1.5555a4p-2f;
    public static final float W4 = -0x1.000042p-2f;
    public static final float W5 = 0x1.996996p-3f;
    public static final float W6 = -0x1.54ef94p-3f;
    public static final float W7 = 0x1.288468p-3f;
    public static final float W8 = -0x1.0d8abep-3f;
    public static final float W9 = 0x1.ac8efcp-4f;
    public static final float W10 = -0x1.71396ap-5f;

    // ---- tanh: a polynomial below TANH_SPLIT, 1 - 2 / (e^2|x| + 1) from there on

    /** Where the polynomial ends. */
    public static final float TANH_SPLIT = 0.8f;

    /** From here on the hyperbolic tangent rounds to 1. */
    public static final float TANH_ONE = 9.02f;

    // tanh x = x + T3 x^3 + ... + T13 x^13, within 2^-27.25 for |x| <= 0.8
    public static final float T3 = -0x1.55553cp-2f;
    public static final float T5 = 0x1.110b38p-3f;
    public static final float T7 = -0x1.b9288ap-5f;
    public static final float T9 = 0x1.5d073cp-6f;
    public static final float T11 = -0x1.e597d8p-8f;
    public static final float T13 = 0x1.9f6f4ep-10f;

    // ---- erf: a polynomial below ERF_SPLIT, 1 - e^(ln erfc x) with another one for the logarithm from there on

    /** Where the polynomial ends. */
    public static final float ERF_SPLIT = 0.9f;

    /** From here on the error function rounds to 1. */
    public static final float ERF_ONE = 3.92f;

    // erf x = x + F1 x + F3 x^3 + ... + F11 x^11, within 2^-26.08 for |x| <= 0.9
    public static final float F1 = 0x1.06eba6p-3f;
    public static final float F3 = -0x1.8126f8p-2f;
    public static final float F5 = 0x1.ce1dcep-4f;
    public static final float F7 = -0x1.b6bee6p-6f;
    public static final float F9 = 0x1.4876dap-8f;
    public static final float F11 = -0x1.3f4fa4p-11f;

    // ln erfc x = H0 + H1 x + ... + H6 x^6, so that erf x is within 2^-28.43 for 0.9 <= x <= 3.93
    public static final float H0 = -0x1.5d13c8p-13f;
    public static final float H1 = -0x1.20b752p0f;
    public static final float H2 = -0x1.4621bcp-1f;
    public static final float H3 = -0x1.aa7306p-4f;
    public static final float H4 = 0x1.6d9c9ep-6f;
    public static final float H5 = -0x1.91cc60p-9f;
    public static final float H6 = 0x1.9fb17ep-13f;

    // ---- gelu: x Phi(x) = max(x, 0) - a Phi(-a), a = |x|, with Phi(-a) = e^(-a^2 / 2) N(a) / D(a)

    /**
     * As {@link #ROUND}, but it leaves the integer n + 191: moved into the exponent's place, that is 2^(n + 64), with which
     * no result is subnormal until {@link #LIFTED} undoes it.
     */
    public static final float ROUND_LIFTED = ROUND + 191;

    /** {@code 2^-64}. */
    public static final float LIFTED = 0x1p-64f;

    /** From here on a Phi(-a) rounds to 0. */
    public static final float GELU_ZERO = 14.36f;

    // N(a) / D(a) = (N0 + ... + N4 a^4) / (D0 + ... + D5 a^5), within 2^-26.36 for 0 <= a <= 14.4; that D0 is nearly 2
    // halves
    // the rounding errors near 0
    public static final float N0 = 0.875f;
    public static final float N1 = 0x1.87e85ep-1f;
    public static final float N2 = 0x1.471e5ap-2f;
    public static final float N3 = 0x1.2188c4p-4f;
    public static final float N4 = 0x1.d3bc5ap-8f;
    public static final float D0 = 1.75f;
    public static final float D1 = 0x1.76ae18p1f;
    public static final float D2 = 0x1.0cbaeep1f;
    public static final float D3 = 0x1.a30120p-1f;
    public static final float D4 = 0x1.6ae6b4p-3f;
    public static final float D5 = 0x1.251b3ap-6f;

    /** From here on a phi(a) rounds to 0, phi being the density of the standard normal. */
    public static final float GELU_SLOPE_ZERO = 14.6f;

    /** {@code 1 / sqrt(2 pi)}. */
    public static final float DENSITY_AT_0 = 0x1.988454p-2f;

    /** From here on {@code a e^-a} rounds to 0. */
    public static final float SILU_ZERO = 108.7f;

    // ---- softplus: max(x, 0) + ln(1 + e) with e = e^-|x|

    // ln(1 + e) = e + U2 e^2 + ... + U10 e^10, within 2^-27.10 for 0 <= e <= 1
    public static final float U2 = -0x1.ffffd2p-2f;
    public static final float U3 = 0x1.554deep-2f;
    public static final float U4 = -0x1.ff26e2p-3f;
    public static final float U5 = 0x1.935ca4p-3f;
    public static final float U6 = -0x1.3a7a8cp-3f;
    public static final float U7 = 0x1.b579eap-4f;
    public static final float U8 = -0x1.d8637cp-5f;
    public static final float U9 = 0x1.4b08aap-6f;
    public static final float U10 = -0x1.b2f67ap-9f;

    // ---- sin and cos: r = x - k pi/2 with k = round(2 x / pi), |r| <= pi/4

    /** {@code 2 / pi}. */
    public static final float TWO_OVER_PI = 0x1.45f306p-1f;

    /** {@code pi / 2} as a float; the three parts together are pi/2 to within 2^-76. */
    public static final float HALF_PI_HIGH = 0x1.921fb6p0f;

    /** What {@link #HALF_PI_HIGH} lacks. */
    public static final float HALF_PI_MIDDLE = -0x1.777a5cp-25f;

    /** What is lacking still. */
    public static final float HALF_PI_LOW = -0x1.ee59dap-50f;

    /** Up to this magnitude the three parts of pi/2 reduce an argument well; above it {@link #TWO_OVER_PI_BITS} do. */
    public static final float REDUCED_BY_PARTS = 0x1p19f;

    // sin r = r + S3 r^3 + S5 r^5 + S7 r^7, within 2^-27.79
    public static final float S3 = -0x1.555544p-3f;
    public static final float S5 = 0x1.110706p-7f;
    public static final float S7 = -0x1.9939a8p-13f;

    // cos r = 1 - r^2 / 2 + C4 r^4 + C6 r^6 + C8 r^8, within 2^-32.79
    public static final float C4 = 0x1.55554ap-5f;
    public static final float C6 = -0x1.6c0c1ap-10f;
    public static final float C8 = 0x1.99e1bap-16f;

    /** The first bits of {@code 2 / pi} after the binary point, after 32 zeros: what Payne and Hanek (1983) multiply by. */
    private static final int[] TWO_OVER_PI_BITS = {
        0, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561
    };

    /** Word i of the bits of {@code 2 / pi}, without sign; word 0 stands before the binary point. */
    public static long twoOverPi(int i) {
        return TWO_OVER_PI_BITS[i] & 0xffff_ffffL;
    }

    // ---- a^b = 2^(b log2 a), in double

    // log2(1 + f) = G1 f + ... + G13 f^13 for f as in ln x, within 2^-35.84
    public static final double G1 = 0x1.71547652a1e2bp0;
    public static final double G2 = -0x1.715476565e724p-1;
    public static final double G3 = 0x1.ec709ebbd79fdp-2;
    public static final double G4 = -0x1.715470961f947p-2;
    public static final double G5 = 0x1.277651e211e3ep-2;
    public static final double G6 = -0x1.ec72b5ff8df27p-3;
    public static final double G7 = 0x1.a63f4b74c045ep-3;
    public static final double G8 = -0x1.71416ef3b58d1p-3;
    public static final double G9 = 0x1.4528b4b25dfecp-3;
    public static final double G10 = -0x1.252eea6736d3dp-3;
    public static final double G11 = 0x1.2873dd2e56abep-3;
    public static final double G12 = -0x1.248bcd573378ep-3;
    public static final double G13 = 0x1.3ce87a2a8fccap-4;

    // 2^r = 1 + P1 r + ... + P6 r^6 for |r| <= 1/2, within 2^-28.52
    public static final double P1 = 0x1.62e4311b00ae7p-1;
    public static final double P2 = 0x1.ebfbe2cea537ap-3;
    public static final double P3 = 0x1.c6ae6e4a67d6dp-5;
    public static final double P4 = 0x1.3b270638a913bp-7;
    public static final double P5 = 0x1.5f748a430fb92p-10;
    public static final double P6 = 0x1.470fd392913f5p-13;

    /** Powers of two above this are infinite floats. */
    public static final float POW_LARGEST = 130;

    /** Powers of two below this are zero as floats. */
    public static final float POW_SMALLEST = -160;
}
