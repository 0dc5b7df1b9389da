package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Derivatives of derivatives, in every order of the modes, and that what belongs to one never reaches another. */
class NestingTest {

    private static final FloatArray ONE = FloatArray.scalar(1);

    private static FloatArray scalar(double x) {
        return FloatArray.scalar((float) x);
    }

    private static DualArray dual(double x) {
        return DualArray.constant(scalar(x));
    }

    private static AdjointArray constant(double x) {
        return AdjointArray.constant(scalar(x));
    }

    /** The derivative by forward mode. */
    private static <A extends ArrayOps<A>> A push(Function<DualArray, DualArray> f, A x) {
        return Gradients.jvp(f, x, x.lift(FloatArray.ones(x.shape()))).tangent();
    }

    // ---- perturbations never mix

    @Test
    void forwardInForward() {
        // d/dx [x d/dy (x + y)] = 1, where a tangent taken for the other's gives 2
        assertEquals(ONE, push(x -> x.mul(push(x::add, dual(1))), ONE));
    }

    @Test
    void forwardInForwardWithTheInnerPointMovingToo() {
        // d/dx [x d/dy (x y²) at y = x] = d/dx 2x³ = 6x²
        assertEquals(scalar(24), push(x -> x.mul(push(y -> x.mul(y.square()), x)), scalar(2)));
    }

    @Test
    void reverseInReverse() {
        // d/dx [x d/dy (x + y)]
        assertEquals(ONE, Gradients.grad(x -> x.mul(Gradients.grad(y -> x.add(y), constant(1))), ONE));
        // d/dx [x d/dy (x y²) at y = x]
        assertEquals(scalar(24), Gradients.grad(x -> x.mul(Gradients.grad(y -> x.mul(y.square()), x)), scalar(2)));
    }

    @Test
    void forwardInReverse() {
        assertEquals(
                ONE, Gradients.grad(x -> x.mul(push(y -> DualArray.constant(x).add(y), constant(1))), ONE));
        assertEquals(
                scalar(24),
                Gradients.grad(x -> x.mul(push(y -> DualArray.constant(x).mul(y.square()), x)), scalar(2)));
    }

    @Test
    void reverseInForward() {
        // The inner function takes adjoint arrays, so the outer variable comes in as an argument beside y.
        Function<List<AdjointArray>, AdjointArray> sum = xy -> xy.get(0).add(xy.get(1));
        assertEquals(
                ONE, push(x -> x.mul(Gradients.grad(sum, List.of(x, dual(1))).get(1)), ONE));
        Function<List<AdjointArray>, AdjointArray> product =
                xy -> xy.get(0).mul(xy.get(1).square());
        assertEquals(
                scalar(24),
                push(x -> x.mul(Gradients.grad(product, List.of(x, x)).get(1)), scalar(2)));
    }

    @Test
    void aConstantOfTheInnerDerivativeKeepsTheOuterTangent() {
        // f(x) = d/dy (x² y) = x², although y enters linearly and x² is a constant there
        assertEquals(scalar(6), push(x -> push(y -> x.square().mul(y), dual(5)), scalar(3)));
    }

    @Test
    void anInnerDerivativeThatDoesNotUseItsVariable() {
        assertEquals(scalar(0), push(x -> push(y -> x.square(), dual(5)), scalar(3)));
        assertEquals(
                scalar(6),
                push(x -> Gradients.jvp(y -> x.square(), dual(5), dual(1)).value(), scalar(3)));
    }

    @Test
    void threeDeepWithAllVariablesInUse() {
        // x d/dy (y d/dz (x y z²)) = x d/dy (2 x y² z) = 4 x² y z; by x: 8 x y z
        FloatArray nested =
                push(x -> x.mul(push(y -> y.mul(push(z -> x.mul(y).mul(z.square()), dual(5))), dual(3))), scalar(2));
        assertEquals(scalar(8 * 2 * 3 * 5), nested);
    }

    @Test
    void arraysOfTwoForwardDerivativesMeetInOneInReverse() {
        // f = a b³ at a = x, b = y: by b 3 x y², of that by y 6 x y, of that by x 6 y
        Function<List<AdjointArray>, AdjointArray> f =
                ab -> ab.get(0).mul(ab.get(1).mul(ab.get(1)).mul(ab.get(1)));
        FloatArray nested = push(x -> push(y -> Gradients.grad(f, List.of(x, y)).get(1), dual(5)), scalar(2));
        assertEquals(scalar(30), nested);
    }

    @Test
    void thePrimalOfAnInnerDualArrayStillMovesWithTheOuterVariable() {
        // p = x², taken out of the inner derivative as a primal; d/dx (x p) = 3 x²
        Function<DualArray, DualArray> p = x -> DualArray.constant(
                DualArray.of(scalar(2), ONE).mul(0).add(x.square()).primal());
        assertEquals(scalar(6), push(p, scalar(3)));
        assertEquals(scalar(27), push(x -> x.mul(p.apply(x)), scalar(3)));
    }

    @Test
    void dualArraysMadeByHandBelongToTheInnermostDerivative() {
        FloatArray both = push(
                x -> {
                    // within: y = 2 + 1ε, where x is a constant: d/dy (x y²) = 2 x y = 4x
                    DualArray y = DualArray.of(scalar(2), ONE);
                    DualArray result = x.mul(y.square());
                    assertEquals(scalar(12), result.tangent().value());
                    return x.square();
                },
                scalar(3));
        assertEquals(scalar(6), both);
    }

    // ---- orders of the modes

    /** Three times differentiable, with no symmetry that would hide a mistake. */
    private static <A extends ArrayOps<A>> A f(A x) {
        return x.exp().mul(x.sin()).add(x.mul(x).mul(x).reciprocal());
    }

    private static double third(double x) {
        // (eˣ sin x)''' = 2 eˣ (cos x - sin x); (x⁻³)''' = -60 x⁻⁶
        return 2 * Math.exp(x) * (Math.cos(x) - Math.sin(x)) - 60 * Math.pow(x, -6);
    }

    private static double second(double x) {
        return 2 * Math.exp(x) * Math.cos(x) + 12 * Math.pow(x, -5);
    }

    private static <A extends ArrayOps<A>> A pull(Function<AdjointArray, AdjointArray> f, A x) {
        return Gradients.grad(f, x);
    }

    /** The derivative in a mode that is only known at run time, so that all orders can be gone through. */
    private static <A extends ArrayOps<A>> A derivative(String modes, A x) {
        if (modes.isEmpty()) {
            return f(x);
        }
        String inner = modes.substring(1);
        return modes.charAt(0) == 'F' ? push(y -> derivative(inner, y), x) : pull(y -> derivative(inner, y), x);
    }

    @Test
    void everyOrderOfModesGivesTheSecondDerivative() {
        for (String modes : List.of("FF", "FR", "RF", "RR")) {
            assertEquals(second(1.3), derivative(modes, scalar(1.3)).item(), 2e-5, modes);
        }
    }

    @Test
    void everyOrderOfModesGivesTheThirdDerivative() {
        for (String modes : List.of("FFF", "FFR", "FRF", "FRR", "RFF", "RFR", "RRF", "RRR")) {
            assertEquals(third(1.3), derivative(modes, scalar(1.3)).item(), 2e-4, modes);
        }
    }

    @Test
    void modesNestDeeperStill() {
        // x⁵ has the fourth derivative 120 x and the fifth 120
        assertEquals(scalar(240), push(a -> pull(b -> push(c -> pull(d -> d.pow(5), c), b), a), scalar(2)));
        assertEquals(
                scalar(120), pull(z -> push(a -> pull(b -> push(c -> pull(d -> d.pow(5), c), b), a), z), scalar(2)));
    }

    @Test
    void thirdDerivativesByThreeBackwardPasses() {
        AdjointArray x = AdjointArray.variable(scalar(1.3));
        f(x).backward(BackwardOption.CREATE_GRAPH);
        AdjointArray first = x.adjoint();
        x.zeroGrad();
        assertNotNull(first);
        first.backward(BackwardOption.CREATE_GRAPH);
        AdjointArray second = x.adjoint();
        x.zeroGrad();
        assertNotNull(second);
        assertEquals(second(1.3), second.item(), 2e-5);
        second.backward();
        FloatArray third = x.grad();
        assertNotNull(third);
        assertEquals(third(1.3), third.item(), 2e-4);
    }

    // ---- what results still depend on

    @Test
    void theKindOfTheArgumentSaysHowFarTheResultGoes() {
        FloatArray plain = Gradients.grad(NestingTest::f, scalar(1.3));
        AdjointArray constant = Gradients.grad(NestingTest::f, constant(1.3));
        assertFalse(constant.requiresGrad(), "it depends on nothing that requires grad");
        assertEquals(plain, constant.value());
        AdjointArray x = AdjointArray.variable(scalar(1.3));
        AdjointArray tracked = Gradients.grad(NestingTest::f, x);
        assertTrue(tracked.requiresGrad());
        tracked.backward();
        assertNotNull(x.grad());
        assertEquals(second(1.3), x.grad().item(), 2e-5);
    }

    @Test
    void aResultCanBePulledBackToWhatTheFunctionClosesOver() {
        AdjointArray w = AdjointArray.variable(scalar(2));
        AdjointArray x = constant(3);
        AdjointArray slope = Gradients.grad(a -> a.square().mul(w), x); // 2 x w
        assertTrue(slope.requiresGrad());
        slope.backward();
        assertEquals(scalar(6), w.grad());
        w.zeroGrad();
        AdjointArray pushed = push(a -> a.square().mul(DualArray.constant(w)), x);
        pushed.backward();
        assertEquals(scalar(6), w.grad());
    }

    @Test
    void theValueOfATrackedArgumentIsTrackedAndThatOfAConstantIsNot() {
        AdjointArray x = AdjointArray.variable(scalar(3));
        Gradients.ValueAndGrad<AdjointArray, AdjointArray> both = Gradients.valueAndGrad(AdjointArray::square, x);
        both.value().backward();
        assertEquals(scalar(6), x.grad());
        assertFalse(Gradients.valueAndGrad(AdjointArray::square, constant(3))
                .value()
                .requiresGrad());
        assertFalse(Gradients.vjp(AdjointArray::square, constant(3)).value().requiresGrad());
    }

    @Test
    void aPullbackIsDifferentiableByItsGradientToo() {
        AdjointArray u = AdjointArray.variable(scalar(5));
        AdjointArray pulled = Gradients.vjp(AdjointArray::square, constant(3)).pull(u); // 6 u
        pulled.backward();
        assertEquals(scalar(6), u.grad());
    }

    @Test
    void aPullbackMovesWithItsGradientWherever() {
        // f = x² + x³, used twice so that gradients are added up; pulled back, u (2x + 3x²), by u along 1: 16 at x = 2
        Function<AdjointArray, AdjointArray> f = x -> x.square().add(x.pow(3));
        assertEquals(scalar(16), push(u -> Gradients.vjp(f, dual(2)).pull(u), scalar(5)));
        Gradients.Vjp<DualArray, DualArray> outside = Gradients.vjp(f, dual(2));
        assertEquals(scalar(16), push(outside::pull, scalar(5)));
        // by u and then by x: 2 + 6 x, with a pullback that is made in the one and used in the other
        FloatArray mixed = push(
                x -> {
                    Gradients.Vjp<DualArray, DualArray> between = Gradients.vjp(f, x);
                    return push(between::pull, dual(5));
                },
                scalar(2));
        assertEquals(scalar(14), mixed);
        // What comes out knows neither of the pullback's graph nor of the volatility of its pass.
        for (DualArray constant :
                List.of(push(u -> Gradients.vjp(f, dual(2)).pull(u), dual(5)), push(outside::pull, dual(5)))) {
            assertEquals(scalar(16), constant.value());
            assertFalse(constant.primal().requiresGrad());
            assertFalse(constant.primal().isVolatile());
        }
        AdjointArray x = AdjointArray.variable(scalar(2));
        AdjointArray pulledFurther = push(a -> push(Gradients.vjp(f, a)::pull, dual(5)), x);
        assertEquals(scalar(14), pulledFurther.value());
        pulledFurther.backward();
        assertEquals(scalar(6), x.grad());
    }

    @Test
    void aLinearizedMapMovesWithItsDirectionWherever() {
        Gradients.Linearized<DualArray, DualArray> outside =
                Gradients.linearize(x -> x.square().add(x.pow(3)), dual(2));
        assertEquals(scalar(16), push(outside::push, scalar(5)));
        FloatArray mixed =
                push(x -> push(Gradients.linearize(y -> y.square().add(y.pow(3)), x)::push, dual(5)), scalar(2));
        assertEquals(scalar(14), mixed);
    }

    @Test
    void hessianTimesVectorCanBeDifferentiated() {
        // f = x³: hvp = 6 x v; by x: 6 v, by v: 6 x
        AdjointArray x = AdjointArray.variable(scalar(2));
        AdjointArray v = AdjointArray.variable(scalar(7));
        AdjointArray product = Gradients.hvp(a -> a.pow(3), x, v);
        assertEquals(scalar(84), product.value());
        product.backward();
        assertEquals(scalar(42), x.grad());
        assertEquals(scalar(12), v.grad());
        // and forward: by x along 1
        assertEquals(scalar(42), push(a -> Gradients.hvp(b -> b.pow(3), a, dual(7)), scalar(2)));
    }

    @Test
    void linearizedMapsNest() {
        // the tangent of x³ along v is 3 x² v; by x along 1 that is 6 x v
        assertEquals(scalar(84), push(a -> Gradients.linearize(b -> b.pow(3), a).push(dual(7)), scalar(2)));
        AdjointArray x = AdjointArray.variable(scalar(2));
        AdjointArray v = AdjointArray.variable(scalar(7));
        AdjointArray moved = Gradients.linearize(b -> b.pow(3), x).push(v);
        assertEquals(scalar(84), moved.value());
        moved.backward();
        assertEquals(scalar(84), x.grad());
        assertEquals(scalar(12), v.grad());
    }

    @Test
    void detachingStopsEveryMode() {
        // x · stop(x): the first derivative is stop(x), which is x, and the second that of a constant
        for (String modes : List.of("F", "R")) {
            assertEquals(scalar(3), stopped(modes, scalar(3)), modes);
        }
        for (String modes : List.of("FF", "FR", "RF", "RR")) {
            assertEquals(scalar(0), stopped(modes, scalar(3)), modes);
        }
    }

    /** Derivatives of x · stop(x), by Grad.off, which is the same in every mode. */
    private static <A extends ArrayOps<A>> A stopped(String modes, A x) {
        if (modes.isEmpty()) {
            return x.mul(Grad.off(() -> x.mul(1)));
        }
        String inner = modes.substring(1);
        return modes.charAt(0) == 'F' ? push(y -> stopped(inner, y), x) : pull(y -> stopped(inner, y), x);
    }

    @Test
    void aDetachedArrayCarriesNoTangent() {
        assertEquals(scalar(0), Gradients.hvp(x -> x.mul(x.detach()), scalar(3), ONE));
    }

    @Test
    void derivativesAreTakenWhereRecordingIsOffAndAreConstantsThere() {
        AdjointArray x = AdjointArray.variable(scalar(2));
        AdjointArray slope = Grad.off(() -> Gradients.grad(a -> a.pow(3), x));
        assertEquals(scalar(12), slope.value());
        assertFalse(slope.requiresGrad());
        Grad.off(() -> {
            assertEquals(scalar(12), push(a -> a.pow(3), x).value());
            assertEquals(scalar(12), Gradients.hvp(a -> a.pow(3), scalar(2), ONE));
            assertEquals(
                    scalar(12), Gradients.linearize(a -> a.pow(3), scalar(2)).push(ONE));
            assertEquals(scalar(12), Gradients.jacobianForward(a -> a.pow(3), scalar(2)));
            assertEquals(scalar(12), Gradients.hessian(a -> a.pow(3), scalar(2)));
        });
    }

    @Test
    void aGradientAtAVolatileArrayIsVolatile() {
        AdjointArray x = AdjointArray.volatileOf(scalar(2)).named("photo");
        AdjointArray slope = Gradients.grad(a -> a.pow(3), x);
        assertEquals(scalar(12), slope.value());
        assertTrue(slope.isVolatile());
        String message =
                assertThrows(IllegalStateException.class, slope::backward).getMessage();
        assertTrue(message.contains("'photo'"), message);
    }

    @Test
    void aDualArrayOfAnArrayThatBelongsFurtherInIsRefused() {
        List<AdjointArray> escaped = new ArrayList<>();
        Gradients.hvp(
                x -> {
                    escaped.add(x);
                    return x.square();
                },
                scalar(3),
                ONE);
        assertThrows(IllegalStateException.class, () -> DualArray.of(escaped.getFirst(), constant(1)));
        assertNull(escaped.getFirst().grad());
    }
}
