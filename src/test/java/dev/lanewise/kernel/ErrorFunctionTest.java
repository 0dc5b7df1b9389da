package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Against numbers that mpmath worked out with 40 digits, rounded to double. */
class ErrorFunctionTest {

    private static final double[][] ERF = {
        {1e-10, 1.1283791670955126e-10},
        {0.1, 0.1124629160182849},
        {0.5, 0.5204998778130465},
        {1, 0.8427007929497149},
        {1.5, 0.9661051464753108},
        {2, 0.9953222650189527},
        {2.5, 0.999593047982555},
        {4, 0.9999999845827421},
        {6, 1.0},
        {100, 1}
    };

    private static final double[][] ERFC = {
        {-100, 2},
        {-2.5, 1.999593047982555},
        {-0.5, 1.5204998778130465},
        {0.1, 0.8875370839817152},
        {1, 0.15729920705028513},
        {2, 0.004677734981047266},
        {2.5, 0.0004069520174449589},
        {3, 2.209049699858544e-05},
        {4, 1.541725790028002e-08},
        {6, 2.1519736712498913e-17},
        {10, 2.088487583762545e-45},
        {26, 5.663192408856143e-296}
    };

    @Test
    void erf() {
        for (double[] known : ERF) {
            assertEquals(known[1], ErrorFunction.erf(known[0]), 2e-15 * known[1]);
            assertEquals(-known[1], ErrorFunction.erf(-known[0]), 2e-15 * known[1]);
        }
    }

    @Test
    void complement() {
        for (double[] known : ERFC) {
            assertEquals(known[1], ErrorFunction.erfc(known[0]), 1e-13 * known[1]);
        }
    }

    /** Each side by its own formula. */
    @Test
    void bothFormulasMeet() {
        double above = Math.nextUp(2.0);
        assertEquals(ErrorFunction.erf(2), ErrorFunction.erf(above), 1e-15);
        assertEquals(ErrorFunction.erfc(2), ErrorFunction.erfc(above), 1e-13 * ErrorFunction.erfc(2));
    }

    @Test
    void edges() {
        assertEquals(0.0, ErrorFunction.erf(0.0));
        assertEquals(-0.0, ErrorFunction.erf(-0.0));
        assertEquals(-1, ErrorFunction.erf(Double.NEGATIVE_INFINITY));
        assertEquals(0, ErrorFunction.erfc(Double.POSITIVE_INFINITY));
        assertEquals(2, ErrorFunction.erfc(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, ErrorFunction.erf(Double.NaN));
        assertEquals(Double.NaN, ErrorFunction.erfc(Double.NaN));
    }
}
