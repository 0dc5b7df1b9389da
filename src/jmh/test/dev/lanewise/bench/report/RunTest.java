package dev.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTest {

    @Test
    void readsWhatJmhWrites() {
        Run run = Run.of("some", """
            [{"benchmark": "dev.lanewise.bench.SquareBenchmark.multiply", "mode": "avgt", "forks": 2,
              "params": {"engine": "lanewise", "layout": "NN", "shape": "64x64x64"},
              "primaryMetric": {"score": 7, "scoreUnit": "ns/op", "rawData": [[3, 900, 1], [6, 4, 5]]},
              "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[8, 7, 900], [9, 8, 8]]}, "gc.count": {}}}]\
            """, "{}");
        Result result = run.results().getFirst();
        assertEquals("SquareBenchmark", result.type());
        assertEquals("multiply", result.method());
        assertEquals("lanewise", result.engine());
        assertEquals(Map.of("layout", "NN", "shape", "64x64x64"), result.params());
        assertArrayEquals(new double[] {3, 5}, result.forks(), "the median of each fork");
        assertEquals(4, result.time());
        assertEquals(0.5, result.spread());
        assertEquals(8, result.garbage(), "one iteration in which JMH itself allocated does not count");
        assertEquals(2 * 64 * 64 * 64 / 4.0, result.rate());
        assertEquals(2, run.forks());
    }

    @Test
    void anotherUnitIsRefused() {
        String json = """
            [{"benchmark": "dev.lanewise.bench.PeakBenchmark.fusedMultiplyAdd",
              "primaryMetric": {"scoreUnit": "ops/s", "rawData": [[1]]}, "secondaryMetrics": {}}]\
            """;
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Run.of("some", json, "{}"))
                .getMessage()
                .contains("ops/s"));
    }

    @Test
    void ratioIsThatOfMediansAndItsSpreadThatOfRounds() {
        Run run = new Runs()
                .square("lanewise", 64, 10, 20, 30)
                .square("mkl", 64, 30, 10, 60)
                .run();
        Result ours = run.results().getFirst();
        Ratio ratio = Ratio.of(ours, run.peer(ours, "mkl").orElseThrow());
        assertEquals(new Ratio(1.5, 0.5, 3), ratio);
        assertEquals("1.50 (0.50 to 3.00)", Figures.ratio(ratio));
    }

    @Test
    void peersHaveTheSameParametersAndAnotherEngine() {
        Run run = new Runs()
                .square("lanewise", 64, 10)
                .square("mkl", 128, 10)
                .add("ModelBenchmark.multiply", "engine=mkl shape=64x64x64 layout=NN", 10)
                .add("SquareBenchmark.multiply", "engine=lanewise shape=64x64x64 layout=NT", 11)
                .run();
        Result ours = run.results().getFirst();
        assertFalse(run.peer(ours, "mkl").isPresent());
        assertEquals(11, run.sibling(ours, "layout", "NT").orElseThrow().time());
        assertFalse(run.sibling(ours, "layout", "TT").isPresent());
    }

    @Test
    void yardsticksAreThePeakOrTheCopyOfAboutTheSameSize() {
        Run run = new Runs()
                .peak()
                .square("lanewise", 100, 40_000)
                .add("CopyBenchmark.copy", "n=1000", 80) // 100 bytes per nanosecond
                .add("CopyBenchmark.copy", "n=1000000", 800_000) // 10
                .add("ElementwiseBenchmark.apply", "engine=lanewise op=add n=700000", 1_680_000) // 5
                .add("MlpBenchmark.step", "engine=lanewise frozen=0", 5)
                .run();
        assertEquals(0.5, run.ofYardstick(run.of("SquareBenchmark").getFirst()), 1e-12);
        assertEquals(0.5, run.ofYardstick(run.of("ElementwiseBenchmark").getFirst()), 1e-12);
        assertTrue(Double.isNaN(run.ofYardstick(run.of("MlpBenchmark").getFirst())));
    }
}
