package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.BackwardOption.CREATE_GRAPH;
import static dev.lanewise.autodiff.BackwardOption.RETAIN_GRAPH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The walk back: sums over paths, freed and retained graphs, higher orders, depth. */
class BackwardPassTest {

    private static AdjointArray variable(float... x) {
        return AdjointArray.variable(FloatArray.of(x));
    }

    private static FloatArray gradient(AdjointArray leaf) {
        return Objects.requireNonNull(leaf.grad());
    }

    private static AdjointArray adjoint(AdjointArray leaf) {
        return Objects.requireNonNull(leaf.adjoint());
    }

    // ---- sums over paths

    @Test
    void anArrayTimesItself() {
        AdjointArray x = variable(3);
        x.mul(x).backward();
        assertEquals(FloatArray.of(6), x.grad());
    }

    @Test
    void anOperandUsedTwice() {
        AdjointArray x = variable(2);
        AdjointArray y = x.exp().add(x.square()).add(x);
        y.backward();
        assertEquals((float) Math.exp(2) + 4 + 1, gradient(x).item(), 1e-5f);
    }

    @Test
    void anInteriorResultUsedTwiceIsPulledThroughOnce() {
        AdjointArray x = variable(3);
        List<FloatArray> seen = new ArrayList<>();
        AdjointArray y = x.square();
        y.registerHook(g -> {
            seen.add(g.value());
            return null;
        });
        y.mul(y).add(y).backward(); // d/dy = 2y + 1 = 19
        assertEquals(List.of(FloatArray.of(19)), seen);
        assertEquals(FloatArray.of(19 * 6), x.grad());
    }

    @Test
    void aDiamondOfBranchesOfUnequalLength() {
        AdjointArray x = variable(2);
        AdjointArray a = x.mul(3);
        AdjointArray b = a.square(); // the long branch: 18x
        AdjointArray c = b.add(a).add(x); // the derivative: 72 / 2 + 3 + 1
        c.backward();
        assertEquals(FloatArray.of(2 * 9 * 2 + 3 + 1), x.grad());
    }

    @Test
    void aChainOfDiamondsIsWalkedOnce() {
        // 2^60 paths: only a walk that visits each node once ends.
        AdjointArray x = variable(1);
        AdjointArray y = x;
        for (int i = 0; i < 60; i++) {
            y = y.add(y).mul(0.5f);
        }
        y.backward();
        assertEquals(FloatArray.of(1), x.grad());
    }

    @Test
    void aBroadcastOperandGetsTheSum() {
        AdjointArray row = variable(1, 2, 3);
        AdjointArray scalar = AdjointArray.variable(FloatArray.scalar(2));
        AdjointArray matrix = AdjointArray.variable(FloatArray.ones(2, 3));
        matrix.mul(row).mul(scalar).sum().backward();
        assertEquals(FloatArray.of(4, 4, 4), row.grad());
        assertEquals(FloatArray.scalar(12), scalar.grad());
        assertEquals(FloatArray.of(new float[] {2, 4, 6, 2, 4, 6}, 2, 3), matrix.grad());
    }

    @Test
    void aPullOfTheWrongShapeIsNamedAndNoLeafChanges() {
        Rule wrong = Rule.linear("halve", x -> x.mul(0.5f), g -> g.append(0, List.of(g)));
        AdjointArray x = variable(1, 2, 3);
        AdjointArray w = variable(4);
        for (AdjointArray y :
                List.of(w.mul(x.apply(wrong)).sum(), x.apply(wrong).mul(w).sum())) {
            assertEquals(
                    "backward: the pull of halve made a gradient of shape 6 for an operand of shape 3",
                    assertThrows(IllegalArgumentException.class, y::backward).getMessage());
            assertNull(w.grad());
            assertNull(x.grad());
        }
    }

    @Test
    void noGradientChangesWhereOneCannotBeAddedUp() {
        for (boolean aFirst : new boolean[] {true, false}) {
            AdjointArray a = variable(2);
            AdjointArray b = variable(3);
            AdjointArray retained = a.mul(5).retainGrad();
            a.square().backward();
            new Workspace().run(() -> b.square().backward()); // a gradient that has no numbers any more
            FloatArray before = a.grad();
            AdjointArray y = aFirst ? retained.mul(b) : b.mul(retained);
            assertThrows(IllegalStateException.class, y::backward);
            assertSame(before, a.grad());
            assertNull(retained.grad());
            assertEquals(
                    "backward: the graph behind 'mul' was used up by an earlier backward that failed; compute the"
                            + " result again, or give that one RETAIN_GRAPH",
                    assertThrows(IllegalStateException.class, y::backward).getMessage());
            b.zeroGrad();
            a.mul(b).backward();
            assertEquals(FloatArray.of(4 + 3), a.grad());
            assertEquals(FloatArray.of(2), b.grad());
        }
    }

    @Test
    void sumsOfGradientsChangeNoArrayThatAnyoneElseHolds() {
        // The same gradient reaches a and b; what is added to it for a must not show in b, nor in the caller's array.
        AdjointArray a = variable(1, 1);
        AdjointArray b = variable(1, 1);
        FloatArray gradient = FloatArray.of(1, 2);
        a.add(b).add(a).add(a).backward(gradient);
        assertEquals(FloatArray.of(3, 6), a.grad());
        assertEquals(FloatArray.of(1, 2), b.grad());
        assertEquals(FloatArray.of(1, 2), gradient);
    }

    // ---- freed and retained

    @Test
    void aSecondBackwardIsRefusedAlsoWhereNothingWasCaptured() {
        for (UnaryOperator<AdjointArray> function : List.<UnaryOperator<AdjointArray>>of(
                x -> x.add(1), AdjointArray::exp, x -> x.mul(x).sum(), x -> x.neg())) {
            AdjointArray x = variable(3);
            AdjointArray y = function.apply(x);
            y.backward();
            FloatArray before = x.grad();
            String message =
                    assertThrows(IllegalStateException.class, y::backward).getMessage();
            assertEquals(
                    "backward: the graph behind '" + y.gradFn()
                            + "' has been freed by an earlier backward; give that one RETAIN_GRAPH",
                    message);
            assertEquals(before, x.grad());
        }
    }

    @Test
    void aGraphThatAFailedPassHasUsedUpSaysSo() {
        AdjointArray x = variable(3);
        AdjointArray hooked = x.square();
        HookHandle hook = hooked.registerHook(g -> {
            throw new ArithmeticException("in the hook");
        });
        AdjointArray kept = hooked.exp();
        assertThrows(ArithmeticException.class, () -> kept.backward(BackwardOption.RETAIN_GRAPH));
        hook.remove();
        kept.backward(); // nothing was used up
        AdjointArray other = x.square();
        other.registerHook(g -> {
            throw new ArithmeticException("in the hook");
        });
        AdjointArray y = other.exp();
        assertThrows(ArithmeticException.class, y::backward);
        assertEquals(
                "backward: the graph behind 'exp' was used up by an earlier backward that failed; compute the result"
                        + " again, or give that one RETAIN_GRAPH",
                assertThrows(IllegalStateException.class, y::backward).getMessage());
    }

    @Test
    void aSharedPartThatWasFreedIsRefusedBeforeAnythingIsPulled() {
        AdjointArray x = variable(3);
        AdjointArray w = variable(2);
        AdjointArray shared = x.square();
        shared.exp().backward();
        FloatArray before = x.grad();
        AdjointArray second = shared.mul(w);
        assertThrows(IllegalStateException.class, second::backward);
        assertEquals(before, x.grad());
        assertNull(w.grad());
        assertFalse(second.trackedNode().freed(), "the part that was whole stays so");
    }

    @Test
    void aRetainedGraphAccumulates() {
        AdjointArray x = variable(3);
        AdjointArray y = x.square();
        y.backward(RETAIN_GRAPH);
        y.backward(RETAIN_GRAPH);
        assertEquals(FloatArray.of(12), x.grad());
        y.backward();
        assertEquals(FloatArray.of(18), x.grad());
        assertThrows(IllegalStateException.class, y::backward);
    }

    // ---- higher orders

    @Test
    void derivativesOfACubeOfEveryOrder() {
        AdjointArray x = variable(2);
        x.pow(3).backward(CREATE_GRAPH);
        AdjointArray first = adjoint(x);
        assertEquals(FloatArray.of(12), first.value());
        x.zeroGrad();
        first.backward(CREATE_GRAPH);
        AdjointArray second = adjoint(x);
        assertEquals(FloatArray.of(12), second.value());
        x.zeroGrad();
        second.backward(CREATE_GRAPH);
        AdjointArray third = adjoint(x);
        assertEquals(FloatArray.of(6), third.value());
    }

    @Test
    void createGraphRetainsIt() {
        AdjointArray x = variable(2);
        AdjointArray y = x.mul(x).mul(x);
        y.backward(CREATE_GRAPH);
        y.backward();
        assertEquals(FloatArray.of(24), x.grad());
    }

    @Test
    void aHessianTimesAVectorByTwoPasses() {
        // f = x0^2 x1, so H = [[2 x1, 2 x0], [2 x0, 0]]
        AdjointArray x = variable(3, 5);
        AdjointArray x0 = x.slice(Index.at(0));
        AdjointArray x1 = x.slice(Index.at(1));
        x0.square().mul(x1).backward(CREATE_GRAPH);
        AdjointArray gradient = adjoint(x);
        assertEquals(FloatArray.of(30, 9), gradient.value());
        x.zeroGrad();
        gradient.backward(FloatArray.of(1, 10));
        assertEquals(FloatArray.of(2 * 5 + 2 * 3 * 10, 2 * 3), x.grad());
    }

    @Test
    void aHookIsPartOfTheGraphOfGradients() {
        AdjointArray x = variable(3);
        AdjointArray y = x.square();
        y.registerHook(g -> g.mul(x)); // as if y were differentiated to x: 2x * x
        y.backward(CREATE_GRAPH);
        AdjointArray first = adjoint(x);
        assertEquals(FloatArray.of(18), first.value());
        x.zeroGrad();
        first.backward();
        assertEquals(FloatArray.of(12), x.grad());
    }

    @Test
    void aGradientPenalty() {
        // d/dw of (d(w x^2)/dx)^2 = (2wx)^2 is 8 w x^2, beside what the first pass left
        AdjointArray x = variable(3);
        AdjointArray w = variable(2);
        w.mul(x.square()).backward(CREATE_GRAPH);
        AdjointArray slope = adjoint(x);
        w.zeroGrad();
        slope.square().backward();
        assertEquals(FloatArray.of(8 * 2 * 9), w.grad());
    }

    // ---- depth

    @Test
    void aMillionOperationsForwardAndBackward() {
        AdjointArray x = variable(1);
        AdjointArray y = x;
        for (int i = 0; i < 500_000; i++) {
            y = y.add(x).sub(x);
        }
        y.backward();
        assertEquals(FloatArray.of(1), x.grad());
    }

    @Test
    void aMillionOperationsThatKeepTheirOperands() {
        AdjointArray x = variable(2);
        AdjointArray one = AdjointArray.constant(FloatArray.of(1));
        AdjointArray y = x;
        for (int i = 0; i < 1_000_000; i++) {
            y = y.mul(one);
        }
        assertEquals(1_000_000, Graph.report(y).operations());
        y.backward();
        assertEquals(FloatArray.of(1), x.grad());
        assertTrue(Graph.report(y).closures() == 0);
    }
}
