package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The first number that is not finite is found, and its place told. */
class AnomalyTest {

    private static AdjointArray variable(float... x) {
        return AdjointArray.variable(FloatArray.of(x));
    }

    private static AnomalyException anomaly(Runnable action) {
        return assertThrows(AnomalyException.class, () -> Anomaly.detect(action));
    }

    private static void assertPlace(AnomalyException e, String method) {
        StackTraceElement place = e.place();
        assertNotNull(place, e.getMessage());
        assertEquals(AnomalyTest.class.getName(), place.getClassName());
        assertTrue(place.getMethodName().contains(method), place::toString);
        assertTrue(
                e.getMessage().contains("AnomalyTest.java:" + place.getLineNumber() + " (AnomalyTest."),
                e.getMessage());
    }

    @Test
    void theValueOfAnOperation() {
        AdjointArray x = variable(2, -1, 0).named("x");
        AnomalyException e = anomaly(() -> x.log().sum());
        assertEquals("log", e.operation());
        assertEquals(-1, e.operand());
        assertPlace(e, "theValueOfAnOperation");
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "log: its value of shape 3 has NaN at [1]; operand 0 ('x') of shape 3 is -1.0 there;"
                                        + " the operation was called at AnomalyTest.java:"),
                e.getMessage());
    }

    @Test
    void theCulpritAmongSeveralOperandsIsSeen() {
        AdjointArray a = variable(1, 2);
        AdjointArray b = AdjointArray.constant(FloatArray.scalar(0)).named("divisor");
        AnomalyException e = anomaly(() -> a.div(b));
        assertTrue(
                e.getMessage()
                        .startsWith("div: its value of shape 2 has Infinity at [0]; operand 0 of shape 2 is 1.0 there,"
                                + " operand 1 ('divisor') of shape scalar is 0.0 there"),
                e.getMessage());
    }

    @Test
    void anOperandThatCameInBadIsNamed() {
        AdjointArray a = variable(1, 2);
        AdjointArray mask =
                AdjointArray.constant(FloatArray.of(0, Float.NEGATIVE_INFINITY)).named("mask");
        AnomalyException e = anomaly(() -> a.add(mask));
        assertEquals(1, e.operand());
        assertTrue(
                e.getMessage().contains("operand 1 ('mask') of shape 2 has -Infinity at [1] already"), e.getMessage());
        FloatArray kept = Anomaly.detectNan(() -> a.add(mask).softmax(0)).value();
        assertEquals(FloatArray.of(1, 0), kept);
    }

    @Test
    void aCompositeOperationIsToldByItsPrimitive() {
        AdjointArray none = AdjointArray.variable(FloatArray.zeros(0));
        AnomalyException e = anomaly(() -> none.mean());
        assertEquals("div", e.operation());
        assertPlace(e, "aCompositeOperationIsToldByItsPrimitive");
    }

    @Test
    void thePlaceIsTheCallersAlsoThroughStreamsAndMethodReferences() {
        AdjointArray x = variable(-1);
        AnomalyException e = anomaly(() -> Stream.of(x).map(AdjointArray::sqrt).forEach(Objects::requireNonNull));
        assertPlace(e, "thePlaceIsTheCallers");
    }

    @Test
    void theDerivativeOfAnOperation() {
        AdjointArray x = variable(4, 0);
        AnomalyException e = anomaly(() -> {
            AdjointArray y = squareRoot(x);
            y.sum().backward();
        });
        assertEquals("sqrt", e.operation());
        assertEquals(0, e.operand());
        assertPlace(e, "squareRoot"); // where it was computed, not where the pass was started
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "sqrt: its derivative by operand 0 makes a gradient of shape 2 with Infinity at [1],"
                                        + " from a finite gradient of the result"),
                e.getMessage());
        assertNull(x.grad());
    }

    private static AdjointArray squareRoot(AdjointArray x) {
        return x.sqrt();
    }

    @Test
    void theOperandIsToldByItsPlaceAmongAllOperands() {
        AdjointArray exponent = variable(2);
        AdjointArray base = AdjointArray.constant(FloatArray.of(-2)); // (-2)^b has no derivative by b
        AnomalyException e = anomaly(() -> base.pow(exponent).backward());
        assertEquals("pow", e.operation());
        assertEquals(1, e.operand());
    }

    @Test
    void whatIsMaskedWithinADerivativeIsNoAnomaly() {
        // The derivative of x^b by x at x = 0, b = 0 is infinite before it is masked; where keeps it from 1/0.
        AdjointArray x = variable(0, 1);
        Anomaly.detect(
                () -> x.pow(AdjointArray.constant(FloatArray.of(0, 2))).sum().backward());
        assertEquals(FloatArray.of(0, 2), x.grad());
    }

    @Test
    void aTangent() {
        DualArray x = DualArray.of(FloatArray.of(4, 0), FloatArray.of(1, 1));
        AnomalyException e = anomaly(() -> x.sqrt());
        assertEquals("sqrt", e.operation());
        assertEquals(0, e.operand());
        assertPlace(e, "aTangent");
        assertTrue(
                e.getMessage().contains("makes a tangent of shape 2 with Infinity at [1], from a finite tangent"),
                e.getMessage());
    }

    @Test
    void theGradientThatIsGiven() {
        AdjointArray y = variable(1, 2).exp();
        AnomalyException e = anomaly(() -> y.backward(FloatArray.of(1, Float.NaN)));
        assertEquals("backward: the gradient that was given, of shape 2, has NaN at [1]", e.getMessage());
    }

    @Test
    void aHook() {
        AdjointArray x = variable(1);
        AdjointArray y = x.exp();
        y.registerHook(g -> AdjointArray.constant(FloatArray.of(Float.NaN)));
        AnomalyException e = anomaly(() -> y.neg().backward());
        assertEquals("exp: the gradient that a hook on it returned, of shape 1, has NaN at [0]", e.getMessage());
    }

    @Test
    void aSumOfGradients() {
        AdjointArray x = variable(0);
        AnomalyException e = anomaly(() ->
                x.mul(3e38f).add(x.mul(3e38f).neg().neg()).sub(x.mul(2e38f)).backward());
        assertEquals("leaf: the sum of the gradients that reach it, of shape 1, has Infinity at [0]", e.getMessage());
    }

    @Test
    void aPassOverWhatWasRecordedOutsideCannotTellThePlace() {
        AdjointArray y = variable(0).sqrt();
        AnomalyException e = anomaly(y::backward);
        assertEquals("sqrt", e.operation());
        assertNull(e.place());
    }

    @Test
    void withinFunctionsOfFunctions() {
        assertEquals(
                "sqrt",
                anomaly(() -> Gradients.grad(x -> x.sqrt().sum(), FloatArray.of(0)))
                        .operation());
        assertEquals(
                "sqrt",
                anomaly(() -> Gradients.jvp(x -> x.sqrt(), FloatArray.of(0), FloatArray.of(1)))
                        .operation());
        assertEquals(
                "sqrt",
                anomaly(() -> Gradients.checkpoint(x -> x.sqrt(), variable(0)).backward())
                        .operation());
    }

    @Test
    void nothingHappensOutsideOrToFiniteNumbers() {
        AdjointArray x = variable(0, 4);
        x.sqrt().sum().backward();
        assertEquals(Float.POSITIVE_INFINITY, x.grad().get(0));
        x.zeroGrad();
        FloatArray inside = Anomaly.detect(() -> {
            x.square().sum().backward();
            return x.grad();
        });
        assertEquals(FloatArray.of(0, 8), inside);
        assertThrows(AnomalyException.class, () -> Anomaly.detect(() -> x.log()));
        assertEquals(Float.NEGATIVE_INFINITY, x.log().value().get(0));
    }

    @Test
    void theGraphReportLooksThroughWhatAnomalyModeWraps() {
        AdjointArray x = variable(1, 2);
        AdjointArray c = AdjointArray.constant(FloatArray.of(3, 4));
        assertEquals(
                Graph.report(x.mul(c)).bytes(),
                Graph.report(Anomaly.detect(() -> x.mul(c))).bytes());
        assertEquals(List.of(8L), List.of(Graph.report(x.mul(c)).bytes()));
    }
}
