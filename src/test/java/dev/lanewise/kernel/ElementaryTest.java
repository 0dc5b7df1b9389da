package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Accuracy and special values of the elementary functions against double {@link Math}. Each bound is the largest error over
 * all 2^32 floats, as the benchmark {@code UlpScan} measures it, rounded up; here every thousandth float is tried.
 */
class ElementaryTest {

    private static final int EVERY = 1009;

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private interface Function {
        float of(float x);
    }

    /** The distance of neighbouring floats at the exact result. */
    private static double unit(double exact) {
        int exponent = Math.clamp(Math.getExponent(exact), Float.MIN_EXPONENT, Float.MAX_EXPONENT);
        return Math.scalb(1.0, exponent - 23);
    }

    private static void checkOne(String what, double exact, float got, double units) {
        if (Double.isNaN(exact) || Double.isInfinite(exact) || exact == 0) {
            assertEquals(exact, (double) got, what);
        } else if (Float.isInfinite(got)) {
            assertEquals((float) exact, got, what);
        } else {
            assertTrue(Math.abs(got - exact) <= units * unit(exact), () -> what + ": " + got + " for " + exact);
            assertTrue(got != 0 || Math.copySign(1.0, exact) == Math.copySign(1f, got), () -> what + ": sign of zero");
        }
    }

    private static void check(Function function, DoubleUnaryOperator exact, double units) {
        for (long bits = 0; bits < 1L << 32; bits += EVERY) {
            float x = Float.intBitsToFloat((int) bits);
            checkOne("of " + x, exact.applyAsDouble(x), function.of(x), units);
        }
        float[] edges = {
            0,
            -0f,
            INFINITY,
            -INFINITY,
            Float.NaN,
            1,
            -1,
            0.8f,
            9.02f,
            0.9f,
            -0.9f,
            3.92f,
            0x1p-25f,
            -17.32868f,
            -18f,
            17.32868f,
            0.5f,
            -0.25f,
            0x1p64f,
            0x1p127f,
            -14.36f,
            -108.66f,
            -108.7f,
            88.72283f,
            -87.33655f,
            -103.97208f
        };
        for (float edge : edges) {
            float x = edge - 40 * Math.ulp(edge);
            for (int i = 0; i < 80; i++) {
                checkOne("of " + x, exact.applyAsDouble(x), function.of(x), units);
                x = Math.nextUp(x);
            }
            checkOne("of " + edge, exact.applyAsDouble(edge), function.of(edge), units);
        }
    }

    @Test
    void exp() {
        check(Elementary::exp, Math::exp, 0.90);
        assertEquals(Float.MIN_VALUE, Elementary.exp(-103.97207f));
        assertEquals(0f, Elementary.exp(-103.9721f));
        assertEquals(INFINITY, Elementary.exp(Math.nextUp(88.72283f)));
    }

    @Test
    void log() {
        check(Elementary::log, Math::log, 0.94);
    }

    @Test
    void tanh() {
        check(Elementary::tanh, Math::tanh, 1.04);
        assertEquals(1f, Elementary.tanh(9.1f));
    }

    @Test
    void sigmoid() {
        check(Elementary::sigmoid, x -> 1 / (1 + Math.exp(-x)), 1.49);
        assertEquals(0.5f, Elementary.sigmoid(-0f));
    }

    @Test
    void erf() {
        check(Elementary::erf, ErrorFunction::erf, 1.10);
        assertEquals(1f, Elementary.erf(3.92f));
        assertEquals(-1f, Elementary.erf(-INFINITY));
        assertEquals(-0f, Elementary.erf(-0f));
    }

    @Test
    void expm1() {
        check(Elementary::expm1, Math::expm1, 1.44);
        assertEquals(-1f, Elementary.expm1(-INFINITY));
        assertEquals(INFINITY, Elementary.expm1(Math.nextUp(88.72283f)));
        assertEquals(-Float.MIN_VALUE, Elementary.expm1(-Float.MIN_VALUE));
    }

    @Test
    void log1p() {
        check(Elementary::log1p, Math::log1p, 1.27);
        assertEquals(-Float.MIN_VALUE, Elementary.log1p(-Float.MIN_VALUE));
    }

    @Test
    void gelu() {
        check(Elementary::gelu, ElementaryTest::exactGelu, 6.01);
        assertEquals(-0f, Elementary.gelu(-0f));
        assertEquals(-0f, Elementary.gelu(-INFINITY));
    }

    private static double exactGelu(double x) {
        return x < -30 ? -0.0 : x * 0.5 * ErrorFunction.erfc(-x * Math.sqrt(0.5));
    }

    @Test
    void silu() {
        check(Elementary::silu, x -> x < -200 ? -0.0 : x / (1 + Math.exp(-x)), 1.80);
        assertEquals(-0f, Elementary.silu(-0f));
        assertEquals(-0f, Elementary.silu(-INFINITY));
    }

    /** Measured by what its terms, whose sum may be near 0, are without their signs. */
    private static void checkSlope(Function slope, DoubleUnaryOperator exact, DoubleUnaryOperator terms, double units) {
        for (long bits = 0; bits < 1L << 32; bits += EVERY) {
            float x = Float.intBitsToFloat((int) bits);
            if (!Float.isFinite(x)) {
                assertTrue(Float.isNaN(slope.of(x)), () -> "of " + x);
                continue;
            }
            double wanted = exact.applyAsDouble(x);
            float got = slope.of(x);
            assertTrue(
                    Math.abs(got - wanted) <= units * unit(terms.applyAsDouble(x)),
                    () -> "of " + x + ": " + got + " for " + wanted);
        }
        for (float infinity : new float[] {INFINITY, -INFINITY, Float.NaN}) {
            assertTrue(Float.isNaN(slope.of(infinity)));
        }
    }

    @Test
    void geluSlope() {
        checkSlope(
                Elementary::geluSlope,
                x -> distribution(x) + x * density(x),
                x -> distribution(x) + Math.abs(x) * density(x),
                3.1);
        assertEquals(0.5f, Elementary.geluSlope(0));
        assertEquals(1f, Elementary.geluSlope(100));
        assertEquals(0f, Elementary.geluSlope(-15));
    }

    private static double distribution(double x) {
        return x < -30 ? 0 : 0.5 * ErrorFunction.erfc(-x * Math.sqrt(0.5));
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Test
    void siluSlope() {
        checkSlope(
                Elementary::siluSlope,
                x -> logistic(x) * (1 + x * logistic(-x)),
                x -> logistic(x) * (1 + Math.abs(x) * logistic(-x)),
                4.3);
        assertEquals(0.5f, Elementary.siluSlope(0));
        assertEquals(1f, Elementary.siluSlope(100));
        assertEquals(0f, Elementary.siluSlope(-120));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void softplus() {
        check(Elementary::softplus, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), 1.90);
    }

    @Test
    void elu() {
        check(x -> Elementary.elu(x, 1), x -> x > 0 ? x : Math.expm1(x), 0.90);
        check(x -> Elementary.elu(x, 0.7f), x -> x > 0 ? x : 0.7f * Math.expm1(x), 1.80);
    }

    @Test
    void sineAndCosineOfEveryMagnitude() {
        check(Elementary::sin, Math::sin, 1.6);
        check(Elementary::cos, Math::cos, 1.6);
    }

    /** The floats nearest to multiples of a quarter turn, where nearly all digits of the reduced argument cancel. */
    @Test
    void sineAndCosineBesideQuarterTurns() {
        for (long k = 1; k < 1L << 45; k += 1 + k / 300) {
            float nearest = (float) (k * (Math.PI / 2));
            for (float x : new float[] {Math.nextDown(nearest), nearest, Math.nextUp(nearest)}) {
                checkOne("sin " + x, Math.sin(x), Elementary.sin(x), 1.6);
                checkOne("cos " + x, Math.cos(x), Elementary.cos(x), 1.6);
            }
        }
        float worst = 16367173 * 0x1p72f; // the float that lies closest to a multiple of pi/2, relative to its size
        checkOne("cos " + worst, Math.cos(worst), Elementary.cos(worst), 1.6);
        checkOne("sin " + worst, Math.sin(worst), Elementary.sin(worst), 1.6);
    }

    @Test
    void powers() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000_000; i++) {
            float a = Float.intBitsToFloat(random.nextInt(0x7f800000));
            float b = (float) ((random.nextDouble() * 304 - 152) / (Math.log(a) / Math.log(2)));
            checkOne(a + " to the " + b, Math.pow(a, b), Elementary.pow(a, b), 0.57);
            float c = Float.intBitsToFloat(random.nextInt());
            float d = Float.intBitsToFloat(random.nextInt());
            checkOne(c + " to the " + d, Math.pow(c, d), Elementary.pow(c, d), 0.57);
        }
    }

    @Test
    void powersHaveTheSpecialCasesOfJava() {
        float[] bases = {
            0,
            -0f,
            1,
            -1,
            2,
            -2,
            0.5f,
            -0.5f,
            INFINITY,
            -INFINITY,
            Float.NaN,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Math.nextUp(1f),
            -Math.nextDown(1f),
            0x1p-127f,
            -3
        };
        float[] exponents = {
            0,
            -0f,
            1,
            -1,
            2,
            -2,
            3,
            -3,
            0.5f,
            -0.5f,
            1.5f,
            -2.5f,
            INFINITY,
            -INFINITY,
            Float.NaN,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            0x1p23f + 1,
            -0x1p23f - 1,
            0x1p24f,
            0x1p22f + 0.5f,
            0x1p24f - 1,
            0x1p31f,
            101,
            1e-30f
        };
        for (float a : bases) {
            for (float b : exponents) {
                checkOne(a + " to the " + b, Math.pow(a, b), Elementary.pow(a, b), 0.57);
            }
        }
    }
}
