package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What escaped from a forward derivative that is over is refused: its tangent would be lost without a word. */
class EscapeTest {

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

    /** Runs an inner derivative by b at 1 and gives back what the function made of b, against all customs. */
    private static DualArray escaped(Function<DualArray, DualArray> f) {
        List<DualArray> out = new ArrayList<>();
        push(
                b -> {
                    out.add(f.apply(b));
                    return b;
                },
                dual(1));
        return out.getFirst();
    }

    private static void assertEnded(String operation, Executable use) {
        String message = assertThrows(IllegalStateException.class, use).getMessage();
        assertTrue(message.startsWith(operation + ": an array of shape "), message);
        assertTrue(message.contains("belongs to a forward derivative that has ended"), message);
    }

    @Test
    void anArrayThatEscapedCannotBeTheResult() {
        Function<DualArray, DualArray> f = a -> escaped(b -> b.mul(a));
        assertEnded("jvp", () -> Gradients.jvp(f, scalar(3), ONE));
        assertEnded("jvp", () -> Gradients.jvp(f, constant(3), constant(1)));
        assertEnded("jvp", () -> Gradients.jvp(f, dual(3), dual(1)));
        assertEnded("linearize", () -> Gradients.linearize(f, scalar(3)));
        assertEnded("jacobianForward", () -> Gradients.jacobianForward(f, scalar(3)));
    }

    @Test
    void anArrayThatEscapedCannotBeAnOperand() {
        Function<DualArray, DualArray> f = a -> a.mul(escaped(b -> b.mul(a)));
        assertEnded("mul", () -> Gradients.jvp(f, scalar(3), ONE));
        assertEnded("mul", () -> Gradients.linearize(f, scalar(3)));
        assertEnded("mul", () -> Gradients.jacobianForward(f, scalar(3)));
        // nor in a later derivative, nor outside of all
        DualArray late = escaped(b -> b);
        assertEnded("mul", () -> push(late::mul, scalar(2)));
        assertEnded("jvp", () -> push(y -> late, scalar(2)));
        assertEnded("exp", late::exp);
        assertEquals(ONE, late.value(), "its numbers can be read");
    }

    @Test
    void anArrayThatEscapedCannotBeAnArgument() {
        DualArray late = escaped(b -> b);
        assertEnded("grad", () -> Gradients.grad(x -> x, late));
        assertEnded("jvp", () -> Gradients.jvp(x -> x, dual(2), late));
        assertEnded("vjp", () -> Gradients.vjp(x -> x, dual(2)).pull(late));
        assertEnded("linearize", () -> Gradients.linearize(x -> x, dual(2)).push(late));
    }

    @Test
    void anAdjointArrayThatEscapedFromForwardOverReverseIsRefusedToo() {
        List<AdjointArray> out = new ArrayList<>();
        Gradients.hvp(
                x -> {
                    out.add(x.square());
                    return x.square();
                },
                scalar(3),
                ONE);
        assertEnded("exp", () -> out.getFirst().exp());
        assertEnded("grad", () -> Gradients.grad(x -> out.getFirst(), constant(2)));
    }

    @Test
    void aDerivativeThatFailedHasEnded() {
        List<DualArray> out = new ArrayList<>();
        assertThrows(
                ArithmeticException.class,
                () -> push(
                        x -> {
                            out.add(x);
                            throw new ArithmeticException("no");
                        },
                        scalar(3)));
        assertEnded("exp", () -> out.getFirst().exp());
    }

    @Test
    void aDerivativeIsNotOverForTheOtherThreadsOfItsFunction() {
        FloatArray slope = push(
                x -> CompletableFuture.supplyAsync(() -> x.mul(push(x::add, dual(1))))
                        .join(),
                ONE);
        assertEquals(ONE, slope);
    }

    @Test
    void theTangentOfADualArrayMadeByHandCannotBeTheResult() {
        // Zeros by hand are a tangent too: the result would be of another derivative, and not move with x.
        Function<DualArray, DualArray> f = x -> x.mul(DualArray.of(scalar(2), scalar(0)));
        String message = assertThrows(IllegalStateException.class, () -> push(f, scalar(3)))
                .getMessage();
        assertTrue(message.startsWith("jvp: the function's result of shape ") && message.contains("by hand"), message);
        assertEquals(scalar(2), push(x -> x.mul(dual(2)), scalar(3)));
    }
}
