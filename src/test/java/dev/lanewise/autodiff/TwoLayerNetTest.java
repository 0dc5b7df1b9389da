package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The two-layer net of the tutorial, {@code 0.5·sum((relu(x·w1)·w2 - y)²)}, trained for 100 steps with gradients by hand,
 * by closures, by {@link Gradients#grad} and by {@link Gradients#jacobianForward}: the losses are the same to 1e-5.
 *
 * <p>Forward mode evaluates the net once for each weight, so it goes through the 100 steps with a small net; with the net
 * of the tutorial it takes the first step.
 */
class TwoLayerNetTest {

    private static final int STEPS = 100;

    private record Weights<A>(A first, A second) {}

    /** Examples, features, hidden units, outputs; and the learning rate. */
    private record Net(FloatArray x, FloatArray y, Weights<FloatArray> start, float rate) {

        static Net of(int examples, int in, int hidden, int out, float rate) {
            Random random = new Random(0);
            return new Net(
                    FloatArray.randn(random, examples, in),
                    FloatArray.randn(random, examples, out),
                    new Weights<>(FloatArray.randn(random, in, hidden), FloatArray.randn(random, hidden, out)),
                    rate);
        }

        <A extends ArrayOps<A>> A loss(Weights<A> w) {
            A input = w.first.lift(x);
            A target = w.first.lift(y);
            return input.mm(w.first)
                    .relu()
                    .mm(w.second)
                    .sub(target)
                    .square()
                    .sum()
                    .mul(0.5f);
        }

        Weights<FloatArray> byHand(Weights<FloatArray> w) {
            FloatArray hidden = x.mm(w.first);
            FloatArray active = hidden.relu();
            FloatArray error = active.mm(w.second).sub(y);
            return new Weights<>(
                    x.t().mm(error.mm(w.second.t()).mul(hidden.gt(0))),
                    active.t().mm(error));
        }

        Weights<FloatArray> byClosures(Weights<FloatArray> w) {
            Weights<AdjointArray> leaves =
                    new Weights<>(AdjointArray.variable(w.first), AdjointArray.variable(w.second));
            loss(leaves).backward();
            assertNotNull(leaves.first.grad());
            assertNotNull(leaves.second.grad());
            return new Weights<>(leaves.first.grad(), leaves.second.grad());
        }

        Weights<FloatArray> byGrad(Weights<FloatArray> w) {
            return Gradients.grad((Weights<AdjointArray> a) -> loss(a), w);
        }

        Weights<FloatArray> byJacobianForward(Weights<FloatArray> w) {
            return Gradients.jacobianForward((Weights<DualArray> a) -> loss(a), w);
        }

        /** The loss before each step, and after the last. */
        float[] train(UnaryOperator<Weights<FloatArray>> gradient) {
            Weights<FloatArray> w = start;
            float[] losses = new float[STEPS + 1];
            for (int step = 0; step < STEPS; step++) {
                losses[step] = loss(w).item();
                Weights<FloatArray> g = gradient.apply(w);
                w = new Weights<>(w.first.sub(g.first.mul(rate)), w.second.sub(g.second.mul(rate)));
            }
            losses[STEPS] = loss(w).item();
            return losses;
        }
    }

    private final Net tutorial = Net.of(50, 40, 100, 10, 1e-4f);
    private final Net small = Net.of(10, 5, 8, 3, 3e-3f);

    @Test
    void theNetOfTheTutorial() {
        float[] byHand = tutorial.train(tutorial::byHand);
        assertTrue(byHand[STEPS] < 0.01 * byHand[0], "it learns");
        assertSame(byHand, tutorial.train(tutorial::byClosures));
        assertSame(byHand, tutorial.train(tutorial::byGrad));
    }

    @Test
    void aSmallNetForwardToo() {
        float[] byHand = small.train(small::byHand);
        assertTrue(byHand[STEPS] < 0.5 * byHand[0], "it learns");
        assertSame(byHand, small.train(small::byClosures));
        assertSame(byHand, small.train(small::byGrad));
        assertSame(byHand, small.train(small::byJacobianForward));
    }

    @Test
    void theFirstStepOfTheNetOfTheTutorialForwardToo() {
        Weights<FloatArray> byHand = tutorial.byHand(tutorial.start);
        Weights<FloatArray> forward = tutorial.byJacobianForward(tutorial.start);
        assertClose(byHand.first, forward.first);
        assertClose(byHand.second, forward.second);
    }

    private static void assertClose(FloatArray expected, FloatArray got) {
        // 500 terms are summed, so an element is right to that of the largest, not to its own.
        float largest = expected.abs().max().item();
        assertEquals(expected.shape(), got.shape());
        assertEquals(0, expected.sub(got).abs().max().item(), 1e-5 * largest);
    }

    private static void assertSame(float[] expected, float[] got) {
        for (int step = 0; step <= STEPS; step++) {
            int at = step;
            assertEquals(expected[step], got[step], 1e-5 * expected[step], () -> "loss at step " + at);
        }
    }
}
