package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The scope in which nothing is recorded. */
class GradTest {

    private final AdjointArray x = AdjointArray.variable(FloatArray.of(3));

    @Test
    void nothingIsRecordedInside() {
        AdjointArray y = Grad.off(() -> x.square());
        assertFalse(y.requiresGrad());
        assertFalse(y.isVolatile());
        assertEquals(FloatArray.of(9), y.value());
        assertThrows(IllegalStateException.class, y::backward);
        assertTrue(x.square().requiresGrad());
    }

    @Test
    void theScopeEndsAlsoByAnException() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> Grad.off((Runnable) () -> {
                    throw new UnsupportedOperationException();
                }));
        assertFalse(Grad.isOff());
        assertTrue(x.square().requiresGrad());
    }

    @Test
    void scopesNest() {
        Grad.off(() -> {
            Grad.off(() -> assertTrue(Grad.isOff()));
            assertTrue(Grad.isOff());
            assertFalse(x.square().requiresGrad());
        });
    }

    @Test
    void itHoldsOnThisThreadAndNotOnAnother() throws InterruptedException {
        AtomicReference<AdjointArray> other = new AtomicReference<>();
        Runnable action = () -> {
            Thread thread = new Thread(() -> other.set(x.square()));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertFalse(x.square().requiresGrad());
        };
        Grad.off(action);
        assertTrue(Objects.requireNonNull(other.get()).requiresGrad());
    }

    @Test
    void whatWasRecordedOutsideIsPulledBackInside() {
        AdjointArray y = x.square();
        Grad.off((Runnable) y::backward);
        assertEquals(FloatArray.of(6), x.grad());
    }

    @Test
    void aGradientLeavesNoGraphWhereRecordingIsOff() {
        AdjointArray y = x.square();
        Grad.off(() -> y.backward(BackwardOption.CREATE_GRAPH));
        assertFalse(Objects.requireNonNull(x.adjoint()).requiresGrad());
    }

    @Test
    void volatilityPassesThroughTheScope() {
        AdjointArray y =
                Grad.off(() -> AdjointArray.volatileOf(FloatArray.of(1)).mul(x));
        assertTrue(y.isVolatile());
    }
}
