package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Derivatives where there is none, or more than one: the values that {@code ArrayOps} states, in both modes. */
class KinksTest {

    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    /** The derivatives of an elementwise function of one operand, checked to be the same in both modes. */
    private static FloatArray slopes(Function<List<Any>, Any> function, float... x) {
        return slopesBy(function, 0, FloatArray.of(x));
    }

    /** The derivatives of an elementwise function by one of its operands, checked to be the same in both modes. */
    private static FloatArray slopesBy(Function<List<Any>, Any> function, int operand, FloatArray... x) {
        TracedFunction traced = new TracedFunction(function);
        List<AdjointArray> leaves = Arrays.stream(x).map(AdjointArray::variable).toList();
        AdjointArray result = traced.apply(leaves);
        result.backward(FloatArray.ones(result.shape()));
        FloatArray pulled = Objects.requireNonNull(leaves.get(operand).grad());
        DualArray[] duals = Arrays.stream(x).map(DualArray::constant).toArray(DualArray[]::new);
        duals[operand] = DualArray.of(x[operand], FloatArray.ones(x[operand].shape()));
        assertEquals(pulled, traced.apply(List.of(duals)).tangent().value(), "forward mode");
        return pulled;
    }

    @Test
    void absAtZeroHasDerivativeZero() {
        assertEquals(FloatArray.of(-1, 0, 0, 1), slopes(x -> x.getFirst().abs(), -2, -0f, 0, 3));
    }

    @Test
    void reluAtZeroHasDerivativeZero() {
        assertEquals(FloatArray.of(0, 0, 0, 1), slopes(x -> x.getFirst().relu(), -2, -0f, 0, 3));
    }

    @Test
    void leakyReluAtZeroHasTheSlopeForDerivative() {
        assertEquals(
                FloatArray.of(0.1f, 0.1f, 0.1f, 1), slopes(x -> x.getFirst().leakyRelu(0.1f), -2, -0f, 0, 3));
        assertEquals(FloatArray.of(-3, -3, -3, 1), slopes(x -> x.getFirst().leakyRelu(-3), -2, -0f, 0, 3));
        assertEquals(FloatArray.of(0, 0, 0, 1), slopes(x -> x.getFirst().leakyRelu(0), -2, -0f, 0, 3));
    }

    @Test
    void eluAtZeroHasAlphaForDerivative() {
        assertEquals(
                FloatArray.of(0, 0.5f, 0.5f, 1, 1), slopes(x -> x.getFirst().elu(0.5f), -INF, -0f, 0, 3, INF));
        assertEquals(FloatArray.of(-0f, -2, -2, 1, 1), slopes(x -> x.getFirst().elu(-2), -INF, -0f, 0, 3, INF));
    }

    @Test
    void geluTanhIsFlatFarOutWhereItsCubeOverflows() {
        float[] far = {-1e30f, -1e20f, -13, 13, 1e20f, 1e30f};
        assertEquals(FloatArray.of(0, 0, 0, 1, 1, 1), slopes(x -> x.getFirst().geluTanh(), far));
        assertEquals(
                FloatArray.of(-0f, -0f, -0f, 13, 1e20f, 1e30f),
                FloatArray.of(far).geluTanh());
    }

    @Test
    void theSlopesOfGeluAndSiluDoNotVaryFarOut() {
        FloatArray far = FloatArray.of(-1e30f, -1e20f, -300, 300, 1e20f, 1e30f);
        FloatArray zeros = FloatArray.zeros(6);
        assertTrue(Gradients.hvp(x -> x.gelu().sum(), far, FloatArray.ones(6)).closeTo(zeros, 0, 0));
        assertTrue(Gradients.hvp(x -> x.silu().sum(), far, FloatArray.ones(6)).closeTo(zeros, 0, 0));
    }

    @Test
    void layerNormHasADerivativeWhereTheVarianceOverflows() {
        // The result does not change when all is scaled, so the slope shrinks as the scale grows.
        FloatArray x = FloatArray.of(1, -3, 0.5f);
        AdjointArray weights = AdjointArray.constant(FloatArray.of(1, 2, -1));
        FloatArray near = Gradients.grad(a -> a.layerNorm(0, 0).mul(weights).sum(), x);
        FloatArray far = Gradients.grad(a -> a.layerNorm(0, 0).mul(weights).sum(), x.mul(0x1p80f));
        assertTrue(far.mul(0x1p80f).closeTo(near, 1e-5, 1e-6), far::toString);
    }

    @Test
    void layerNormHasASecondDerivativeWhereTheVarianceOverflows() {
        // That of a row scaled by s is smaller by s²; a row of equal numbers beside it, of deviation 0, has its own.
        FloatArray rows = FloatArray.of(new float[] {1, -3, 0.5f, 2, 2, 2}, 2, 3);
        FloatArray scale = FloatArray.of(new float[] {0x1p70f, 1}, 2, 1);
        AdjointArray weights = AdjointArray.constant(FloatArray.of(1, 2, -1));
        UnaryOperator<AdjointArray> loss =
                a -> a.layerNorm(0.25f, -1).square().mul(weights).sum();
        UnaryOperator<AdjointArray> withoutEps =
                a -> a.layerNorm(0, -1).square().mul(weights).sum();
        FloatArray v = FloatArray.of(new float[] {1, 2, -2, 1, 3, -1}, 2, 3);
        FloatArray near = Gradients.hvp(withoutEps, rows.slice(Index.at(0)), v.slice(Index.at(0)));
        FloatArray equal = Gradients.hvp(loss, rows.slice(Index.at(1)), v.slice(Index.at(1)));
        FloatArray both = Gradients.hvp(loss, rows.mul(scale), v.mul(scale)).mul(scale);
        assertTrue(both.slice(Index.at(0)).closeTo(near, 1e-4, 1e-5), () -> both + " near " + near);
        assertTrue(both.slice(Index.at(1)).closeTo(equal, 1e-6, 1e-6), () -> both + " equal " + equal);
        // Backward twice what is not used is pulled back too, and what is infinite there must not become NaN.
        AdjointArray direction = AdjointArray.constant(v.mul(scale));
        FloatArray backward = Gradients.grad(
                        a -> Gradients.grad(loss, a).mul(direction).sum(), rows.mul(scale))
                .mul(scale);
        assertTrue(backward.closeTo(both, 1e-4, 1e-5), () -> backward + " backward, forward " + both);
    }

    @Test
    void reluStopsAnInfiniteGradientWhereItIsZero() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(-1, 1));
        x.relu().backward(FloatArray.of(INF, INF));
        assertEquals(FloatArray.of(0, INF), x.grad());
    }

    @Test
    void clampHasDerivativeOneAtItsBounds() {
        assertEquals(
                FloatArray.of(0, 1, 1, 1, 0),
                slopes(x -> x.getFirst().clamp(-1, 1), -1.5f, -1, 0.2f, 1, Math.nextUp(1f)));
    }

    @Test
    void maximumAndMinimumShareBetweenEquals() {
        FloatArray a = FloatArray.of(1, 2, 3);
        FloatArray b = FloatArray.of(2, 2, 2);
        assertEquals(FloatArray.of(0, 0.5f, 1), slopesBy(x -> x.get(0).maximum(x.get(1)), 0, a, b));
        assertEquals(FloatArray.of(1, 0.5f, 0), slopesBy(x -> x.get(0).maximum(x.get(1)), 1, a, b));
        assertEquals(FloatArray.of(1, 0.5f, 0), slopesBy(x -> x.get(0).minimum(x.get(1)), 0, a, b));
        assertEquals(FloatArray.of(0, 0.5f, 1), slopesBy(x -> x.get(0).minimum(x.get(1)), 1, a, b));
    }

    @Test
    void maximumOfAnArrayWithItselfHasDerivativeOne() {
        assertEquals(FloatArray.of(1, 1), slopes(x -> x.getFirst().maximum(x.getFirst()), -1, 4));
        assertEquals(FloatArray.of(0.5f), slopes(x -> x.getFirst().maximum(2), 2));
    }

    @Test
    void maxAndMinShareAmongEquals() {
        FloatArray x = FloatArray.of(new float[] {3, 1, 3, 2, 3, 1}, 2, 3);
        assertEquals(
                FloatArray.of(new float[] {1 / 3f, 0, 1 / 3f, 0, 1 / 3f, 0}, 2, 3),
                gradient(a -> a.getFirst().max(), x));
        assertEquals(
                FloatArray.of(new float[] {0.5f, 0, 0.5f, 0, 1, 0}, 2, 3),
                gradient(a -> a.getFirst().max(1), x));
        assertEquals(
                FloatArray.of(new float[] {0, 0.5f, 0, 0, 0, 0.5f}, 2, 3),
                gradient(a -> a.getFirst().min(), x));
    }

    @Test
    void normOfZerosHasDerivativeZero() {
        FloatArray x = FloatArray.of(new float[] {0, 0, 3, 4}, 2, 2);
        assertEquals(
                FloatArray.of(new float[] {0, 0, 0.6f, 0.8f}, 2, 2),
                gradient(a -> a.getFirst().norm(1), x));
        assertEquals(FloatArray.zeros(2), gradient(a -> a.getFirst().norm(), FloatArray.zeros(2)));
    }

    /** The gradient of a function whose tangents have another shape; the sum of the tangent must agree. */
    private static FloatArray gradient(Function<List<Any>, Any> function, FloatArray x) {
        TracedFunction traced = new TracedFunction(function);
        AdjointArray leaf = AdjointArray.variable(x);
        AdjointArray result = traced.apply(List.of(leaf));
        result.backward(FloatArray.ones(result.shape()));
        DualArray dual = traced.apply(List.of(DualArray.of(x, FloatArray.ones(x.shape()))));
        FloatArray pulled = Objects.requireNonNull(leaf.grad());
        assertEquals(pulled.sum().item(), dual.tangent().value().sum().item(), 1e-6f, "forward mode");
        return pulled;
    }

    @Test
    void powZeroHasDerivativeZeroEverywhere() {
        assertEquals(FloatArray.of(0, 0, 0, 0), slopes(x -> x.getFirst().pow(0), -1, 0, INF, NAN));
    }

    @Test
    void powOfZero() {
        assertEquals(FloatArray.of(1), slopes(x -> x.getFirst().pow(1), 0));
        assertEquals(FloatArray.of(0), slopes(x -> x.getFirst().pow(2), 0));
        assertEquals(FloatArray.of(INF), slopes(x -> x.getFirst().pow(0.5f), 0));
        assertEquals(FloatArray.of(-INF), slopes(x -> x.getFirst().pow(-1), 0));
    }

    @Test
    void powOfArraysAtZero() {
        FloatArray base = FloatArray.of(0, 0, 0, 2);
        FloatArray exponent = FloatArray.of(0, 1, 2, 0);
        // By the base: 0 for an exponent of 0. By the exponent: 0 for a base of 0, although its logarithm is infinite.
        assertEquals(FloatArray.of(0, 1, 0, 0), slopesBy(x -> x.get(0).pow(x.get(1)), 0, base, exponent));
        FloatArray byExponent = slopesBy(x -> x.get(0).pow(x.get(1)), 1, base, exponent);
        assertEquals(FloatArray.of(0, 0, 0, (float) Math.log(2)), byExponent);
    }

    @Test
    void whereGivesTheOperandThatWasNotChosenExactlyZero() {
        FloatArray a = FloatArray.of(1, 2);
        FloatArray b = FloatArray.of(3, 4);
        AdjointArray x = AdjointArray.variable(a);
        AdjointArray y = AdjointArray.variable(b);
        AdjointArray condition = AdjointArray.constant(FloatArray.of(1, 0));
        x.where(condition, y).backward(FloatArray.of(INF, NAN));
        assertEquals(FloatArray.of(INF, 0), x.grad());
        assertEquals(FloatArray.of(0, NAN), y.grad());
    }

    @Test
    void whereForwardTakesTheTangentOfTheChosenOperandOnly() {
        DualArray x = DualArray.of(FloatArray.of(1, 2), FloatArray.of(INF, NAN));
        DualArray y = DualArray.of(FloatArray.of(3, 4), FloatArray.of(NAN, INF));
        DualArray condition = DualArray.constant(FloatArray.of(1, 0));
        assertEquals(FloatArray.of(INF, INF), x.where(condition, y).tangent().value());
    }

    @Test
    void aConditionHasNoDerivative() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, -1));
        AdjointArray one = AdjointArray.constant(FloatArray.ones(2));
        assertEquals(false, one.where(x, one).requiresGrad());
        assertEquals(false, x.gt(0).requiresGrad());
    }

    @Test
    void sqrtOfZeroHasAnInfiniteDerivative() {
        assertEquals(FloatArray.of(INF), slopes(x -> x.getFirst().sqrt(), 0));
    }

    @Test
    void logarithmsAndRootsAtTheirEnds() {
        assertEquals(FloatArray.of(-INF, INF), slopes(x -> x.getFirst().rsqrt(), 0, -0f));
        assertEquals(FloatArray.of(INF, 1, 0), slopes(x -> x.getFirst().log1p(), -1, -0f, INF));
        assertEquals(FloatArray.of(0, 1, INF), slopes(x -> x.getFirst().expm1(), -INF, 0, INF));
    }

    @Test
    void smoothActivationsAtZeroAndAtTheInfinities() {
        assertEquals(FloatArray.of(0, 0.5f, 1), slopes(x -> x.getFirst().softplus(), -INF, 0, INF));
        assertEquals(FloatArray.of(NAN, 0.5f, NAN), slopes(x -> x.getFirst().gelu(), -INF, 0, INF));
        assertEquals(FloatArray.of(NAN, 0.5f, NAN), slopes(x -> x.getFirst().silu(), -INF, 0, INF));
        assertEquals(FloatArray.of(0, 0), slopes(x -> x.getFirst().erf(), -INF, INF));
    }

    @Test
    void whatAVolatileArrayDecidesIsVolatile() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, -1));
        AdjointArray condition = AdjointArray.volatileOf(FloatArray.of(1, 0));
        assertEquals(true, x.where(condition, x).isVolatile());
        assertEquals(true, condition.gt(0).isVolatile());
        assertEquals(true, x.where(condition.gt(0), x).isVolatile());
    }

    // ---- NaN goes on, and so does the gradient, to where it came from

    @Test
    void reluOfNaNHandsTheGradientOn() {
        assertEquals(FloatArray.of(1), slopes(x -> x.getFirst().relu(), NAN));
        assertEquals(FloatArray.of(0), slopes(x -> x.getFirst().clamp(-1, 1), NAN));
        assertEquals(FloatArray.of(0), slopes(x -> x.getFirst().abs(), NAN));
    }

    @Test
    void maximumAndMinimumAtNaNGiveToBoth() {
        FloatArray a = FloatArray.of(NAN, 1, NAN, INF, -INF);
        FloatArray b = FloatArray.of(1, NAN, NAN, INF, INF);
        assertEquals(FloatArray.of(1, 1, 1, 0.5f, 0), slopesBy(x -> x.get(0).maximum(x.get(1)), 0, a, b));
        assertEquals(FloatArray.of(1, 1, 1, 0.5f, 1), slopesBy(x -> x.get(0).maximum(x.get(1)), 1, a, b));
        assertEquals(FloatArray.of(1, 1, 1, 0.5f, 1), slopesBy(x -> x.get(0).minimum(x.get(1)), 0, a, b));
        assertEquals(FloatArray.of(1, 1, 1, 0.5f, 0), slopesBy(x -> x.get(0).minimum(x.get(1)), 1, a, b));
    }

    @Test
    void whatLosesStopsAnInfiniteGradient() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, 2));
        x.maximum(AdjointArray.constant(FloatArray.of(3, 1))).backward(FloatArray.of(INF, INF));
        assertEquals(FloatArray.of(0, INF), x.grad());
    }

    @Test
    void maxAndMinShareAmongNaNs() {
        FloatArray x = FloatArray.of(new float[] {1, NAN, 3, NAN, 1, INF, INF, 0}, 2, 4);
        assertEquals(
                FloatArray.of(new float[] {0, 0.5f, 0, 0.5f, 0, 0.5f, 0.5f, 0}, 2, 4),
                gradient(a -> a.getFirst().max(1), x));
        assertEquals(
                FloatArray.of(new float[] {0, 0.5f, 0, 0.5f, 0, 0, 0, 1}, 2, 4),
                gradient(a -> a.getFirst().min(1), x));
    }

    // ---- poles and infinities

    @Test
    void polesHaveInfiniteDerivatives() {
        assertEquals(FloatArray.of(INF, -INF, -1), slopes(x -> x.getFirst().log(), 0, -0f, -1));
        assertEquals(FloatArray.of(-INF, -INF, -0f), slopes(x -> x.getFirst().reciprocal(), 0, -0f, INF));
        assertEquals(FloatArray.of(-INF, NAN), slopes(x -> x.getFirst().sqrt(), -0f, -1));
        FloatArray zero = FloatArray.of(0, 1);
        assertEquals(FloatArray.of(INF, INF), slopesBy(x -> x.get(0).div(x.get(1)), 0, zero, FloatArray.zeros(2)));
        assertEquals(FloatArray.of(NAN, -INF), slopesBy(x -> x.get(0).div(x.get(1)), 1, zero, FloatArray.zeros(2)));
    }

    @Test
    void powOfArraysAtItsOtherEdges() {
        FloatArray base = FloatArray.of(0, 0, -2, -2, 1, NAN, 0);
        FloatArray exponent = FloatArray.of(-1, 0.5f, 2, 3, 0, 0, NAN);
        assertEquals(
                FloatArray.of(-INF, INF, -4, 12, 0, 0, NAN),
                slopesBy(x -> x.get(0).pow(x.get(1)), 0, base, exponent));
        assertEquals(
                FloatArray.of(-INF, 0, NAN, NAN, 0, NAN, NAN),
                slopesBy(x -> x.get(0).pow(x.get(1)), 1, base, exponent));
    }

    @Test
    void logSumExpOfInfinities() {
        assertEquals(FloatArray.of(0, 1), slopeOf(x -> x.logSumExp(0), -INF, 1));
        assertEquals(FloatArray.of(NAN, NAN), slopeOf(x -> x.logSumExp(0), -INF, -INF));
        assertEquals(FloatArray.of(NAN, 0), slopeOf(x -> x.logSumExp(0), INF, 1));
        assertEquals(FloatArray.of(0.5f, 0.5f), slopeOf(x -> x.logSumExp(0), 1000, 1000));
    }

    private static FloatArray slopeOf(UnaryOperator<AdjointArray> function, float... x) {
        AdjointArray leaf = AdjointArray.variable(FloatArray.of(x));
        function.apply(leaf).backward();
        return Objects.requireNonNull(leaf.grad());
    }

    @Test
    void aReciprocalWhoseSquareIsNoFloat() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(0x1p-100f, 0x1p100f));
        x.reciprocal().backward(FloatArray.of(0x1p-120f, 0x1p120f));
        assertEquals(FloatArray.of(-0x1p80f, -0x1p-80f), x.grad());
    }

    @Test
    void powOfZeroDifferentiatedTwice() {
        AdjointArray base = AdjointArray.variable(FloatArray.of(0, 0));
        AdjointArray exponent = AdjointArray.variable(FloatArray.of(1.5f, 0));
        AdjointArray g = AdjointArray.variable(FloatArray.ones(2));
        base.pow(exponent).backward(g, BackwardOption.CREATE_GRAPH);
        AdjointArray byBase = Objects.requireNonNull(base.adjoint());
        AdjointArray byExponent = Objects.requireNonNull(exponent.adjoint());
        byBase.add(byExponent).backward(FloatArray.ones(2));
        // The derivatives that g is multiplied by are 0, and not 0 times the infinity of ln 0 or 0^-1.
        assertEquals(FloatArray.of(0, 0), g.grad());
    }

    /** Of a^b at a = 0: b(b - 1)a^(b-2), a^(b-1)(1 + b ln a) and a^b (ln a)^2 at their limits. */
    @Test
    void secondDerivativesOfPowersOfZero() {
        assertEquals(FloatArray.of(0, INF, 2, 0), secondOfPow(0, 0));
        assertEquals(FloatArray.of(0, 0, 0, 0), secondOfPow(1, 1));
    }

    private static FloatArray secondOfPow(int first, int second) {
        AdjointArray[] x = {
            AdjointArray.variable(FloatArray.zeros(4)), AdjointArray.variable(FloatArray.of(1, 1.5f, 2, 3))
        };
        x[0].pow(x[1]).sum().backward(BackwardOption.CREATE_GRAPH);
        AdjointArray slope = Objects.requireNonNull(x[first].adjoint());
        x[second].zeroGrad();
        slope.sum().backward();
        return Objects.requireNonNull(x[second].grad());
    }

    @Test
    void powOfNaNHasDerivativeNaN() {
        assertEquals(FloatArray.of(NAN, NAN), slopes(x -> x.getFirst().pow(2), NAN, NAN));
        FloatArray base = FloatArray.of(NAN, NAN, 2);
        FloatArray exponent = FloatArray.of(2, 0.5f, NAN);
        assertEquals(FloatArray.of(NAN, NAN, NAN), slopesBy(x -> x.get(0).pow(x.get(1)), 0, base, exponent));
        assertEquals(FloatArray.of(NAN, NAN, NAN), slopesBy(x -> x.get(0).pow(x.get(1)), 1, base, exponent));
    }

    /** Equals keep their order, so the gradient goes to the places that come first. */
    @Test
    void sortAndTopkAmongEquals() {
        FloatArray x = FloatArray.of(2, 1, 2, 1);
        FloatArray weights = FloatArray.of(10, 20, 30, 40);
        assertEquals(
                FloatArray.of(30, 10, 40, 20),
                gradient(
                        a -> a.getFirst()
                                .sort(0)
                                .mul(a.getFirst().lift(weights))
                                .sum(),
                        x));
        assertEquals(
                FloatArray.of(10, 30, 20, 40),
                gradient(
                        a -> a.getFirst()
                                .sort(true, 0)
                                .mul(a.getFirst().lift(weights))
                                .sum(),
                        x));
        assertEquals(
                FloatArray.of(10, 0, 0, 0),
                gradient(
                        a -> a.getFirst()
                                .topk(1, 0)
                                .mul(a.getFirst().lift(FloatArray.of(10)))
                                .sum(),
                        x));
    }

    /** A row that is not finite, or whose variance overflows, leaves the others as they are, in value and gradient. */
    @Test
    void rowsAreNormalizedApart() {
        FloatArray good = FloatArray.of(new float[] {1, 2, 4}, 1, 3);
        FloatArray weights = FloatArray.of(3, -1, 2);
        UnaryOperator<AdjointArray> loss =
                a -> a.layerNorm(1e-5f, -1).mul(AdjointArray.constant(weights)).sum(1);
        for (float bad : new float[] {NAN, INF, 3e38f}) {
            FloatArray both = FloatArray.concat(0, good, FloatArray.of(new float[] {1, bad, 2}, 1, 3));
            assertEquals(good.layerNorm(1e-5f, -1), both.layerNorm(1e-5f, -1).slice(Index.range(0, 1)));
            AdjointArray leaf = AdjointArray.variable(both);
            loss.apply(leaf).backward(FloatArray.ones(2));
            FloatArray alone = Gradients.grad(a -> loss.apply(a).sum(), good);
            assertEquals(alone, Objects.requireNonNull(leaf.grad()).slice(Index.range(0, 1)));
        }
    }

    /** What is multiplied by 0 there is not looked at. */
    @Test
    void productsIgnoreASummandWhoseFactorIsZero() {
        FloatArray a = FloatArray.of(new float[] {1, 2, 3, 4}, 1, 2, 2);
        FloatArray nan = FloatArray.full(NAN, 2, 2);
        FloatArray plain = a.reshape(2, 2);
        assertEquals(plain.mm(plain), nan.addmm(0, 1, plain, plain));
        assertEquals(plain.mm(plain), nan.addbmm(0, 1, a, a));
        assertEquals(a.bmm(a), nan.reshape(1, 2, 2).baddbmm(0, 1, a, a));
        FloatArray oneNaN = FloatArray.of(new float[] {NAN, 0, 0, 0}, 2, 2);
        assertEquals(FloatArray.of(new float[] {NAN, 10, 15, 22}, 2, 2), oneNaN.addmm(1, 1, plain, plain));
    }

    @Test
    void normBeyondTheRangeOfSquares() {
        assertEquals(FloatArray.of(0.6f, 0.8f), slopeOf(AdjointArray::norm, 3e20f, 4e20f));
        assertEquals(FloatArray.of(0.6f, 0.8f), slopeOf(AdjointArray::norm, 3e-30f, 4e-30f));
        assertEquals(FloatArray.of(NAN, 0), slopeOf(AdjointArray::norm, INF, 1)); // as PyTorch has it
    }

    // ---- lengths of 0 and 1

    @Test
    void anOperandThatIsRepeatedNowhereHasAGradientOfZeros() {
        AdjointArray row = AdjointArray.variable(FloatArray.ones(1, 3));
        AdjointArray none = AdjointArray.variable(FloatArray.zeros(0, 3));
        row.mul(none).sum().backward();
        assertEquals(FloatArray.zeros(1, 3), row.grad());
        assertEquals(FloatArray.zeros(0, 3), none.grad());
        AdjointArray scalar = AdjointArray.variable(FloatArray.scalar(2));
        scalar.add(none).mean(0).sum().backward();
        assertEquals(FloatArray.scalar(0), scalar.grad());
    }

    @Test
    void whatIsChosenGivesToWhereItStood() {
        assertEquals(FloatArray.of(0, 0, 1, 0), slopeOf(x -> x.topk(1, 0), 1, 2, 7, 7)); // the first of equals
        assertEquals(FloatArray.of(0, 1, 0), slopeOf(x -> x.sort(0).slice(Index.at(-1)), 1, NAN, 2));
        float[] plane = {1, 1, 0, 1, 1, 0, 0, NAN, NAN};
        assertEquals(
                FloatArray.of(1, 1, 0, 0, 0, 0, 0, 1, 1), // as PyTorch has it
                slopeOf(x -> x.reshape(3, 3).maxPool2d(Window.of(2, 2)).sum(), plane));
    }
}
