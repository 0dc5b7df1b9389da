package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.GradientCheck.DoubleFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That {@link GradientCheck} can fail: each of its comparisons notices the faults that it is there for. */
class GradientCheckTest {

    private static final FloatArray X = FloatArray.of(new float[] {0.3f, -1.2f, 0.7f, 2, -0.4f, 1.1f}, 2, 3);
    private static final FloatArray A = FloatArray.of(new float[] {0.3f, -1.2f, 0.7f, 2}, 2, 2);
    private static final FloatArray B = FloatArray.of(new float[] {-0.8f, 0.6f, 1.3f, 0.2f}, 2, 2);

    private static final String FORWARD = "forward";
    private static final String REVERSE = "reverse";
    private static final String INNER_PRODUCT = "inner product";
    private static final String REVERSE_OVER_REVERSE = "reverse over reverse";
    private static final String REVERSE_OVER_FORWARD = "reverse over forward";
    private static final String FORWARD_OVER_REVERSE = "forward over reverse";

    private static final DoubleFunction COS = elementwise(Math::cos);

    private static DoubleFunction elementwise(DoubleUnaryOperator f) {
        return x -> Arrays.stream(x.getFirst()).map(f).toArray();
    }

    /** The comparisons that fail for a rule. */
    private static Set<String> caught(Rule rule, DoubleFunction inDouble, FloatArray... operands) {
        return modes(GradientCheck.of(rule).against(inDouble).failures(operands));
    }

    private static Set<String> modes(List<String> failures) {
        Pattern mode = Pattern.compile(
                ": (value|inner product|(?:reverse|forward) over (?:reverse|forward)|reverse|forward|is it smooth)");
        Set<String> modes = new TreeSet<>();
        for (String failure : failures) {
            Matcher matcher = mode.matcher(failure);
            assertTrue(matcher.find(), failure);
            modes.add(matcher.group(1));
        }
        return modes;
    }

    // ---- what catches what

    @Test
    void aRightRulePasses() {
        Rule cos =
                Rule.fromInput("cos", FloatArray::cos, (x, g) -> g.mul(x.sin()).neg());
        assertEquals(Set.of(), caught(cos, COS, X));
    }

    @Test
    void aWrongValueIsCaughtWithTheDerivativesThatBelongToTheRightOne() {
        Rule cos = Rule.fromInput(
                "cos", x -> x.cos().mul(1.00001f), (x, g) -> g.mul(x.sin()).neg());
        assertEquals(Set.of("value"), caught(cos, COS, X));
    }

    @Test
    void aWrongSignInBothModesPassesTheInnerProductOnly() {
        Rule cos = Rule.fromInput("cos", FloatArray::cos, (x, g) -> g.mul(x.sin()));
        assertEquals(
                Set.of(FORWARD, REVERSE, REVERSE_OVER_REVERSE, REVERSE_OVER_FORWARD, FORWARD_OVER_REVERSE),
                caught(cos, COS, X));
    }

    @Test
    void aSmallFactorIsCaught() {
        Rule cos =
                Rule.fromInput("cos", FloatArray::cos, (x, g) -> g.mul(x.sin()).mul(-1.00001f));
        assertEquals(
                Set.of(FORWARD, REVERSE, REVERSE_OVER_REVERSE, REVERSE_OVER_FORWARD, FORWARD_OVER_REVERSE),
                caught(cos, COS, X));
    }

    @Test
    void aWrongPullIsCaughtByReverseModeAndByTheInnerProduct() {
        Rule cos = Rule.unary(
                "cos", FloatArray::cos, (x, y, t) -> t.mul(x[0].sin()).neg(), (x, y) -> {
                    AdjointArray operand = x[0];
                    return g -> g.mul(operand.sin());
                });
        assertEquals(
                // The tangent is differentiated through rules that are right, so reverse over forward is too.
                Set.of(REVERSE, INNER_PRODUCT, REVERSE_OVER_REVERSE, FORWARD_OVER_REVERSE), caught(cos, COS, X));
    }

    @Test
    void aWrongPushIsCaughtByForwardModeAndByTheInnerProduct() {
        Rule cos = Rule.unary("cos", FloatArray::cos, (x, y, t) -> t.mul(x[0].sin()), (x, y) -> {
            AdjointArray operand = x[0];
            return g -> g.mul(operand.sin()).neg();
        });
        assertEquals(Set.of(FORWARD, INNER_PRODUCT, REVERSE_OVER_FORWARD), caught(cos, COS, X));
    }

    @Test
    void aMissingTransposeIsCaughtByReverseModeAndByTheInnerProduct() {
        Rule product = Rule.bilinear("product", FloatArray::matmul, (g, b) -> g.matmul(b), (g, a) -> a.t().matmul(g));
        DoubleFunction inDouble = x -> {
            double[] a = x.get(0);
            double[] b = x.get(1);
            return new double[] {
                a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
                a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]
            };
        };
        assertEquals(
                Set.of(REVERSE, INNER_PRODUCT, REVERSE_OVER_REVERSE, REVERSE_OVER_FORWARD, FORWARD_OVER_REVERSE),
                caught(product, inDouble, A, B));
        Rule right = Rule.bilinear("product", FloatArray::matmul, (g, b) -> g.matmul(b.t()), (g, a) -> a.t().matmul(g));
        assertEquals(Set.of(), caught(right, inDouble, A, B));
    }

    @Test
    void aDerivativeThatCannotBeDifferentiatedIsCaughtBySecondOrderAlone() {
        Rule square = Rule.fromInput(
                "square", FloatArray::square, (x, g) -> g.mul(x.detach()).mul(2));
        DoubleFunction inDouble = elementwise(x -> x * x);
        assertEquals(
                Set.of(REVERSE_OVER_REVERSE, REVERSE_OVER_FORWARD, FORWARD_OVER_REVERSE), caught(square, inDouble, X));
        assertDoesNotThrow(() ->
                GradientCheck.of(square).against(inDouble).firstOrderOnly().check(X));
    }

    @Test
    void aGradientForTheOtherOperandIsCaughtForThatOperand() {
        Rule scaled =
                Rule.elementwise("scaled", (a, b) -> a.mul(b), (x, y) -> g -> g.mul(x[1]), (x, y) -> g -> g.mul(x[1]));
        DoubleFunction inDouble = x -> {
            double[] result = new double[x.get(0).length];
            Arrays.setAll(result, i -> x.get(0)[i] * x.get(1)[i]);
            return result;
        };
        List<String> failures = GradientCheck.of(scaled).against(inDouble).failures(A, B);
        assertTrue(failures.stream().anyMatch(f -> f.contains(": reverse, operand 1,")), failures::toString);
        assertTrue(failures.stream().noneMatch(f -> f.contains(": reverse, operand 0,")), failures::toString);
    }

    @Test
    void aSumOverTheWrongAxisIsCaughtByTheInnerProduct() {
        // On a square matrix the shapes fit either way.
        Rule sum = Rule.unary(
                "sum",
                x -> x.sum(0),
                (x, y, t) -> t.sum(0),
                (x, y) -> g -> g.reshape(2, 1).expand(2, 2));
        assertEquals(
                Set.of(REVERSE, INNER_PRODUCT, REVERSE_OVER_REVERSE, FORWARD_OVER_REVERSE),
                caught(
                        sum,
                        x -> new double[] {x.getFirst()[0] + x.getFirst()[2], x.getFirst()[1] + x.getFirst()[3]},
                        A));
    }

    // ---- functions over the surface

    static <A extends ArrayOps<A>> A softplus(List<A> x) {
        return x.getFirst().exp().add(1).log();
    }

    static <A extends ArrayOps<A>> A network(List<A> x) {
        return x.get(0).matmul(x.get(1)).tanh().matmul(x.get(2)).logSoftmax(-1);
    }

    static <A extends ArrayOps<A>> A cancelling(List<A> x) {
        return x.getFirst().softmax(-1).sum();
    }

    static <A extends ArrayOps<A>> A constant(List<A> x) {
        return x.getFirst().lift(FloatArray.of(1, 2));
    }

    @Test
    void aFunctionIsGivenByAMethodReference() {
        GradientCheck.of("softplus", GradientCheckTest::softplus).check(X);
        GradientCheck.of("network", GradientCheckTest::network).check(X, X.t(), A);
    }

    @Test
    void aGradientThatIsZeroPasses() {
        GradientCheck cancelling = GradientCheck.of("cancelling", GradientCheckTest::cancelling);
        assertThrows(AssertionError.class, () -> cancelling.check(X));
        cancelling.tolerance(16, 1e-6).check(X);
        GradientCheck.of("constant", GradientCheckTest::constant).check(X);
    }

    @Test
    void aGradientThatShouldBeZeroButIsNotFails() {
        Rule floor = Rule.fromInput("floor", x -> x.mul(0), (x, g) -> g.mul(1e-6f));
        assertEquals(
                Set.of(FORWARD, REVERSE, REVERSE_OVER_REVERSE, REVERSE_OVER_FORWARD, FORWARD_OVER_REVERSE),
                caught(floor, elementwise(x -> 0), X));
    }

    @Test
    void theMessageNamesFunctionModeOperandElementNumbersAndTolerance() {
        Rule cos = Rule.fromInput("cos", FloatArray::cos, (x, g) -> g.mul(x.sin()));
        List<String> failures = GradientCheck.of(cos).against(COS).failures(X);
        String reverse = failures.stream()
                .filter(failure -> failure.contains(": reverse,"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                reverse.matches("GradientCheck cos\\(2x3\\): reverse, operand 0, element \\[\\d, \\d]:"
                        + " expected -?\\d\\.\\d+, got -?\\d\\.\\d+, tolerance \\d\\.\\de-\\d\\d"),
                reverse);
        AssertionError error = assertThrows(
                AssertionError.class, () -> GradientCheck.of(cos).against(COS).check(X));
        assertEquals(String.join(System.lineSeparator(), failures), error.getMessage());
    }

    @Test
    void aKinkNearThePointIsPointedOut() {
        Rule abs =
                Rule.fromInput("abs", FloatArray::abs, (x, g) -> g.mul(x.gt(0).sub(x.lt(0))));
        List<String> failures =
                GradientCheck.of(abs).against(elementwise(Math::abs)).failures(FloatArray.of(0.5f, 1.5e-4f));
        assertEquals(
                Set.of(
                        FORWARD,
                        REVERSE,
                        REVERSE_OVER_REVERSE,
                        REVERSE_OVER_FORWARD,
                        FORWARD_OVER_REVERSE,
                        "is it smooth"),
                modes(failures));
        assertTrue(failures.getLast().contains("By element [1] of operand 0"), failures::toString);
    }

    @Test
    void anInfiniteDifferenceIsNoReference() {
        Rule log = Rule.fromInput("log", FloatArray::log, (x, g) -> g.div(x));
        assertTrue(caught(log, elementwise(Math::log), FloatArray.of(1, 0)).contains(REVERSE));
    }

    @Test
    void aRuleNeedsSomethingToBeCheckedAgainst() {
        IllegalStateException error = assertThrows(
                IllegalStateException.class, () -> GradientCheck.of(Rules.COS).check(X));
        assertEquals("GradientCheck: the rule cos must be checked against(…) its value in double", error.getMessage());
    }

    @Test
    void aValueInDoubleOfAnotherSizeIsRefused() {
        GradientCheck check = GradientCheck.of(Rules.COS).against(x -> new double[5]);
        assertEquals(
                "GradientCheck cos(2x3): the value in double has 5 elements, and the result is 2x3",
                assertThrows(IllegalArgumentException.class, () -> check.check(X))
                        .getMessage());
    }

    @Test
    void aLooserToleranceIsSaid() {
        Rule cos =
                Rule.fromInput("cos", FloatArray::cos, (x, g) -> g.mul(x.sin()).mul(-1.00001f));
        assertEquals(
                Set.of(),
                modes(GradientCheck.of(cos).against(COS).tolerance(200, 0).failures(X)));
    }

    @Test
    void aToleranceThatAllowsAnythingIsRefused() {
        GradientCheck check = GradientCheck.of("exp", new GradientCheck.ArrayFunction() {
            @Override
            public <A extends ArrayOps<A>> A apply(List<A> operands) {
                return operands.getFirst().exp();
            }
        });
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
            assertEquals(
                    "GradientCheck: a tolerance of " + bad + " ULP and 0.0 for exp: both are finite and not negative",
                    assertThrows(IllegalArgumentException.class, () -> check.tolerance(bad, 0))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> check.tolerance(16, bad));
        }
        assertEquals(
                "GradientCheck: no arrays to check exp at",
                assertThrows(IllegalArgumentException.class, check::check).getMessage());
    }
}
