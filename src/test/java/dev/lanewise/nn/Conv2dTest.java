package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Conv2dTest {

    private static final Random RANDOM = new Random(6);
    private static final Window WINDOW = Window.of(3, 2).stride(2, 1).padding(1, 0);
    private static final FloatArray X = FloatArray.randn(RANDOM, 2, 4, 5, 6);
    private static final FloatArray BIAS = FloatArray.randn(RANDOM, 6);

    /** Visits every product of a convolution: image, filter, place, and where in the input and the filter it is. */
    private interface Visitor {
        void visit(int n, int o, int down, int right, int c, int row, int column, int r, int s);
    }

    private static void products(FloatArray filters, int groups, Visitor visitor) {
        int perGroup = 4 / groups;
        for (int n = 0; n < 2; n++) {
            for (int o = 0; o < 6; o++) {
                for (int down = 0; down < 3; down++) {
                    for (int right = 0; right < 5; right++) {
                        for (int c = 0; c < perGroup; c++) {
                            for (int r = 0; r < 3; r++) {
                                for (int s = 0; s < 2; s++) {
                                    int row = 2 * down + r - 1;
                                    if (row >= 0 && row < 5) {
                                        int channel = o / (6 / groups) * perGroup + c;
                                        visitor.visit(n, o, down, right, channel, row, right + s, r, s);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        assertEquals(Shape.of(6, perGroup, 3, 2), filters.shape());
    }

    private static FloatArray filters(int groups) {
        return FloatArray.randn(new Random(groups), 6, 4 / groups, 3, 2);
    }

    @Test
    void addsUpWhatItsWindowSeesAndABias() {
        for (int groups : new int[] {1, 2}) {
            FloatArray filters = filters(groups);
            double[] wanted = new double[2 * 6 * 3 * 5];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = BIAS.get(i / 15 % 6);
            }
            products(
                    filters,
                    groups,
                    (n, o, down, right, c, row, column, r, s) -> wanted[((n * 6 + o) * 3 + down) * 5 + right] +=
                            (double) X.get(n, c, row, column) * filters.get(o, c % (4 / groups), r, s));
            FloatArray got = Conv2d.of(filters, BIAS, WINDOW, groups).infer(X);
            assertNear(wanted, got, 2, 6, 3, 5);
            FloatArray without = Conv2d.withoutBias(filters, WINDOW, groups).infer(X);
            assertTrue(got.sub(BIAS.reshape(6, 1, 1)).closeTo(without, 1e-5, 1e-5));
        }
    }

    @Test
    void itsGradientsAreThoseOfTheFormula() {
        for (int groups : new int[] {1, 2}) {
            FloatArray filters = filters(groups);
            Conv2d layer = Conv2d.of(filters, BIAS, WINDOW, groups);
            FloatArray g = FloatArray.randn(RANDOM, 2, 6, 3, 5);
            AdjointArray x = AdjointArray.variable(X);
            layer.forward(x).backward(g);
            int perGroup = 4 / groups;
            double[] byFilter = new double[filters.size()];
            double[] byInput = new double[X.size()];
            products(filters, groups, (n, o, down, right, c, row, column, r, s) -> {
                double pulled = g.get(n, o, down, right);
                byFilter[((o * perGroup + c % perGroup) * 3 + r) * 2 + s] += pulled * X.get(n, c, row, column);
                byInput[((n * 4 + c) * 5 + row) * 6 + column] += pulled * filters.get(o, c % perGroup, r, s);
            });
            assertNear(byFilter, gradient(layer, "weight"), 6, perGroup, 3, 2);
            assertNear(byInput, requireNonNull(x.grad()), 2, 4, 5, 6);
            assertTrue(g.sum(0, 2, 3).closeTo(gradient(layer, "bias"), 1e-5, 1e-5));
        }
    }

    private static FloatArray gradient(Layer layer, String name) {
        return requireNonNull(layer.parameter(name).leaf().grad());
    }

    private static void assertNear(double[] wanted, FloatArray got, int... dims) {
        float[] rounded = new float[wanted.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) wanted[i];
        }
        assertTrue(got.closeTo(FloatArray.of(rounded, dims), 1e-5, 1e-5), got::toString);
    }

    @Test
    void isDrawnForTheInputsThatAFilterAddsUp() {
        FloatArray weight = Conv2d.he(10, 200, Window.of(3, 5), new Random(1))
                .parameter("weight")
                .value();
        assertEquals(Shape.of(200, 10, 3, 5), weight.shape());
        // The deviation of 30,000 normal numbers strays by 0.4 % itself; 5 of those are allowed.
        assertEquals(1, Math.sqrt(weight.square().mean().item()) / Math.sqrt(2.0 / 150), 0.02);
    }

    @Test
    void frozenItRecordsNothing() {
        Conv2d layer = Conv2d.of(filters(1), BIAS, WINDOW, 1);
        AdjointArray x = AdjointArray.constant(X);
        assertEquals(
                Map.of("conv2d", 1, "add", 2, "reshape", 1),
                Graph.report(layer.forward(x)).closuresByOperation());
        layer.freeze();
        assertEquals(0, Graph.report(layer.forward(x)).closures());
    }

    @Test
    void takesNoImages() {
        assertEquals(
                Shape.of(0, 6, 3, 5),
                Conv2d.of(filters(1), BIAS, WINDOW, 1)
                        .infer(FloatArray.zeros(0, 4, 5, 6))
                        .shape());
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        Conv2d layer = Conv2d.of(filters(2), BIAS, Window.of(3, 2), 2);
        assertEquals(List.of("weight", "bias"), List.copyOf(layer.parameters().keySet()));
        assertMessage(
                "conv2d 4 to 6 in 2 groups, Window 3x2: the input has shape 1x3x5x5, not n x 4 x height x width",
                () -> layer.infer(FloatArray.zeros(1, 3, 5, 5)));
        assertMessage(
                "conv2d 4 to 6 in 2 groups, Window 3x2: the input has shape 4x5x5, not n x 4 x height x width",
                () -> layer.infer(FloatArray.zeros(4, 5, 5)));
        assertMessage(
                "conv2d 4 to 6 in 2 groups, Window 3x2: the window does not fit into an input of shape 1x4x2x5 once",
                () -> layer.infer(FloatArray.zeros(1, 4, 2, 5)));
        assertMessage(
                "conv2d: filters are out x in/groups x rows x columns of Window 2x2, not 6x4x3x2",
                () -> Conv2d.of(filters(1), BIAS, Window.of(2, 2), 1));
        assertMessage(
                "conv2d: 4 groups do not divide the 6 filters of shape 6x4x3x2",
                () -> Conv2d.of(filters(1), BIAS, WINDOW, 4));
        assertMessage(
                "conv2d: a bias of shape 5 does not fit filters of shape 6x4x3x2",
                () -> Conv2d.of(filters(1), FloatArray.zeros(5), WINDOW, 1));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
