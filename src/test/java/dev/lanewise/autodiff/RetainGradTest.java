package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.Collected.assertCollected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** Gradients that stay at interior results. */
class RetainGradTest {

    private final AdjointArray x = AdjointArray.variable(FloatArray.of(3));

    @Test
    void anInteriorResultKeepsItsGradientOnlyIfAsked() {
        AdjointArray y = x.square();
        AdjointArray z = y.mul(5);
        assertSame(y, y.retainGrad());
        z.backward();
        assertEquals(FloatArray.of(5), y.grad());
        assertNull(z.grad());
        assertEquals(FloatArray.of(30), x.grad());
    }

    @Test
    void theResultItself() {
        AdjointArray y = x.square().retainGrad();
        y.backward(FloatArray.of(7));
        assertEquals(FloatArray.of(7), y.grad());
    }

    @Test
    void itAccumulatesAsLeavesDo() {
        AdjointArray y = x.square().retainGrad().retainGrad();
        AdjointArray z = y.mul(5);
        z.backward(BackwardOption.RETAIN_GRAPH);
        z.backward(BackwardOption.RETAIN_GRAPH);
        assertEquals(FloatArray.of(10), y.grad());
        y.zeroGrad();
        assertNull(y.grad());
        z.backward();
        assertEquals(FloatArray.of(5), y.grad());
    }

    @Test
    void itIsTheGradientAfterHooks() {
        AdjointArray y = x.square().retainGrad();
        y.registerHook(g -> g.mul(10));
        y.backward();
        assertEquals(FloatArray.of(10), y.grad());
    }

    @Test
    void withCreateGraphItCanBeDifferentiated() {
        AdjointArray y = x.square().retainGrad();
        y.square().backward(BackwardOption.CREATE_GRAPH); // by y: 2y = 2x²
        AdjointArray gradient = y.adjoint();
        assertNotNull(gradient);
        x.zeroGrad();
        gradient.backward();
        assertEquals(FloatArray.of(12), x.grad());
    }

    @Test
    void nothingStaysIfThePassThrows() {
        AdjointArray y = x.square().retainGrad();
        x.registerHook(g -> {
            throw new UnsupportedOperationException();
        });
        assertThrows(UnsupportedOperationException.class, y::backward);
        assertNull(y.grad());
    }

    @Test
    void aLeafDoesSoAnyway() {
        x.retainGrad().square().backward();
        assertEquals(FloatArray.of(6), x.grad());
    }

    @Test
    void nothingReachesAConstant() {
        AdjointArray constant = AdjointArray.constant(FloatArray.of(1));
        assertEquals(
                "retainGrad: no gradient reaches an array that does not require grad",
                assertThrows(IllegalStateException.class, constant::retainGrad).getMessage());
    }

    @Test
    void itKeepsTheGradientAndNotTheValueAlive() throws InterruptedException {
        AdjointArray[] result = new AdjointArray[1];
        WeakReference<FloatArray> middle = between(result);
        assertCollected(middle, "a value whose gradient is retained");
        result[0].backward();
    }

    private WeakReference<FloatArray> between(AdjointArray[] result) {
        AdjointArray middle = x.add(1).retainGrad();
        result[0] = middle.add(2);
        return new WeakReference<>(middle.value());
    }
}
