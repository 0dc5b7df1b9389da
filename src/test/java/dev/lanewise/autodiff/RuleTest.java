package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of the user's own: how they are applied, and what is refused. */
class RuleTest {

    private static final Rule CUBE = Rule.fromInput(
            "cube", x -> x.mul(x).mul(x), (x, g) -> g.mul(x.square()).mul(3));

    private static final Rule SCALE = Rule.bilinear("scale", FloatArray::mul, AdjointArray::mul, AdjointArray::mul);

    private static <A extends ArrayOps<A>> A cube(A x) {
        return CUBE.apply(x);
    }

    private static AdjointArray variable(float... x) {
        return AdjointArray.variable(FloatArray.of(x));
    }

    @Test
    void oneFunctionRunsOnArraysOfEveryKind() {
        assertEquals(FloatArray.of(8, 27), cube(FloatArray.of(2, 3)));
        AdjointArray x = variable(2, 3);
        AdjointArray y = cube(x);
        assertEquals("cube", y.gradFn());
        y.sum().backward();
        assertEquals(FloatArray.of(12, 27), x.grad());
        DualArray dual = cube(DualArray.of(FloatArray.of(2, 3), FloatArray.of(1, 10)));
        assertEquals(FloatArray.of(12, 270), dual.tangent().value());
    }

    @Test
    void aRuleNestsAsTheLibrarysOwnDo() {
        FloatArray x = FloatArray.scalar(2);
        FloatArray one = FloatArray.scalar(1);
        assertEquals(FloatArray.scalar(12), Gradients.hvp(RuleTest::cube, x, one));
        assertEquals(FloatArray.scalar(12), Gradients.hessian(RuleTest::cube, x));
        assertEquals(
                FloatArray.scalar(6),
                Gradients.jvp(a -> Gradients.hvp(RuleTest::cube, a, DualArray.constant(one)), x, one)
                        .tangent());
    }

    @Test
    void aRuleOfSeveralOperandsTakesThemAsAListToo() {
        AdjointArray a = variable(2, 3);
        AdjointArray b = variable(5);
        SCALE.apply(List.of(a, b)).sum().backward();
        assertEquals(FloatArray.of(5, 5), a.grad());
        assertEquals(FloatArray.of(5), b.grad());
        a.apply(SCALE, b).sum().backward();
        assertEquals(FloatArray.of(10, 10), a.grad());
    }

    @Test
    void anOperandWithoutDerivativeIsNotAskedFor() {
        Rule pick = Rule.of(
                "pick",
                x -> x[0].where(x[1], x[0].mul(0)),
                Rule.diagonal((x, y) -> {
                    AdjointArray mask = x[1];
                    return g -> g.mul(mask);
                }),
                Rule.NONE);
        AdjointArray x = variable(2, 3);
        AdjointArray mask = variable(0, 1);
        AdjointArray y = pick.apply(x, mask);
        assertEquals(FloatArray.of(0, 3), y.value());
        y.sum().backward();
        assertEquals(FloatArray.of(0, 1), x.grad());
        assertNull(mask.grad());
    }

    @Test
    void theNumberOfOperandsIsChecked() {
        assertEquals(
                "scale: 1 operands for a rule of 2",
                assertThrows(IllegalArgumentException.class, () -> SCALE.apply(variable(1)))
                        .getMessage());
        assertEquals(
                "cube: 2 operands for a rule of 1",
                assertThrows(IllegalArgumentException.class, () -> CUBE.apply(FloatArray.of(1), FloatArray.of(2)))
                        .getMessage());
        assertEquals(
                "cube: 0 operands for a rule of 1",
                assertThrows(IllegalArgumentException.class, () -> CUBE.apply(List.<FloatArray>of()))
                        .getMessage());
        assertEquals(
                "scale: 1 operands for a rule of 2",
                assertThrows(IllegalArgumentException.class, () -> variable(1).apply(SCALE))
                        .getMessage());
    }

    @Test
    void aRuleHasANameAndADerivative() {
        assertThrows(IllegalArgumentException.class, () -> Rule.of("nothing", x -> x[0]));
        assertThrows(IllegalArgumentException.class, () -> Rule.linear(" ", x -> x, g -> g));
    }

    @Test
    void whatIsMissingIsNamed() {
        Rule noValue = Rule.linear("noValue", x -> null, g -> g);
        Rule noPull = Rule.unary("noPull", x -> x, (x, y, t) -> t, (x, y) -> null);
        Rule noPush = Rule.unary("noPush", x -> x, (x, y, t) -> null, (x, y) -> g -> null);
        assertNamed("noValue: its value returned null", () -> noValue.apply(FloatArray.of(1)));
        assertNamed("noPull: its pull for operand 0 returned null", () -> noPull.apply(variable(1)));
        DualArray dual = DualArray.of(FloatArray.of(1), FloatArray.of(1));
        assertNamed("noPush: its push for operand 0 returned null", () -> noPush.apply(dual));
        AdjointArray y = noPush.apply(variable(1));
        assertNamed("backward: the pull of noPush for operand 0 is null", y::backward);
    }

    private static void assertNamed(String message, Runnable call) {
        assertEquals(
                message, assertThrows(NullPointerException.class, call::run).getMessage());
    }

    @Test
    void derivativesOfAnotherShapeAreRefused() {
        Rule wrong = Rule.unary(
                "wrong", x -> x, (x, y, t) -> t.append(0, List.of(t)), (x, y) -> g -> g.append(0, List.of(g)));
        DualArray dual = DualArray.of(FloatArray.of(1, 2), FloatArray.of(1, 2));
        assertEquals(
                "forward: the push of wrong made a tangent of shape 4 for a result of shape 2",
                assertThrows(IllegalArgumentException.class, () -> wrong.apply(dual))
                        .getMessage());
        AdjointArray y = wrong.apply(variable(1, 2)).sum();
        assertEquals(
                "backward: the pull of wrong made a gradient of shape 4 for an operand of shape 2",
                assertThrows(IllegalArgumentException.class, y::backward).getMessage());
    }

    @Test
    void aRuleInAFunctionThatIsCheckedInDoubleSaysWhatToDo() {
        GradientCheck check = GradientCheck.of("cubes", new GradientCheck.ArrayFunction() {
            @Override
            public <A extends ArrayOps<A>> A apply(List<A> operands) {
                return CUBE.apply(operands.getFirst());
            }
        });
        String message = assertThrows(IllegalArgumentException.class, () -> check.check(FloatArray.of(1)))
                .getMessage();
        assertEquals(
                "cube: a rule is in float32 and cannot be applied to a DoubleArray; let GradientCheck check the"
                        + " function against(…) its value in double",
                message);
        check.against(x -> new double[] {Math.pow(x.getFirst()[0], 3)}).check(FloatArray.of(1));
    }
}
