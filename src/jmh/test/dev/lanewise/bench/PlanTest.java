package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.engine.Viewed;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static List<String> enginesOf(List<Case> cases, String param, String value) {
        return cases.stream()
                .filter(each -> value.equals(each.params().get(param)))
                .map(each -> each.params().get("engine"))
                .toList();
    }

    @Test
    void encoderIsMeasuredAtFiveShapesAndWithFourPartsFrozen() {
        List<Case> cases = Plan.encoder();
        List<Case> inference = cases.stream()
                .filter(each -> each.benchmark() == EncoderInferenceBenchmark.class)
                .toList();
        for (String shape : List.of("1x8", "1x16", "1x64", "8x32", "32x64")) {
            assertEquals(List.of("lanewise", "onnxruntime", "libtorch"), enginesOf(inference, "shape", shape));
        }
        for (String frozen : List.of("6", "5", "4", "0")) {
            assertEquals(List.of("lanewise", "libtorch"), enginesOf(cases, "frozen", frozen));
        }
        assertEquals(5 * 3 + 4 * 2 + 2, cases.size());
    }

    @Test
    void everyViewIsMeasuredBesideDenseOperands() {
        List<Case> views = Plan.full().stream()
                .filter(each -> each.benchmark() == ViewsBenchmark.class)
                .toList();
        assertEquals(9 + 2 * 3 + 9 + 3, views.size());
        for (Case each : views) {
            SequencedMap<String, String> dense = new LinkedHashMap<>(each.params());
            dense.put("view", "contiguous");
            assertTrue(views.stream().anyMatch(other -> other.params().equals(dense)), each::group);
            double[] wanted = Viewed.of(each.params().get("op"), each.params().get("view"), "7x5")
                    .wanted();
            assertEquals(35, wanted.length);
        }
    }

    @Test
    void nothingIsPlannedTwiceAndTheWorkOfAllIsKnown() {
        for (List<Case> plan :
                List.of(Plan.quick(), Plan.full(), Plan.elementwise(), Plan.networks(), Plan.encoder())) {
            assertEquals(plan.size(), new HashSet<>(plan).size());
            plan.forEach(each -> assertDoesNotThrow(() -> Work.of(each.name(), each.params())));
            plan.forEach(each -> assertDoesNotThrow(each::engine));
        }
    }

    @Test
    void everyMethodOfThePlanIsABenchmark() {
        Stream.of(Plan.quick(), Plan.full(), Plan.elementwise(), Plan.networks(), Plan.encoder())
                .flatMap(List::stream)
                .forEach(each -> assertTrue(
                        Stream.of(each.benchmark().getMethods())
                                .anyMatch(method -> method.getName().equals(each.method())),
                        each.name()));
    }

    @Test
    void theCommandLineChoosesPlanForksAndParts() {
        Choice all = Choice.of(new String[] {"encoder"});
        assertEquals("encoder", all.name());
        assertEquals(5, all.rounds());
        assertFalse(all.partial());
        Choice some = Choice.of("encoder -rounds 1 -engine lanewise,onnxruntime -p shape=1x8,32x64".split(" "));
        assertEquals(1, some.rounds());
        assertEquals(4, some.cases().size());
        assertTrue(some.partial());
        assertThrows(IllegalArgumentException.class, () -> Choice.of(new String[] {"encoders"}));
        assertThrows(IllegalArgumentException.class, () -> Choice.of("encoder -p shape=3x3".split(" ")));
    }
}
