package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What hooks see, what they may return, and how they go. */
class HooksTest {

    private static AdjointArray variable(float... x) {
        return AdjointArray.variable(FloatArray.of(x));
    }

    @Test
    void aHookSeesTheGradientOfThePassAndNotWhatAccumulated() {
        AdjointArray x = variable(3);
        List<FloatArray> seen = new ArrayList<>();
        x.registerHook(g -> {
            seen.add(g.value());
            return null;
        });
        x.mul(x).backward();
        x.mul(x).backward();
        assertEquals(List.of(FloatArray.of(6), FloatArray.of(6)), seen);
        assertEquals(FloatArray.of(12), x.grad());
    }

    @Test
    void hooksReplaceAndChainInOrder() {
        AdjointArray x = variable(3);
        AdjointArray y = x.square();
        y.registerHook(g -> g.add(1));
        y.registerHook(g -> null);
        y.registerHook(g -> g.mul(10));
        x.registerHook(g -> g.neg());
        y.backward(FloatArray.of(2)); // (2 + 1) * 10 * 6
        assertEquals(FloatArray.of(-180), x.grad());
    }

    @Test
    void aHookIsRemoved() {
        AdjointArray x = variable(3);
        HookHandle doubling = x.registerHook(g -> g.mul(2));
        try (HookHandle tenfold = x.registerHook(g -> g.mul(10))) {
            assertNotNull(tenfold);
            x.square().backward();
        }
        assertEquals(FloatArray.of(120), x.grad());
        x.zeroGrad();
        x.square().backward();
        assertEquals(FloatArray.of(12), x.grad());
        doubling.remove();
        doubling.remove();
        x.zeroGrad();
        x.square().backward();
        assertEquals(FloatArray.of(6), x.grad());
    }

    @Test
    void aFunctionThatIsRegisteredTwiceRunsTwiceAndIsRemovedOnce() {
        AdjointArray x = variable(1);
        Function<AdjointArray, AdjointArray> twice = g -> g.mul(2);
        HookHandle first = x.registerHook(twice);
        x.registerHook(twice);
        x.backward();
        assertEquals(FloatArray.of(4), x.grad());
        first.remove();
        x.zeroGrad();
        x.backward();
        assertEquals(FloatArray.of(2), x.grad());
    }

    @Test
    void aHookMayRemoveItself() {
        AdjointArray x = variable(1);
        List<HookHandle> handle = new ArrayList<>();
        handle.add(x.registerHook(g -> {
            handle.getFirst().remove();
            return g.mul(2);
        }));
        x.registerHook(g -> g.mul(3));
        x.backward();
        x.backward();
        assertEquals(FloatArray.of(6 + 3), x.grad());
    }

    @Test
    void aHookThatChangesTheShapeIsRefusedAndNoLeafChanges() {
        AdjointArray x = variable(1, 2);
        AdjointArray w = variable(3, 4);
        AdjointArray y = x.square();
        y.registerHook(g -> g.sum());
        w.mul(5).sum().backward();
        for (AdjointArray result : List.of(w.mul(2).add(y), y.add(w.mul(2)))) {
            String message = assertThrows(IllegalArgumentException.class, () -> result.backward(FloatArray.of(1, 1)))
                    .getMessage();
            assertEquals("hook on square: it returned a gradient of shape scalar for a value of shape 2", message);
            assertNull(x.grad());
            assertEquals(FloatArray.of(5, 5), w.grad());
        }
    }

    @Test
    void noLeafChangesIfAHookThrows() {
        AdjointArray x = variable(1);
        AdjointArray w = variable(2);
        x.registerHook(g -> {
            throw new UnsupportedOperationException("hook");
        });
        // In whichever order a pass comes to the leaves, in one of these it has been to w before.
        for (AdjointArray result :
                List.of(w.mul(x), x.mul(w), w.mul(x.exp()), x.exp().mul(w))) {
            assertThrows(UnsupportedOperationException.class, result::backward);
            assertNull(w.grad());
            assertNull(x.grad());
        }
    }

    @Test
    void aHookNeedsAnArrayThatRequiresGrad() {
        AdjointArray constant = AdjointArray.constant(FloatArray.of(1));
        assertEquals(
                "registerHook: no gradient reaches an array that does not require grad",
                assertThrows(IllegalStateException.class, () -> constant.registerHook(g -> null))
                        .getMessage());
    }

    @Test
    void gradientsOfAFirstOrderPassAreVolatileWhateverAHookReturns() {
        AdjointArray x = variable(2);
        AdjointArray w = variable(3);
        List<Boolean> volatileThere = new ArrayList<>();
        AdjointArray y = x.mul(w);
        y.mul(w).registerHook(g -> AdjointArray.constant(g.value()));
        AdjointArray z = y.mul(w);
        z.registerHook(g -> AdjointArray.variable(g.value().mul(2)));
        y.registerHook(g -> {
            volatileThere.add(g.isVolatile());
            return null;
        });
        z.backward();
        assertEquals(List.of(true), volatileThere);
        assertFalse(Objects.requireNonNull(x.adjoint()).requiresGrad());
        assertEquals(FloatArray.of(2 * 9), x.grad());
    }

    @Test
    void theDerivativeOfPowZeroDoesNotStartToRecord() {
        AdjointArray x = variable(2);
        AdjointArray w = variable(3);
        List<Boolean> volatileThere = new ArrayList<>();
        AdjointArray y = x.mul(w);
        y.registerHook(g -> {
            volatileThere.add(g.isVolatile());
            return null;
        });
        y.pow(0).backward();
        assertEquals(List.of(true), volatileThere);
        assertEquals(FloatArray.of(0), x.grad());
    }
}
