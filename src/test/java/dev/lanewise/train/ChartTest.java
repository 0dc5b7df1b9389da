package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    @Test
    void ticksAreRoundAndHoldEverything() {
        assertArrayEquals(new double[] {0, 0.2, 0.4, 0.6, 0.8, 1}, Chart.ticks(0.05, 0.83), 1e-12);
        assertArrayEquals(new double[] {0.9, 0.92, 0.94, 0.96, 0.98, 1}, Chart.ticks(0.91, 0.99), 1e-12);
        assertArrayEquals(new double[] {-10, -5, 0, 5, 10}, Chart.ticks(-7, 8), 1e-12);
        for (double[] range : new double[][] {{0, 0}, {3, 3}, {-2, -2}, {1e-30, 2e-30}, {-1e30, 1e30}, {5, 5.0001}}) {
            double[] ticks = Chart.ticks(range[0], range[1]);
            String told = List.of(range[0], range[1], ticks[0], ticks[ticks.length - 1])
                    .toString();
            assertTrue(ticks.length >= 2 && ticks.length <= 12, told);
            assertTrue(ticks[0] <= range[0] + 1e-9 * Math.abs(range[0]), told);
            assertTrue(ticks[ticks.length - 1] >= range[1] - 1e-9 * Math.abs(range[1]), told);
            assertTrue(ticks[0] < ticks[ticks.length - 1], told);
        }
    }

    @Test
    void aCurveHasAPointForEachNumberThatIsKnown() {
        String svg = Chart.lines(
                "Loss", 1, List.of(new Chart.Curve("a", new double[] {4, 2, 1}), new Chart.Curve("b", new double[] {
                    Double.NaN, 3, Double.POSITIVE_INFINITY
                })));
        assertEquals(4, count(svg, "<circle"));
        assertEquals(2, count(svg, "<polyline"));
        // 4 is the highest tick, so the first point is at the top left of the frame.
        assertTrue(svg.contains("points=\"64.0,40.0 "), svg);
        assertTrue(Chart.lines("none", 1, List.of(new Chart.Curve("a", new double[0])))
                .contains("<polyline"));
    }

    @Test
    void theLongestBarIsAsLongAsThereIsRoom() {
        String svg =
                Chart.bars("Bytes", List.of("all", "half", "none"), new double[] {8, 4, 0}, List.of("8", "4", "0"));
        assertTrue(svg.contains("width=\"260.0\""), svg);
        assertTrue(svg.contains("width=\"130.0\""), svg);
        assertEquals(3, count(svg, "class=\"bar\""));
    }

    @Test
    void numbersAreShort() {
        assertEquals("0.25", Chart.shortest(0.25));
        assertEquals("3", Chart.shortest(3));
        assertEquals("0", Chart.shortest(0));
        assertEquals("1200", Chart.shortest(1200));
        assertEquals("1.500e-05", Chart.shortest(1.5e-5));
        assertEquals("0.3333", Chart.shortest(1.0 / 3));
    }

    @Test
    void namesAreText() {
        String svg = Chart.bars("<b>&", List.of("\"x\""), new double[] {1}, List.of("<"));
        assertTrue(svg.contains("&lt;b&gt;&amp;") && svg.contains("&quot;x&quot;") && !svg.contains("<b>"), svg);
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
