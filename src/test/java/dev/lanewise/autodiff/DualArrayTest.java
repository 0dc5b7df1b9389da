package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tangents carried forward, alone and together with reverse mode. */
class DualArrayTest {

    private static DualArray dual(float[] primal, float[] tangent) {
        return DualArray.of(FloatArray.of(primal), FloatArray.of(tangent));
    }

    private static DualArray constant(float... x) {
        return DualArray.constant(FloatArray.of(x));
    }

    @Test
    void valueAndTangentGoForwardTogether() {
        DualArray y = dual(new float[] {2, 3}, new float[] {1, 10}).square();
        assertEquals(FloatArray.of(4, 9), y.value());
        assertEquals(FloatArray.of(4, 9), y.primal().value());
        assertEquals(FloatArray.of(4, 60), y.tangent().value());
    }

    @Test
    void aConstantHasTangentZero() {
        DualArray c = constant(1, 2);
        assertEquals(FloatArray.zeros(2), c.tangent().value());
        assertEquals(FloatArray.zeros(2), c.exp().mul(c).tangent().value());
        assertEquals(FloatArray.scalar(0), c.sum().tangent().value());
    }

    @Test
    void constantsMixWithWhatVaries() {
        DualArray x = dual(new float[] {2, 3}, new float[] {1, 1});
        DualArray c = constant(5, 7);
        assertEquals(FloatArray.of(5, 7), x.mul(c).tangent().value());
        assertEquals(FloatArray.of(5, 7), c.mul(x).tangent().value());
        assertEquals(FloatArray.of(-1, -1), c.sub(x).tangent().value());
        assertEquals(
                FloatArray.of(1, 1, 0, 0), x.append(0, List.of(c)).tangent().value());
        assertEquals(
                FloatArray.of(0, 0, 1, 1), c.append(0, List.of(x)).tangent().value());
        assertEquals(FloatArray.of(0, 1), x.where(constant(0, 1), c).tangent().value());
        assertEquals(
                FloatArray.of(1, 1),
                x.add(x.lift(FloatArray.of(1, 1))).tangent().value());
    }

    @Test
    void aTangentTakesTheShapeOfTheResult() {
        DualArray row = dual(new float[] {1, 2, 3}, new float[] {1, 10, 100});
        DualArray matrix = DualArray.constant(FloatArray.ones(2, 3));
        assertEquals(
                FloatArray.of(new float[] {1, 10, 100, 1, 10, 100}, 2, 3),
                matrix.add(row).tangent().value());
        DualArray column = DualArray.of(FloatArray.ones(2, 1), FloatArray.full(1000, 2, 1));
        assertEquals(
                FloatArray.of(new float[] {1001, 1010, 1100, 1001, 1010, 1100}, 2, 3),
                row.add(column).tangent().value());
    }

    @Test
    void aTangentOfAnotherShapeIsRefused() {
        assertEquals(
                "DualArray: a tangent of shape 1x2 for a value of shape 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> DualArray.of(FloatArray.of(1, 2), FloatArray.ones(1, 2)))
                        .getMessage());
    }

    @Test
    void aPushOfTheWrongShapeIsNamed() {
        Rule wrong =
                Rule.unary("halve", x -> x.mul(0.5f), (x, y, t) -> t.append(0, List.of(t)), (x, y) -> g -> g.mul(0.5f));
        assertEquals(
                "forward: the push of halve made a tangent of shape 4 for a result of shape 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> dual(new float[] {1, 2}, new float[] {1, 1})
                                        .apply(wrong))
                        .getMessage());
    }

    @Test
    void comparisonsHaveNoTangent() {
        DualArray x = dual(new float[] {2, 3}, new float[] {1, 1});
        assertEquals(FloatArray.of(0, 1), x.gt(2).value());
        assertEquals(FloatArray.zeros(2), x.gt(2).tangent().value());
    }

    // ---- with reverse mode

    @Test
    void aTangentIsPulledBack() {
        // f = x^3: the tangent is 3x^2 v, by x it has the derivative 6 x v, by v 3x^2.
        AdjointArray x = AdjointArray.variable(FloatArray.of(2, 3));
        AdjointArray v = AdjointArray.variable(FloatArray.of(1, 10));
        AdjointArray tangent = DualArray.of(x, v).pow(3).tangent();
        assertEquals(FloatArray.of(12, 270), tangent.value());
        tangent.backward(FloatArray.of(1, 1));
        assertEquals(FloatArray.of(12, 180), x.grad());
        assertEquals(FloatArray.of(12, 27), v.grad());
    }

    @Test
    void thePrimalIsPulledBackAsEver() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(2, 3));
        DualArray y =
                DualArray.of(x, AdjointArray.constant(FloatArray.of(1, 1))).square();
        y.primal().sum().backward();
        assertEquals(FloatArray.of(4, 6), x.grad());
    }

    @Test
    void bothOrdersAgreeOnAHessianTimesAVector() {
        FloatArray at = FloatArray.of(0.3f, -0.7f, 1.1f);
        FloatArray v = FloatArray.of(1, -2, 0.5f);
        AdjointArray x = AdjointArray.variable(at);
        function(x).backward(BackwardOption.CREATE_GRAPH);
        AdjointArray gradient = Objects.requireNonNull(x.adjoint());
        x.zeroGrad();
        gradient.backward(v);
        FloatArray reverseOverReverse = Objects.requireNonNull(x.grad());

        AdjointArray again = AdjointArray.variable(at);
        function(DualArray.of(again, AdjointArray.constant(v))).tangent().backward();
        FloatArray reverseOverForward = Objects.requireNonNull(again.grad());
        assertTrue(
                reverseOverReverse.closeTo(reverseOverForward, 1e-5, 1e-6),
                () -> reverseOverReverse + " " + reverseOverForward);
    }

    private static <A extends ArrayOps<A>> A function(A x) {
        return x.exp().mul(x.sin()).softmax(0).mul(x.square()).sum();
    }

    @Test
    void aVolatilePrimalMakesTheTangentVolatileToo() {
        AdjointArray w = AdjointArray.variable(FloatArray.of(2));
        DualArray x = DualArray.of(AdjointArray.volatileOf(FloatArray.of(1)), AdjointArray.constant(FloatArray.of(1)));
        DualArray y = x.mul(DualArray.of(w, AdjointArray.constant(FloatArray.of(1))));
        assertTrue(y.primal().isVolatile());
        assertTrue(y.tangent().isVolatile());
        assertFalse(y.tangent().requiresGrad());
    }
}
