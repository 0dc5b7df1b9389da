package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Kinds, flags and names of adjoint arrays, and what is refused. */
class AdjointArrayTest {

    private static AdjointArray variable(float... x) {
        return AdjointArray.variable(FloatArray.of(x));
    }

    private static AdjointArray constant(float... x) {
        return AdjointArray.constant(FloatArray.of(x));
    }

    private static AdjointArray volatileOf(float... x) {
        return AdjointArray.volatileOf(FloatArray.of(x));
    }

    private static String refusal(Class<? extends Exception> type, Executable action) {
        return String.valueOf(assertThrows(type, action).getMessage());
    }

    // ---- kinds

    @Test
    void leavesAreOfThreeKinds() {
        AdjointArray variable = variable(1);
        assertTrue(variable.requiresGrad());
        assertFalse(variable.isVolatile());
        AdjointArray constant = constant(1);
        assertFalse(constant.requiresGrad());
        assertFalse(constant.isVolatile());
        AdjointArray inVolatile = volatileOf(1);
        assertFalse(inVolatile.requiresGrad());
        assertTrue(inVolatile.isVolatile());
        for (AdjointArray leaf : List.of(variable, constant, inVolatile)) {
            assertTrue(leaf.isLeaf());
            assertNull(leaf.gradFn());
            assertNull(leaf.grad());
            assertNull(leaf.adjoint());
        }
    }

    @Test
    void aLeafSharesItsValue() {
        FloatArray value = FloatArray.of(1, 2);
        assertSame(value, AdjointArray.variable(value).value());
        assertSame(value, AdjointArray.constant(value).value());
        assertSame(value, AdjointArray.volatileOf(value).value());
    }

    @Test
    void aResultRequiresGradIfAnyOperandDoes() {
        assertTrue(variable(1).add(constant(1)).requiresGrad());
        assertTrue(constant(1).add(variable(1)).requiresGrad());
        assertFalse(constant(1).add(constant(1)).requiresGrad());
        assertTrue(constant(1).append(0, List.of(constant(2), variable(3))).requiresGrad());
    }

    @Test
    void volatileWins() {
        AdjointArray x = variable(1);
        for (AdjointArray result : List.of(
                x.mul(volatileOf(2)),
                volatileOf(2).mul(x),
                x.append(0, List.of(x, volatileOf(1))),
                x.exp().add(volatileOf(1)).exp())) {
            assertTrue(result.isVolatile());
            assertFalse(result.requiresGrad());
            assertNull(result.gradFn());
        }
    }

    @Test
    void anUnrecordedResultIsALeafThatMayJoin() {
        AdjointArray result = constant(1).add(constant(2));
        assertTrue(result.isLeaf());
        AdjointArray y = result.requiresGrad(true).square();
        y.backward();
        assertEquals(FloatArray.of(6), result.grad());
    }

    @Test
    void gradFnNamesTheOperation() {
        AdjointArray x = AdjointArray.variable(FloatArray.ones(2, 2));
        assertEquals("exp", x.exp().gradFn());
        assertEquals("add", x.add(1).gradFn());
        assertEquals("matmul", x.mm(x).gradFn());
        assertEquals("mul", x.mul(x).gradFn());
        assertEquals("concat", x.append(0, List.of(x)).gradFn());
        assertEquals("slice", x.slice(Index.at(0)).gradFn());
        assertNull(x.gt(0).gradFn());
        assertNull(x.detach().gradFn());
    }

    // ---- names

    @Test
    void theErrorNamesTheLeafThatMadeAResultVolatile() {
        AdjointArray y = variable(1).mul(volatileOf(1, 2, 3).named("features")).sum();
        assertEquals(
                "backward: this result is volatile because of the volatile leaf 'features' of shape 3, so nothing was"
                        + " recorded that could pull a gradient back",
                assertThrows(IllegalStateException.class, y::backward).getMessage());
    }

    @Test
    void ofTwoVolatileOperandsTheFirstIsNamed() {
        AdjointArray y = volatileOf(1).named("first").add(volatileOf(2).named("second"));
        String message = refusal(IllegalStateException.class, y::backward);
        assertTrue(message.contains("'first'") && !message.contains("second"), message);
    }

    @Test
    void anUnnamedVolatileLeafIsToldByItsShape() {
        AdjointArray y = AdjointArray.volatileOf(FloatArray.ones(2, 3)).sum();
        String message = refusal(IllegalStateException.class, y::backward);
        assertTrue(message.contains("an unnamed volatile leaf of shape 2x3"), message);
    }

    @Test
    void namingAResultDoesNotRenameTheCulprit() {
        AdjointArray leaf = volatileOf(1);
        AdjointArray result = leaf.exp().named("result");
        String unnamed = refusal(IllegalStateException.class, result::backward);
        assertTrue(unnamed.contains("an unnamed volatile leaf"), unnamed);
        leaf.named("early").named("late");
        String named = refusal(IllegalStateException.class, result::backward);
        assertTrue(named.contains("'late'"), named);
        assertEquals("result", result.name());
    }

    @Test
    void toStringTellsTheKind() {
        assertTrue(variable(1).named("w").toString().endsWith("'w' requires grad"));
        assertTrue(constant(1).toString().endsWith(" constant"));
        assertTrue(volatileOf(1).toString().endsWith(" volatile"));
        assertTrue(variable(1).exp().toString().endsWith(" gradFn=exp"));
    }

    // ---- the flag

    @Test
    void aResultRefusesTheFlag() {
        AdjointArray y = variable(1).exp();
        String message = refusal(IllegalStateException.class, () -> y.requiresGrad(false));
        assertEquals("requiresGrad: only a leaf can change it, and this is the result of exp", message);
        assertTrue(y.requiresGrad());
    }

    @Test
    void aVolatileLeafRefusesToRequireGrad() {
        AdjointArray x = volatileOf(1).named("x");
        String message = refusal(IllegalStateException.class, () -> x.requiresGrad(true));
        assertEquals("requiresGrad: the volatile leaf 'x' of shape 1 cannot also require grad", message);
        assertFalse(x.requiresGrad());
        assertSame(x, x.requiresGrad(false));
    }

    @Test
    void aVolatileResultRefusesToRequireGrad() {
        AdjointArray y = volatileOf(1).exp();
        assertThrows(IllegalStateException.class, () -> y.requiresGrad(true));
    }

    @Test
    void aLeafIsToggledBetweenIterations() {
        AdjointArray w = variable(2);
        AdjointArray x = variable(3);
        w.mul(x).backward();
        assertEquals(FloatArray.of(3), w.grad());

        w.requiresGrad(false);
        AdjointArray frozen = w.mul(x);
        assertEquals(1, Graph.report(frozen).closures());
        frozen.backward();
        assertEquals(FloatArray.of(3), w.grad(), "a frozen leaf keeps what it had");
        assertEquals(FloatArray.of(4), x.grad());

        w.requiresGrad(true);
        w.mul(x).backward();
        assertEquals(FloatArray.of(6), w.grad());
    }

    @Test
    void aGraphKeepsWhatItRecordedBeforeALeafWasToggled() {
        AdjointArray x = variable(3);
        AdjointArray y = x.square();
        x.requiresGrad(false);
        y.backward();
        assertEquals(FloatArray.of(6), x.grad());
    }

    // ---- gradients on leaves

    @Test
    void gradientsAccumulateUntilTheyAreForgotten() {
        AdjointArray x = variable(3);
        x.square().backward();
        x.square().backward();
        assertEquals(FloatArray.of(12), x.grad());
        x.zeroGrad();
        assertNull(x.grad());
        x.square().backward();
        assertEquals(FloatArray.of(6), x.grad());
    }

    @Test
    void aGradientOfAFirstOrderPassIsAPlainConstant() {
        AdjointArray x = variable(3);
        x.square().backward();
        AdjointArray adjoint = x.adjoint();
        assertNotNull(adjoint);
        assertFalse(adjoint.isVolatile());
        assertFalse(adjoint.requiresGrad());
    }

    @Test
    void interiorResultsKeepNoGradient() {
        AdjointArray x = variable(3);
        AdjointArray y = x.square();
        y.exp().backward();
        assertNull(y.grad());
    }

    @Test
    void aLeafIsItsOwnGraph() {
        AdjointArray x = variable(3);
        x.backward();
        x.backward();
        assertEquals(FloatArray.of(2), x.grad());
    }

    @Test
    void detachCutsTheGraph() {
        AdjointArray x = variable(3);
        AdjointArray detached = x.square().detach();
        assertFalse(detached.requiresGrad());
        assertEquals(FloatArray.of(9), detached.value());
        x.mul(detached).backward();
        assertEquals(FloatArray.of(9), x.grad());
        assertFalse(volatileOf(1).detach().isVolatile());
    }

    // ---- what backward refuses, with nothing changed

    @Test
    void backwardOfWhatWasNotTrackedIsRefused() {
        AdjointArray y = constant(1).exp();
        assertEquals(
                "backward: nothing that this was computed from requires grad (or it was computed in Grad.off)",
                assertThrows(IllegalStateException.class, y::backward).getMessage());
        assertThrows(IllegalStateException.class, () -> constant(1).backward(FloatArray.of(1)));
    }

    @Test
    void onlyOneElementCanDoWithoutAGradient() {
        AdjointArray x = variable(1, 2);
        AdjointArray y = x.square();
        assertEquals(
                "backward: a result of shape 2 needs a gradient; only a result of one element can do without",
                assertThrows(IllegalStateException.class, y::backward).getMessage());
        assertNull(x.grad());
        y.backward(FloatArray.of(1, 10)); // the graph is whole
        assertEquals(FloatArray.of(2, 40), x.grad());
    }

    @Test
    void oneElementOfAnyRankDoesWithout() {
        AdjointArray x = AdjointArray.variable(FloatArray.full(3, 1, 1));
        x.square().backward();
        assertEquals(FloatArray.full(6, 1, 1), x.grad());
    }

    @Test
    void aGradientOfAnotherShapeIsRefused() {
        AdjointArray x = variable(1, 2);
        AdjointArray y = x.square();
        for (FloatArray gradient : List.of(FloatArray.of(1), FloatArray.ones(1, 2), FloatArray.scalar(1))) {
            assertEquals(
                    "backward: a gradient of shape " + gradient.shape() + " for a result of shape 2",
                    assertThrows(IllegalArgumentException.class, () -> y.backward(gradient))
                            .getMessage());
        }
        assertNull(x.grad());
        y.backward(FloatArray.of(1, 1));
        assertEquals(FloatArray.of(2, 4), x.grad());
    }

    @Test
    void errorsOfShapesAreThoseOfTheValue() {
        AdjointArray a = AdjointArray.variable(FloatArray.ones(2, 3));
        assertEquals(
                assertThrows(IllegalArgumentException.class, () -> a.value().sum(2))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> a.sum(2)).getMessage());
        assertEquals(
                assertThrows(IllegalArgumentException.class, () -> a.value().norm(0, -2))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> a.norm(0, -2))
                        .getMessage());
        assertEquals(
                assertThrows(IllegalArgumentException.class, () -> a.value().matmul(a.value()))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> a.matmul(a)).getMessage());
        assertEquals(
                assertThrows(IllegalArgumentException.class, () -> a.value().append(5, List.of(a.value())))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> a.append(5, List.of(a)))
                        .getMessage());
    }

    // ---- what the caller may change afterwards

    @Test
    void arraysOfRowsAxesAndIndicesMayBeReused() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(new float[] {1, 2, 3, 4}, 2, 2));
        int[] rows = {1, 1};
        int[] axes = {0};
        int[] order = {1, 0};
        Index[] indices = {Index.at(0)};
        AdjointArray y = x.gather(rows)
                .sum()
                .add(x.max(axes).sum())
                .add(x.transpose(order).slice(indices).sum());
        rows[0] = 0;
        axes[0] = 1;
        order[0] = 0;
        order[1] = 1;
        indices[0] = Index.at(1);
        y.backward();
        // Row 1 twice; the larger of each column, in row 1; the first column.
        assertEquals(FloatArray.of(new float[] {1, 0, 4, 3}, 2, 2), x.grad());
    }
}
