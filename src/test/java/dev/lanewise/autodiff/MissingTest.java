package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is null, or too large to exist, is said in a sentence that names the operation. */
class MissingTest {

    private static final FloatArray X = FloatArray.of(1, 2);

    private static void assertMissing(String sentence, Executable call) {
        assertEquals(sentence, assertThrows(NullPointerException.class, call).getMessage());
    }

    @Test
    void functions() {
        Function<AdjointArray, AdjointArray> reverse = null;
        Function<DualArray, DualArray> forward = null;
        AdjointArray x = AdjointArray.variable(X);
        assertMissing("grad: the function is null", () -> Gradients.grad(reverse, X));
        assertMissing("vjp: the function is null", () -> Gradients.vjp(reverse, X));
        assertMissing("valueAndGradWithAux: the function is null", () -> Gradients.valueAndGradWithAux(null, X));
        assertMissing("jacobianReverse: the function is null", () -> Gradients.jacobianReverse(reverse, X));
        assertMissing("hvp: the function is null", () -> Gradients.hvp(reverse, X, X));
        assertMissing("jvp: the function is null", () -> Gradients.jvp(forward, X, X));
        assertMissing("linearize: the function is null", () -> Gradients.linearize(forward, X));
        assertMissing("jacobianForward: the function is null", () -> Gradients.jacobianForward(forward, X));
        assertMissing("checkpoint: the function is null", () -> Gradients.checkpoint(reverse, x));
    }

    @Test
    void resultsOfFunctions() {
        Function<AdjointArray, AdjointArray> reverse = x -> null;
        Function<DualArray, DualArray> forward = x -> null;
        AdjointArray x = AdjointArray.variable(X);
        assertMissing("grad: the function returned null", () -> Gradients.grad(reverse, X));
        assertMissing("hessian: the function returned null", () -> Gradients.hessian(reverse, X));
        assertMissing("jvp: the function returned null", () -> Gradients.jvp(forward, X, X));
        assertMissing("linearize: the function returned null", () -> Gradients.linearize(forward, X));
        assertMissing("checkpoint: the function returned null", () -> Gradients.checkpoint(reverse, x));
        assertMissing(
                "valueAndGradWithAux: the function returned null", () -> Gradients.valueAndGradWithAux(a -> null, X));
        assertMissing(
                "valueAndGradWithAux: the function returned null",
                () -> Gradients.valueAndGradWithAux(a -> new Gradients.Aux<>(null, "more"), X));
    }

    @Test
    void arguments() {
        FloatArray none = null;
        assertMissing("grad: an argument is null", () -> Gradients.grad(a -> a, none));
        assertMissing("jvp: an argument is null", () -> Gradients.jvp(a -> a, X, none));
        assertMissing("vjp: an argument is null", () -> Gradients.vjp(a -> a, X).pull(none));
        assertMissing(
                "linearize: an argument is null",
                () -> Gradients.linearize(a -> a, X).push(none));
        assertMissing("checkpoint: an argument is null", () -> Gradients.checkpoint(a -> a, (AdjointArray) null));
    }

    @Test
    void operands() {
        List<Executable> calls = new ArrayList<>();
        operands(calls, AdjointArray.variable(FloatArray.ones(2, 2)));
        operands(calls, DualArray.constant(FloatArray.ones(2, 2)));
        List<String> names = List.of("add", "where", "matmul", "conv2d", "concat");
        for (int i = 0; i < calls.size(); i++) {
            assertMissing(names.get(i % names.size()) + ": an operand is null", calls.get(i));
        }
        assertEquals(2 * names.size(), calls.size());
    }

    private static <A extends ArrayOps<A>> void operands(List<Executable> calls, A x) {
        A none = null;
        calls.add(() -> x.add(none));
        calls.add(() -> x.where(x, none));
        calls.add(() -> x.matmul(none));
        calls.add(() -> x.conv2d(none, Window.of(1, 1)));
        calls.add(() -> ArrayOps.concat(0, Arrays.asList(x, none)));
    }

    @Test
    void partsOfRules() {
        UnaryOperator<FloatArray> value = x -> x;
        BinaryOperator<AdjointArray> slope = (x, g) -> g;
        assertMissing("Rule: the value of f is null", () -> Rule.fromInput("f", null, slope));
        assertMissing("Rule: derivative 0 of f is null", () -> Rule.fromInput("f", value, null));
        assertMissing("Rule: derivative 0 of f is null", () -> Rule.fromOutput("f", value, null));
        assertMissing("Rule: derivative 0 of f is null", () -> Rule.linear("f", value, null));
        assertMissing("Rule: derivative 1 of f is null", () -> Rule.bilinear("f", FloatArray::mul, slope, null));
        assertMissing("Rule: the name is null", () -> Rule.linear(null, value, g -> g));
        assertMissing("Partial: the pull is null", () -> new Rule.Partial((x, y, t) -> t, null));
        assertMissing("Rule: derivative 1 of f is null", () -> Rule.of("f", x -> x[0], Rule.NONE, null));
    }

    @Test
    void derivativesThatNoArrayCanHold() {
        FloatArray many = FloatArray.scalar(1).expand(50_000);
        String sentence = ": the derivatives of 50000 by 50000 are more than an array can hold, 2147483647";
        assertEquals(
                "jacobianReverse" + sentence,
                assertThrows(IllegalArgumentException.class, () -> Gradients.jacobianReverse(a -> a, many))
                        .getMessage());
        assertEquals(
                "jacobianForward" + sentence,
                assertThrows(IllegalArgumentException.class, () -> Gradients.jacobianForward(a -> a, many))
                        .getMessage());
        assertEquals(
                "hessian" + sentence,
                assertThrows(IllegalArgumentException.class, () -> Gradients.hessian(a -> a.sum(), many))
                        .getMessage());
    }
}
