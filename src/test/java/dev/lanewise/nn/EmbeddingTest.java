package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    private static final FloatArray TABLE = FloatArray.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2);

    private final Embedding layer = Embedding.of(TABLE);

    @Test
    void givesTheRowsOfTheTable() {
        FloatArray wanted = FloatArray.of(new float[] {5, 6, 1, 2, 5, 6}, 3, 2);
        assertEquals(wanted, layer.infer(new int[] {2, 0, 2}));
        assertEquals(wanted, layer.forward(new int[] {2, 0, 2}).value());
        FloatArray batch = FloatArray.of(new float[] {5, 6, 1, 2, 5, 6, 7, 8}, 2, 2, 2);
        int[][] ids = {{2, 0}, {2, 3}};
        assertEquals(batch, layer.infer(ids));
        assertEquals(batch, layer.forward(ids).value());
    }

    @Test
    void aTableThatIsMadeInARunOutlivesIt() {
        Embedding made = new Workspace().call(() -> Embedding.normal(4, 2, 0.5f, new Random(1)));
        assertEquals(FloatArray.randn(new Random(1), 4, 2).mul(0.5f), made.infer(new int[] {0, 1, 2, 3}));
    }

    @Test
    void takesIdsInAnArrayOfAnyShape() {
        FloatArray ids = FloatArray.of(new float[] {2, 0, 2, 3}, 2, 2);
        assertEquals(layer.infer(new int[] {2, 0}, new int[] {2, 3}), layer.infer(ids));
        assertEquals(FloatArray.of(3, 4), layer.infer(FloatArray.scalar(1)));
        assertEquals(
                Shape.of(2, 0, 1, 2), layer.infer(FloatArray.zeros(2, 0, 1)).shape());
    }

    @Test
    void nothingGivesNothing() {
        assertEquals(Shape.of(0, 2), layer.infer(new int[0]).shape());
        assertEquals(Shape.of(0, 0, 2), layer.infer(new int[0][]).shape());
        assertEquals(Shape.of(2, 0, 2), layer.infer(new int[2][0]).shape());
    }

    @Test
    void theGradientOfARowIsTheSumOverWhereItWasTaken() {
        FloatArray g = FloatArray.of(new float[] {1, 10, 2, 20, 3, 30, 4, 40}, 2, 2, 2);
        layer.forward(new int[] {2, 0}, new int[] {2, 3}).backward(g);
        FloatArray wanted = FloatArray.of(new float[] {2, 20, 0, 0, 4, 40, 4, 40}, 4, 2);
        assertEquals(wanted, requireNonNull(layer.parameter("table").leaf().grad()));
    }

    @Test
    void recordsNothingWhereItNeedNot() {
        assertEquals(
                Map.of("gather", 1, "reshape", 1),
                Graph.report(layer.forward(new int[][] {{1, 2}})).closuresByOperation());
        assertTrue(layer.forward(AdjointArray.volatileOf(FloatArray.of(1, 2))).isVolatile());
        layer.freeze();
        assertEquals(0, Graph.report(layer.forward(new int[] {1, 2})).closures());
    }

    @Test
    void normalHasTheDeviationThatWasAskedFor() {
        FloatArray table = Embedding.normal(500, 120, 0.02f, new Random(1))
                .parameter("table")
                .value();
        // The deviation of 60,000 normal numbers strays by 0.3 % itself; 5 of those are allowed.
        assertEquals(0.02, Math.sqrt(table.square().mean().item()), 0.02 * 0.015);
        assertEquals(0, table.mean().item(), 5 * 0.02 / Math.sqrt(60_000));
    }

    @Test
    void errorsNameTheLayerAndTheIds() {
        assertEquals(List.of("table"), List.copyOf(layer.parameters().keySet()));
        assertMessage("embedding 4 to 2: id 4 at 1 is not one of the 4 ids", () -> layer.infer(new int[] {3, 4}));
        assertMessage(
                "embedding 4 to 2: id -1 at 2 is not one of the 4 ids",
                () -> layer.infer(new int[] {3, 0}, new int[] {-1, 0}));
        assertMessage(
                "embedding 4 to 2: list 1 has 1 ids and list 0 has 2; pad them to one length",
                () -> layer.forward(new int[] {3, 0}, new int[] {1}));
        assertMessage(
                "embedding 4 to 2: 1.5 in ids of shape 1x2 is not a whole number",
                () -> layer.forward(AdjointArray.constant(FloatArray.of(new float[] {1, 1.5f}, 1, 2))));
        assertMessage(
                "gather: 1.5 in rows of shape 1x2 is not the number of a row of 4x2",
                () -> layer.infer(FloatArray.of(new float[] {1, 1.5f}, 1, 2)));
        assertMessage(
                "gather: NaN in rows of shape 1 is not the number of a row of 4x2",
                () -> layer.infer(FloatArray.of(Float.NaN)));
        assertMessage("embedding: a table is count x width, not 4", () -> Embedding.of(FloatArray.zeros(4)));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
