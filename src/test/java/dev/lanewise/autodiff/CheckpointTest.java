package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Recording again instead of keeping: fewer bytes, the same bits. */
class CheckpointTest {

    private static FloatArray random(int seed, int... dims) {
        return FloatArray.randn(new Random(seed), dims);
    }

    private final List<AdjointArray> weights = new ArrayList<>();
    private final AdjointArray input = AdjointArray.variable(random(1, 8, 16));

    CheckpointTest() {
        for (int i = 0; i < 12; i++) {
            weights.add(AdjointArray.variable(random(10 + i, 16, 16).mul(0.3f)));
        }
    }

    /** Three layers that share a weight with all others, so that sums of gradients have terms from everywhere. */
    private AdjointArray block(int number, AdjointArray x) {
        AdjointArray y = x;
        for (int i = 0; i < 3; i++) {
            y = y.matmul(weights.get(3 * number + i))
                    .tanh()
                    .matmul(weights.getFirst())
                    .sigmoid();
        }
        return y.add(x);
    }

    private AdjointArray model(boolean checkpoints) {
        AdjointArray y = input;
        for (int i = 0; i < 4; i++) {
            int number = i;
            y = checkpoints ? Gradients.checkpoint(x -> block(number, x), y) : block(number, y);
        }
        return y.square().sum();
    }

    private List<FloatArray> gradients() {
        List<FloatArray> all = new ArrayList<>();
        for (AdjointArray weight : weights) {
            FloatArray grad = weight.grad();
            assertNotNull(grad);
            all.add(grad);
            weight.zeroGrad();
        }
        FloatArray grad = input.grad();
        assertNotNull(grad);
        all.add(grad);
        input.zeroGrad();
        return all;
    }

    @Test
    void gradientsAreEqualToTheBit() {
        model(false).backward();
        List<FloatArray> expected = gradients();
        model(true).backward();
        assertEquals(expected, gradients());
        AdjointArray loss = model(true);
        loss.backward(BackwardOption.RETAIN_GRAPH);
        assertEquals(expected, gradients());
        loss.backward();
        assertEquals(expected, gradients());
        assertThrows(IllegalStateException.class, loss::backward);
    }

    @Test
    void bytesFall() {
        Graph.Report plain = Graph.report(model(false));
        Graph.Report sparing = Graph.report(model(true));
        assertEquals(model(false).value(), model(true).value());
        // Of each block only its argument is kept, 8x16 numbers, and the last sum for its square.
        assertEquals(4L * (4 + 1) * 8 * 16, sparing.bytes());
        assertEquals(4, sparing.byOperation().get("checkpoint").operations());
        // The arguments of four blocks, in each the two results of three layers, the last sum; and all weights.
        assertEquals(4L * ((4 * (1 + 3 * 2) + 1) * 8 * 16 + 12 * 16 * 16), plain.bytes());
        assertEquals(13, sparing.leaves());
    }

    @Test
    void checkpointsNest() {
        model(false).backward();
        List<FloatArray> expected = gradients();
        AdjointArray loss = Gradients.checkpoint(
                x -> {
                    AdjointArray y = x;
                    for (int i = 0; i < 4; i++) {
                        int number = i;
                        y = Gradients.checkpoint(z -> block(number, z), y);
                    }
                    return y.square().sum();
                },
                input);
        assertEquals(4L * 8 * 16, Graph.report(loss).bytes());
        loss.backward();
        assertEquals(expected, gradients());
    }

    @Test
    void theFunctionRunsOnceForwardAndOnceBackward() {
        AtomicInteger runs = new AtomicInteger();
        AdjointArray x = AdjointArray.variable(FloatArray.of(2));
        AdjointArray y = AdjointArray.variable(FloatArray.of(3));
        AdjointArray product = Gradients.checkpoint(
                both -> {
                    runs.incrementAndGet();
                    return both.get(0).mul(both.get(1)).exp();
                },
                List.of(x, y));
        assertEquals(1, runs.get());
        product.backward();
        assertEquals(2, runs.get());
        assertEquals((float) (3 * Math.exp(6)), x.grad().item(), 1e-3);
        assertEquals((float) (2 * Math.exp(6)), y.grad().item(), 1e-3);
    }

    @Test
    void aGradientThatIsOnlyWantedForOneArrayIsOnlyPulledThere() {
        FloatArray expected = Gradients.grad(x -> block(1, x).sum(), random(1, 8, 16));
        assertEquals(
                expected,
                Gradients.grad(x -> Gradients.checkpoint(y -> block(1, y), x).sum(), random(1, 8, 16)));
        weights.forEach(weight -> assertNull(weight.grad()));
    }

    @Test
    void secondDerivativesGoThroughItInEveryMode() {
        Function<AdjointArray, AdjointArray> plain = x -> block(1, x).square().sum();
        Function<AdjointArray, AdjointArray> sparing =
                x -> Gradients.checkpoint(y -> block(1, y), x).square().sum();
        FloatArray x = random(2, 2, 16);
        FloatArray v = random(3, 2, 16);
        assertEquals(Gradients.hvp(plain, x, v), Gradients.hvp(sparing, x, v));
        UnaryOperator<AdjointArray> slopes =
                a -> Gradients.grad(sparing, a).mul(AdjointArray.constant(v)).sum();
        UnaryOperator<AdjointArray> slope =
                a -> Gradients.grad(plain, a).mul(AdjointArray.constant(v)).sum();
        // The part runs once for each pass here, and sums that were one in the plain graph become two.
        FloatArray twice = Gradients.grad(slopes, x);
        assertTrue(twice.closeTo(Gradients.grad(slope, x), 1e-5, 1e-5), twice::toString);
    }

    @Test
    void createGraphGoesThroughIt() {
        AdjointArray x = AdjointArray.variable(FloatArray.scalar(2));
        Gradients.checkpoint(a -> a.pow(3), x).backward(BackwardOption.CREATE_GRAPH);
        AdjointArray first = x.adjoint();
        assertNotNull(first);
        x.zeroGrad();
        first.backward();
        assertEquals(FloatArray.scalar(12), x.grad());
    }

    @Test
    void aHookOnTheResultSeesItsGradientAndHooksWithinRun() {
        AdjointArray x = AdjointArray.variable(FloatArray.scalar(2));
        AdjointArray y = Gradients.checkpoint(
                a -> {
                    AdjointArray square = a.square();
                    square.registerHook(g -> g.mul(10));
                    return square.mul(3);
                },
                x);
        y.registerHook(g -> g.add(1));
        y.backward(); // (1 + 1) * 3 * 10 * 2x
        assertEquals(FloatArray.scalar(240), x.grad());
    }

    @Test
    void whereNothingIsRecordedThereIsNothingToSpare() {
        AdjointArray constant = AdjointArray.constant(FloatArray.scalar(2));
        assertFalse(Gradients.checkpoint(AdjointArray::square, constant).requiresGrad());
        AdjointArray x = AdjointArray.variable(FloatArray.scalar(2));
        assertFalse(
                Grad.off(() -> Gradients.checkpoint(AdjointArray::square, x)).requiresGrad());
        AdjointArray photo = AdjointArray.volatileOf(FloatArray.scalar(2));
        assertTrue(Gradients.checkpoint(a -> a.mul(x), photo).isVolatile());
        assertSame(x, Gradients.checkpoint(a -> a, x));
    }

    @Test
    void aFunctionThatIsAnotherTheSecondTimeIsFound() {
        AdjointArray x = AdjointArray.variable(FloatArray.scalar(2));
        AdjointArray w = AdjointArray.variable(FloatArray.scalar(3));
        AdjointArray u = AdjointArray.variable(FloatArray.scalar(4));
        AtomicInteger runs = new AtomicInteger();
        AdjointArray y = Gradients.checkpoint(a -> a.mul(runs.getAndIncrement() == 0 ? w : u), x);
        assertThrows(IllegalStateException.class, y::backward);
        runs.set(0);
        AdjointArray z = Gradients.checkpoint(
                a -> runs.getAndIncrement() == 0 ? a.mul(w) : a.add(w).reshape(1), x);
        assertThrows(IllegalStateException.class, z::backward);
        assertNull(x.grad());
        assertNull(w.grad());
        assertNull(u.grad());
    }

    private static void assertDiffers(String how, AdjointArray y) {
        String message = assertThrows(IllegalStateException.class, y::backward).getMessage();
        assertEquals(
                "checkpoint: run again in the backward pass, the function gave " + how
                        + "; it must do the same both times",
                message);
    }

    @Test
    void anArrayThatIsUsedOnlyTheSecondTimeIsFound() {
        AdjointArray x = AdjointArray.variable(FloatArray.scalar(2));
        AdjointArray w = AdjointArray.variable(FloatArray.scalar(2));
        AtomicInteger runs = new AtomicInteger();
        // The same numbers, as w is 2 too: only the arrays tell.
        assertDiffers(
                "a result from other arrays that require grad",
                Gradients.checkpoint(a -> runs.getAndIncrement() == 0 ? a.square() : a.mul(w), x));
        runs.set(0);
        assertDiffers(
                "a result from other arrays that require grad",
                Gradients.checkpoint(a -> runs.getAndIncrement() == 0 ? a.square() : a, x));
        assertNull(x.grad());
        assertNull(w.grad());
    }

    @Test
    void otherNumbersFromTheSameArraysAreFound() {
        AdjointArray x = AdjointArray.variable(random(3, 4, 5));
        AtomicInteger runs = new AtomicInteger();
        assertDiffers(
                "a result with other numbers",
                Gradients.checkpoint(a -> a.dropout(0.5f, runs.getAndIncrement()), x)
                        .sum());
        // all signs, and one sign of zero
        runs.set(0);
        assertDiffers(
                "a result with other numbers",
                Gradients.checkpoint(a -> a.mul(runs.getAndIncrement() == 0 ? 1 : -1), x)
                        .sum());
        runs.set(0);
        AdjointArray zero = AdjointArray.variable(FloatArray.scalar(0));
        assertDiffers(
                "a result with other numbers",
                Gradients.checkpoint(a -> a.mul(runs.getAndIncrement() == 0 ? 1 : -1), zero)
                        .sum());
        assertDiffers(
                "a result of shape 20 where it was 4x5",
                Gradients.checkpoint(a -> runs.getAndIncrement() == 2 ? a.reshape(4, 5) : a.reshape(20), x)
                        .sum());
        // NaN is as good as any number
        AdjointArray nan = AdjointArray.variable(FloatArray.scalar(Float.NaN));
        Gradients.checkpoint(a -> a.mul(3), nan).backward();
        assertEquals(FloatArray.scalar(3), nan.grad());
    }

    @Test
    void aDeepChainOfCheckpointsIsWalkedWithoutRecursion() {
        AdjointArray x = AdjointArray.variable(FloatArray.scalar(1));
        AdjointArray y = x;
        for (int i = 0; i < 20_000; i++) {
            y = Gradients.checkpoint(a -> a.neg().neg(), y);
        }
        y.backward();
        assertEquals(FloatArray.scalar(1), x.grad());
    }
}
