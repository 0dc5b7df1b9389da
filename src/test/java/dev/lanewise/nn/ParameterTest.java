package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.HookHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ParameterTest {

    private static final FloatArray OLD = FloatArray.of(1, 2, 3);
    private static final FloatArray NEW = FloatArray.of(4, 5, 6);

    private static void pullOnes(Parameter parameter) {
        parameter.leaf().sum().backward();
    }

    @Test
    void anUpdatePutsInANewLeafAndLeavesTheOldOneAlone() {
        Parameter parameter = new Parameter("w", OLD);
        AdjointArray before = parameter.leaf();
        pullOnes(parameter);
        parameter.update(NEW);
        assertNotSame(before, parameter.leaf());
        assertEquals(NEW, parameter.value());
        assertNull(parameter.leaf().grad());
        assertEquals("w", parameter.leaf().name());
        assertTrue(parameter.isTrainable());
        assertEquals(OLD, before.value());
        assertEquals(FloatArray.ones(3), before.grad());
    }

    @Test
    void anUpdateKeepsAFrozenParameterFrozen() {
        Parameter parameter = new Parameter("w", OLD);
        parameter.freeze();
        parameter.update(NEW);
        assertTrue(parameter.isFrozen());
        assertFalse(parameter.leaf().requiresGrad());
        assertEquals(NEW, parameter.value());
    }

    @Test
    void anUpdateOfAnotherShapeIsRefusedAndChangesNothing() {
        Parameter parameter = new Parameter("fc1.weight", OLD);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> parameter.update(FloatArray.zeros(3, 1)));
        assertEquals("update: a value of shape 3x1 for parameter 'fc1.weight' of shape 3", e.getMessage());
        assertSame(OLD, parameter.value());
    }

    @Test
    void aGraphBuiltBeforeAnUpdateIsRefusedAndLosesNoGradientSilently() {
        Parameter parameter = new Parameter("w", OLD);
        AdjointArray older = parameter.leaf().sum();
        parameter.update(NEW);
        IllegalStateException e = assertThrows(IllegalStateException.class, older::backward);
        assertEquals(
                "backward: the leaf 'w' of shape 3 has been updated since this graph was built on it, and its gradient"
                        + " would be lost; compute the result again",
                e.getMessage());
        pullOnes(parameter);
        assertEquals(FloatArray.ones(3), parameter.leaf().grad());
    }

    @Test
    void freezingForgetsTheGradientAndUnfreezingStartsWithNone() {
        Parameter parameter = new Parameter("w", OLD);
        pullOnes(parameter);
        AdjointArray older = parameter.leaf().sum();
        parameter.freeze();
        assertNull(parameter.leaf().grad());
        older.backward(); // goes to the leaf that the older graph was built on
        parameter.unfreeze();
        assertNull(parameter.leaf().grad());
        pullOnes(parameter);
        assertEquals(FloatArray.ones(3), parameter.leaf().grad());
    }

    @Test
    void freezingWhatIsFrozenKeepsTheLeaf() {
        Parameter parameter = new Parameter("w", OLD);
        AdjointArray trained = parameter.leaf();
        parameter.unfreeze();
        assertSame(trained, parameter.leaf());
        parameter.freeze();
        AdjointArray frozen = parameter.leaf();
        parameter.freeze();
        assertSame(frozen, parameter.leaf());
    }

    @Test
    void hooksOutliveUpdatesAndFreezing() {
        Parameter parameter = new Parameter("w", OLD);
        List<FloatArray> seen = new ArrayList<>();
        parameter.registerHook(g -> {
            seen.add(g.value());
            return g.mul(2);
        });
        pullOnes(parameter);
        assertEquals(FloatArray.full(2, 3), parameter.leaf().grad());
        parameter.update(NEW);
        parameter.freeze();
        parameter.unfreeze();
        pullOnes(parameter);
        assertEquals(FloatArray.full(2, 3), parameter.leaf().grad());
        assertEquals(List.of(FloatArray.ones(3), FloatArray.ones(3)), seen);
    }

    @Test
    void hooksChainInOrderAndAreRemovedOneByOne() {
        Parameter parameter = new Parameter("w", OLD);
        Function<AdjointArray, AdjointArray> twice = g -> g.mul(2);
        HookHandle first = parameter.registerHook(twice);
        parameter.registerHook(g -> g.add(1));
        HookHandle third = parameter.registerHook(twice);
        parameter.registerHook(g -> null); // looks, and leaves it
        pullOnes(parameter);
        assertEquals(FloatArray.full(6, 3), parameter.leaf().grad()); // (1 * 2 + 1) * 2
        third.remove();
        third.remove(); // does nothing: the other registration of the same function stays
        parameter.leaf().zeroGrad();
        pullOnes(parameter);
        assertEquals(FloatArray.full(3, 3), parameter.leaf().grad());
        first.remove();
        parameter.leaf().zeroGrad();
        pullOnes(parameter);
        assertEquals(FloatArray.full(2, 3), parameter.leaf().grad());
    }

    @Test
    void aNewNameReachesTheLeaf() {
        Parameter parameter = new Parameter("weight", OLD);
        parameter.rename("fc1.weight");
        assertEquals("fc1.weight", parameter.name());
        assertEquals("fc1.weight", parameter.leaf().name());
        parameter.update(NEW);
        assertEquals("fc1.weight", parameter.leaf().name());
        assertEquals("fc1.weight 3", parameter.toString());
    }
}
