package dev.lanewise.kernel;

import static dev.lanewise.kernel.Polynomials.*;

/**
 * The library's own elementary functions of one float. They define the bits: the scalar kernels call them in plain loops,
 * and the vector kernels perform the same rounded operations in the same order on many lanes.
 *
 * <p>The methods and the numbers are described at {@link Polynomials}.
 */
public final class Elementary {

    private Elementary() {}

    // ---- exponential, logarithm and what is made of them

    /** {@code e^x}. */
    public static float exp(float x) {
        if (!(x <= EXP_LARGEST)) {
            return x * Float.POSITIVE_INFINITY; // too large, or NaN
        }
        if (x < EXP_SMALLEST) {
            return 0;
        }
        float shifted = Math.fma(x, LOG2_E, ROUND);
        int n = Float.floatToRawIntBits(shifted) << 23; // the low bits, in the place of the exponent
        float p = expReduced(x, shifted - ROUND);
        if (x < EXP_SCALED) {
            return Float.intBitsToFloat(Float.floatToRawIntBits(p) + n + (64 << 23)) * 0x1p-64f;
        }
        return Float.intBitsToFloat(Float.floatToRawIntBits(p) + n);
    }

    /** {@code e^(x - n ln 2)}. */
    private static float expReduced(float x, float n) {
        float r = Math.fma(n, -LN2_HIGH, x);
        r = Math.fma(n, -LN2_LOW, r);
        float p = Math.fma(E6, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        p = Math.fma(p, r, E2);
        p = Math.fma(p, r, 1);
        return Math.fma(p, r, 1);
    }

    /** {@code e^x - 1}, without the loss of that near 0. */
    public static float expm1(float x) {
        if (!(Math.abs(x) >= EXPM1_SAME)) {
            return x;
        }
        if (x > EXP_LARGEST) {
            return Float.POSITIVE_INFINITY;
        }
        float a = x < EXPM1_LEAST ? EXPM1_LEAST : x;
        float shifted = Math.fma(a, LOG2_E, ROUND_HALVED);
        float half = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23); // 2^(n-1)
        float n = shifted - ROUND_HALVED;
        float r = Math.fma(n, -LN2_HIGH, a);
        r = Math.fma(n, -LN2_LOW, r);
        float p = Math.fma(M7, r, M6);
        p = Math.fma(p, r, M5);
        p = Math.fma(p, r, M4);
        p = Math.fma(p, r, M3);
        p = Math.fma(p, r, 0.5f);
        p = Math.fma(p, r * r, r);
        float y = Math.fma(p, half, half - 0.5f);
        return y + y;
    }

    /** {@code ln x}. */
    public static float log(float x) {
        if (!(x < Float.POSITIVE_INFINITY)) {
            return x; // infinity or NaN
        }
        if (x <= 0) {
            return x < 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
        }
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * SUBNORMAL_SCALE : x);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float n = exponent - (subnormal ? SUBNORMAL_EXPONENT : 0);
        float p = Math.fma(L10, f, L9);
        p = Math.fma(p, f, L8);
        p = Math.fma(p, f, L7);
        p = Math.fma(p, f, L6);
        p = Math.fma(p, f, L5);
        p = Math.fma(p, f, L4);
        p = Math.fma(p, f, L3);
        p = Math.fma(p, f, -0.5f);
        p = Math.fma(p, f * f, f);
        p = Math.fma(n, LN2_LOW, p);
        return Math.fma(n, LN2_HIGH, p);
    }

    /** {@code ln(1 + x)}, without the loss of that near 0. */
    public static float log1p(float x) {
        if (!(x < Float.POSITIVE_INFINITY) || x == 0) {
            return x; // infinity, NaN, or a zero of either sign
        }
        if (x <= -1) {
            return x < -1 ? Float.NaN : Float.NEGATIVE_INFINITY;
        }
        int n = (Float.floatToRawIntBits(1 + x) - THREE_QUARTERS_BITS) >> 23;
        float power = Float.intBitsToFloat(ONE_BITS - (Math.min(n, LOG1P_LARGE) << 23)); // 2^-n
        float f = Float.intBitsToFloat(Float.floatToRawIntBits(x) - (n << 23)) - (1 - power);
        float p = Math.fma(W10, f, W9);
        p = Math.fma(p, f, W8);
        p = Math.fma(p, f, W7);
        p = Math.fma(p, f, W6);
        p = Math.fma(p, f, W5);
        p = Math.fma(p, f, W4);
        p = Math.fma(p, f, W3);
        p = Math.fma(p, f, -0.5f);
        p = Math.fma(p, f * f, f);
        p = Math.fma(n, LN2_LOW, p);
        return Math.fma(n, LN2_HIGH, p);
    }

    /** {@code tanh x}. */
    public static float tanh(float x) {
        float a = Math.abs(x); // the sign is put back at the end, so that -0 keeps its own
        if (!(a >= TANH_SPLIT)) {
            float z = a * a;
            float p = Math.fma(T13, z, T11);
            p = Math.fma(p, z, T9);
            p = Math.fma(p, z, T7);
            p = Math.fma(p, z, T5);
            p = Math.fma(p, z, T3);
            return Math.copySign(Math.fma(p * z, a, a), x);
        }
        float twice = a > TANH_ONE ? TANH_ONE * 2 : a + a;
        float shifted = Math.fma(twice, LOG2_E, ROUND);
        int n = Float.floatToRawIntBits(shifted) << 23;
        float p = expReduced(twice, shifted - ROUND);
        float e = Float.intBitsToFloat(Float.floatToRawIntBits(p) + n);
        return Math.copySign(1 - 2 / (e + 1), x);
    }

    /**
     * {@code 1 / (1 + e^-x)}, as {@code 1 / d} or {@code e / d} with {@code e = e^-|x|} and {@code d = 1 + e}. What
     * rounding d lost is put right in one Newton step, without which e / d would be off by up to 2.4 units.
     */
    public static float sigmoid(float x) {
        float e = exp(-Math.abs(x));
        float numerator = x < 0 ? e : 1;
        float d = 1 + e;
        float lost = e - (d - 1);
        float q = 1 / d;
        float y = numerator * q;
        float rest = Math.fma(-y, d, numerator);
        rest = Math.fma(-y, lost, rest);
        return Math.fma(rest, q, y);
    }

    /** The error function, {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} from 0 to x. */
    public static float erf(float x) {
        float a = Math.abs(x);
        if (!(a >= ERF_SPLIT)) {
            float z = a * a;
            float p = Math.fma(F11, z, F9);
            p = Math.fma(p, z, F7);
            p = Math.fma(p, z, F5);
            p = Math.fma(p, z, F3);
            p = Math.fma(p, z, F1);
            return Math.copySign(Math.fma(p, a, a), x);
        }
        float b = a > ERF_ONE ? ERF_ONE : a;
        float q = Math.fma(H6, b, H5);
        q = Math.fma(q, b, H4);
        q = Math.fma(q, b, H3);
        q = Math.fma(q, b, H2);
        q = Math.fma(q, b, H1);
        q = Math.fma(q, b, H0);
        float shifted = Math.fma(q, LOG2_E, ROUND);
        int n = Float.floatToRawIntBits(shifted) << 23;
        float p = expReduced(q, shifted - ROUND);
        float e = Float.intBitsToFloat(Float.floatToRawIntBits(p) + n);
        return Math.copySign(1 - e, x);
    }

    // ---- activations

    /**
     * {@code x Phi(x)}, Phi the distribution function of the standard normal, which is taken where it is small and so loses
     * nothing. What rounding {@code a^2 / 2} lost is given back to the exponent.
     */
    public static float gelu(float x) {
        float a = Math.abs(x);
        a = a > GELU_ZERO ? GELU_ZERO : a;
        float h = a * 0.5f;
        float s = h * a;
        float lost = Math.fma(h, a, -s);
        float shifted = Math.fma(s, -LOG2_E, ROUND_LIFTED);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        power = a >= GELU_ZERO ? 0 : power;
        float k = shifted - ROUND_LIFTED;
        float r = Math.fma(k, -LN2_HIGH, -s);
        r -= Math.fma(k, LN2_LOW, lost);
        float above = Math.fma(N4, a, N3);
        above = Math.fma(above, a, N2);
        above = Math.fma(above, a, N1);
        above = Math.fma(above, a, N0);
        float below = Math.fma(D5, a, D4);
        below = Math.fma(below, a, D3);
        below = Math.fma(below, a, D2);
        below = Math.fma(below, a, D1);
        below = Math.fma(below, a, D0);
        float t = above * a * power;
        t = Math.fma(t, expLessOne(r), t);
        return Math.fma(t / below, -LIFTED, x < 0 ? -0f : x);
    }

    /**
     * {@code x sigmoid(x)}, as {@code max(x, 0) - a e / (1 + e)} with {@code a = |x|} and {@code e = e^-a}; what rounding
     * {@code 1 + e} lost is put right as in {@link #sigmoid}.
     */
    public static float silu(float x) {
        float a = Math.abs(x);
        a = a > SILU_ZERO ? SILU_ZERO : a;
        float shifted = Math.fma(a, -LOG2_E, ROUND_LIFTED);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        power = a >= SILU_ZERO ? 0 : power;
        float k = shifted - ROUND_LIFTED;
        float r = Math.fma(k, -LN2_HIGH, -a);
        r = Math.fma(k, -LN2_LOW, r);
        float p = expLessOne(r);
        float e = Math.fma(power, p, power);
        float d = Math.fma(e, LIFTED, 1);
        float lost = Math.fma(e, LIFTED, 1 - d);
        float numerator = a * power;
        numerator = Math.fma(numerator, p, numerator);
        float q = 1 / d;
        float t = numerator * q;
        float rest = Math.fma(-t, d, numerator);
        rest = Math.fma(-t, lost, rest);
        t = Math.fma(rest, q, t);
        return Math.fma(t, -LIFTED, x < 0 ? -0f : x);
    }

    /**
     * The derivative of {@link #gelu}, {@code Phi(x) + x phi(x)}. Both have {@code e^(-a^2 / 2)} as a factor, {@code a = |x|},
     * so it is {@code t = e^(-a^2 / 2) (N(a) / D(a) - a / sqrt(2 pi))} below zero and {@code 1 - t} above; NaN at the
     * infinities.
     */
    public static float geluSlope(float x) {
        float a = Math.abs(x);
        a = a > GELU_SLOPE_ZERO ? GELU_SLOPE_ZERO : a;
        float h = a * 0.5f;
        float s = h * a;
        float lost = Math.fma(h, a, -s);
        float shifted = Math.fma(s, -LOG2_E, ROUND_LIFTED);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        power = a >= GELU_SLOPE_ZERO ? 0 : power;
        float k = shifted - ROUND_LIFTED;
        float r = Math.fma(k, -LN2_HIGH, -s);
        r -= Math.fma(k, LN2_LOW, lost);
        float above = Math.fma(N4, a, N3);
        above = Math.fma(above, a, N2);
        above = Math.fma(above, a, N1);
        above = Math.fma(above, a, N0);
        float below = Math.fma(D5, a, D4);
        below = Math.fma(below, a, D3);
        below = Math.fma(below, a, D2);
        below = Math.fma(below, a, D1);
        below = Math.fma(below, a, D0);
        float t = Math.fma(a, -DENSITY_AT_0, above / below) * power;
        t = Math.fma(t, expLessOne(r), t);
        float base = Math.fma(x, 0, x < 0 ? 0 : 1);
        return Math.fma(x < 0 ? t : -t, LIFTED, base);
    }

    /**
     * The derivative of {@link #silu}, {@code s (1 + x (1 - s))} with {@code s = 1 / (1 + e^-x)}: with {@code a = |x|},
     * {@code e = e^-a} and {@code q = 1 / (1 + e)} that is {@code e q (1 - a q)} below zero and {@code q + a q e q} above; NaN at
     * the infinities.
     */
    public static float siluSlope(float x) {
        float a = Math.abs(x);
        a = a > SILU_ZERO ? SILU_ZERO : a;
        float shifted = Math.fma(a, -LOG2_E, ROUND_LIFTED);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        power = a >= SILU_ZERO ? 0 : power;
        float k = shifted - ROUND_LIFTED;
        float r = Math.fma(k, -LN2_HIGH, -a);
        r = Math.fma(k, -LN2_LOW, r);
        float e = Math.fma(power, expLessOne(r), power);
        float q = 1 / Math.fma(e, LIFTED, 1);
        float t = (x < 0 ? Math.fma(-a, q, 1) : a * q) * (e * q);
        return Math.fma(t, LIFTED, Math.fma(x, 0, x < 0 ? 0 : q));
    }

    /** {@code ln(1 + e^x)}, as {@code max(x, 0) + ln(1 + e^-|x|)}. */
    public static float softplus(float x) {
        float a = Math.abs(x);
        float shifted = Math.fma(a, -LOG2_E, ROUND_LIFTED);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        float k = shifted - ROUND_LIFTED;
        float r = Math.fma(k, -LN2_HIGH, -a);
        r = Math.fma(k, -LN2_LOW, r);
        float e = Math.fma(power, expLessOne(r), power);
        e = a > -EXP_SMALLEST ? 0 : e;
        e *= LIFTED;
        float p = Math.fma(U10, e, U9);
        p = Math.fma(p, e, U8);
        p = Math.fma(p, e, U7);
        p = Math.fma(p, e, U6);
        p = Math.fma(p, e, U5);
        p = Math.fma(p, e, U4);
        p = Math.fma(p, e, U3);
        p = Math.fma(p, e, U2);
        return (x < 0 ? 0 : x) + Math.fma(p, e * e, e);
    }

    /** {@code x} above zero, else {@code alpha (e^x - 1)}. */
    public static float elu(float x, float alpha) {
        return x > 0 ? x : alpha * expm1(x);
    }

    /** {@code e^r - 1} for {@code |r| <= ln 2 / 2}, as good as what is added to it needs. */
    private static float expLessOne(float r) {
        float p = Math.fma(E6, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        p = Math.fma(p, r, E2);
        return Math.fma(p, r * r, r);
    }

    // ---- powers

    /**
     * {@code a^b}, with the special cases of {@link Math#pow}. The exponent magnifies the error of the logarithm up to 150
     * times, so both polynomials are evaluated in double; the result is then all but correctly rounded.
     */
    public static float pow(float a, float b) {
        if (b == 0) {
            return 1;
        }
        double t = b * log2(Math.abs(a));
        t = t > POW_LARGEST ? POW_LARGEST : t;
        t = t < POW_SMALLEST ? POW_SMALLEST : t;
        float y = exp2(t);
        if (Float.floatToRawIntBits(a) >= 0) {
            return y;
        }
        boolean integer = isInteger(b);
        if (!integer && a < 0 && a > Float.NEGATIVE_INFINITY) {
            return Float.NaN;
        }
        return integer && !isInteger(b * 0.5f) ? -y : y; // an odd power keeps the sign
    }

    /** {@code log2 m} of {@code m >= 0}; the infinities where they belong, NaN of NaN. */
    private static double log2(float m) {
        boolean subnormal = m < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? m * SUBNORMAL_SCALE : m);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        double f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float n = exponent - (subnormal ? SUBNORMAL_EXPONENT : 0);
        n = m < Float.POSITIVE_INFINITY ? n : m;
        n = m == 0 ? Float.NEGATIVE_INFINITY : n;
        double p = Math.fma(G13, f, G12);
        p = Math.fma(p, f, G11);
        p = Math.fma(p, f, G10);
        p = Math.fma(p, f, G9);
        p = Math.fma(p, f, G8);
        p = Math.fma(p, f, G7);
        p = Math.fma(p, f, G6);
        p = Math.fma(p, f, G5);
        p = Math.fma(p, f, G4);
        p = Math.fma(p, f, G3);
        p = Math.fma(p, f, G2);
        p = Math.fma(p, f, G1);
        return Math.fma(p, f, n);
    }

    /** {@code 2^t} as a float; the exponent is put together in double, so that a subnormal result is rounded once. */
    private static float exp2(double t) {
        double shifted = t + ROUND_DOUBLE;
        double r = t - (shifted - ROUND_DOUBLE);
        double p = Math.fma(P6, r, P5);
        p = Math.fma(p, r, P4);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, P2);
        p = Math.fma(p, r, P1);
        p = Math.fma(p, r, 1);
        return (float)
                Double.longBitsToDouble(Double.doubleToRawLongBits(p) + (Double.doubleToRawLongBits(shifted) << 52));
    }

    /** Whether b is an integer; infinities are (even ones), NaN is not. */
    private static boolean isInteger(float b) {
        float m = Math.abs(b);
        return m + 0x1p23f - 0x1p23f == m
                || m >= 0x1p23f; // below 2^23 the sum rounds to integers, above all floats are
    }

    // ---- sine and cosine

    /** The sine of x radians; NaN of infinities. */
    public static float sin(float x) {
        float y = sineAhead(Math.abs(x), 0); // the sign is put on at the end, so that -0 keeps its own
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ Float.floatToRawIntBits(x) & Integer.MIN_VALUE);
    }

    /** The cosine of x radians; NaN of infinities. */
    public static float cos(float x) {
        return sineAhead(Math.abs(x), 1);
    }

    /** The sine of {@code x >= 0} plus that many quarter turns. */
    private static float sineAhead(float x, int quarters) {
        if (x <= REDUCED_BY_PARTS) {
            float shifted = Math.fma(x, TWO_OVER_PI, ROUND);
            float k = shifted - ROUND;
            float r = Math.fma(k, -HALF_PI_HIGH, x);
            r = Math.fma(k, -HALF_PI_MIDDLE, r);
            r = Math.fma(k, -HALF_PI_LOW, r);
            return sineReduced(r, Float.floatToRawIntBits(shifted) + quarters);
        }
        if (!(x < Float.POSITIVE_INFINITY)) {
            return Float.NaN;
        }
        long turns = quarterTurns(x);
        int k = (int) ((turns + (1L << 61)) >>> 62);
        float r = (float) ((turns - ((long) k << 62)) * (Math.PI / 2 * 0x1p-62));
        return sineReduced(r, k + quarters);
    }

    /** The sine of r plus k quarter turns, {@code |r| <= pi/4}. */
    private static float sineReduced(float r, int k) {
        float z = r * r;
        float y;
        if ((k & 1) == 0) {
            float p = Math.fma(S7, z, S5);
            p = Math.fma(p, z, S3);
            y = Math.fma(p * z, r, r);
        } else {
            float p = Math.fma(C8, z, C6);
            p = Math.fma(p, z, C4);
            p = Math.fma(p, z, -0.5f);
            y = Math.fma(p, z, 1);
        }
        return (k & 2) == 0 ? y : -y;
    }

    /**
     * {@code x * 2/pi} modulo 4, in units of 2^-62, for finite {@code x >= 2^19}, after Payne and Hanek, <i>Radian
     * reduction for trigonometric functions</i>, SIGNUM Newsletter 18 (1983): of 2/pi only those bits matter whose
     * product with x is neither a multiple of 4 nor too small, and those are multiplied in integers.
     */
    private static long quarterTurns(float x) {
        int bits = Float.floatToRawIntBits(x);
        long mantissa = bits & 0x7fffff | 0x800000;
        int exponent = (bits >>> 23) - 150; // x = mantissa * 2^exponent
        int skip = exponent - 2 + 32; // bits of 2/pi, and the 32 zeros before them, that only add multiples of 4
        int word = skip >>> 5;
        int shift = skip & 31;
        long w0 = window(word, shift);
        long w1 = window(word + 1, shift);
        long w2 = window(word + 2, shift);
        return (mantissa * w0 << 32) + mantissa * w1 + (mantissa * w2 >>> 32);
    }

    /** 32 bits of 2/pi, from the given bit of the given word on. */
    private static long window(int word, int shift) {
        return (twoOverPi(word) << 32 | twoOverPi(word + 1)) << shift >>> 32;
    }
}
