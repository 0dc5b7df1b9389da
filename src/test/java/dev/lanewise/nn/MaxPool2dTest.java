package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import dev.lanewise.autodiff.AdjointArray;
import org.junit.jupiter.api.Test;

class MaxPool2dTest {

    private static final FloatArray X =
            FloatArray.of(new float[] {1, 5, 2, 0, 3, 4, 9, 7, -1, -2, -3, -4, -5, -6, -7, -8}, 4, 4);

    private final MaxPool2d layer = new MaxPool2d(Window.of(2, 2).stride(2));

    @Test
    void takesTheLargestThatItsWindowSees() {
        FloatArray wanted = FloatArray.of(new float[] {5, 9, -1, -3}, 2, 2);
        assertEquals(wanted, layer.infer(X));
        assertEquals(wanted.reshape(1, 1, 2, 2), layer.infer(X.reshape(1, 1, 4, 4)));
        assertEquals(
                FloatArray.of(new float[] {5, 5, 2}, 1, 3),
                new MaxPool2d(Window.of(1, 2)).infer(X.reshape(4, 4).gather(0)));
        assertEquals(Shape.of(0, 2, 2), layer.infer(FloatArray.zeros(0, 4, 4)).shape());
    }

    @Test
    void pullsGradientsToTheLargest() {
        AdjointArray x = AdjointArray.variable(X);
        layer.forward(x).backward(FloatArray.of(new float[] {1, 2, 3, 4}, 2, 2));
        float[] wanted = new float[16];
        wanted[1] = 1;
        wanted[6] = 2;
        wanted[8] = 3;
        wanted[10] = 4;
        assertEquals(FloatArray.of(wanted, 4, 4), requireNonNull(x.grad()));
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertMessage(
                "maxPool2d, Window 2x2 stride 2x2: the input has shape 4, not ... x height x width",
                () -> layer.infer(FloatArray.zeros(4)));
        assertMessage(
                "maxPool2d, Window 2x2 stride 2x2: the window does not fit into an input of shape 3x4x1 once",
                () -> layer.infer(FloatArray.zeros(3, 4, 1)));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
