package dev.lanewise.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.gate.Fork.Measurement;
import dev.lanewise.bench.gate.Judge.Finding;
import dev.lanewise.bench.gate.Judge.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The gate over forks that a random generator makes up: what it does on a machine is shown by {@link Trials}. */
class InspectionTest {

    private static final List<String> KERNELS = List.of("a", "b", "c");
    private static final double SPREAD = 0.02;

    /** Forks around 1; one in twenty is a third slower, as when another process takes the caches. */
    private static final class MadeUp implements Inspection.Source {

        private final Random random;
        private final Map<String, Double> speeds;
        private final List<Collection<String>> asked = new ArrayList<>();

        MadeUp(long seed, Map<String, Double> speeds) {
            random = new Random(seed);
            this.speeds = speeds;
        }

        @Override
        public List<Measurement> fork(Collection<String> kernels) {
            asked.add(kernels);
            return KERNELS.stream()
                    .filter(each -> kernels.isEmpty() || kernels.contains(each))
                    .map(each -> new Measurement(each, speeds.getOrDefault(each, 1.0) * noise(), 0))
                    .toList();
        }

        private double noise() {
            return (1 + SPREAD * random.nextGaussian()) * (random.nextInt(20) == 0 ? 0.67 : 1);
        }
    }

    private static Map<String, double[]> accepted(long seed) {
        MadeUp source = new MadeUp(seed, Map.of());
        double[][] ratios = new double[KERNELS.size()][15];
        for (int fork = 0; fork < 15; fork++) {
            List<Measurement> each = source.fork(List.of());
            for (int kernel = 0; kernel < ratios.length; kernel++) {
                ratios[kernel][fork] = each.get(kernel).ratio();
            }
        }
        return Map.of("a", ratios[0], "b", ratios[1], "c", ratios[2]);
    }

    private static Inspection inspection(MadeUp source) {
        return new Inspection(source, line -> {});
    }

    private static List<String> named(List<Finding> findings) {
        return findings.stream()
                .filter(each -> each.verdict() == Verdict.SLOWER)
                .map(Finding::kernel)
                .toList();
    }

    @Test
    void unchangedKernelsAreNotNamed() throws IOException, InterruptedException {
        for (int seed = 0; seed < 100; seed++) {
            List<Finding> findings = inspection(new MadeUp(seed, Map.of())).against(accepted(seed + 1000));
            assertEquals(List.of(), named(findings), "seed " + seed);
        }
    }

    @Test
    void aKernelATenthSlowerIsNamedAndNoOther() throws IOException, InterruptedException {
        int right = 0;
        int tries = 100;
        for (int seed = 0; seed < tries; seed++) {
            MadeUp source = new MadeUp(seed, Map.of("b", 1 / 1.1));
            List<String> named = named(inspection(source).against(accepted(seed + 1000)));
            assertTrue(named.isEmpty() || named.equals(List.of("b")), named.toString());
            right += named.size();
        }
        assertTrue(right > 0.97 * tries, right + " of " + tries);
    }

    @Test
    void onlyDoubtfulKernelsAreMeasuredAgain() throws IOException, InterruptedException {
        MadeUp source = new MadeUp(1, Map.of("b", 0.8));
        List<Finding> findings = inspection(source).against(accepted(2));
        assertEquals(Inspection.FORKS * 2, source.asked.size());
        assertTrue(source.asked.subList(0, Inspection.FORKS).stream().allMatch(Collection::isEmpty));
        assertTrue(source.asked.subList(Inspection.FORKS, 10).stream().allMatch(List.of("b")::equals));
        assertEquals(List.of(5, 10, 5), findings.stream().map(Finding::forks).toList());
    }

    @Test
    void patienceEndsAndADoubtIsNotAFailure() throws IOException, InterruptedException {
        MadeUp source = new MadeUp(1, Map.of("c", 0.965));
        List<Finding> findings = inspection(source).against(accepted(2));
        assertEquals(Verdict.OPEN, findings.getLast().verdict());
        assertEquals(Inspection.MOST_FORKS, findings.getLast().forks());
        assertEquals(List.of(), named(findings));
    }

    @Test
    void kernelsWithoutABaselineAreMeasuredAndNotJudged() throws IOException, InterruptedException {
        Inspection inspection = inspection(new MadeUp(1, Map.of("a", 0.1)));
        assertEquals(List.of(), inspection.against(Map.of()));
        assertEquals(KERNELS, inspection.samples().kernels());
        assertEquals(Inspection.FORKS, inspection.samples().of("a").length);
        assertTrue(Arrays.stream(inspection.samples().of("a")).allMatch(ratio -> ratio < 0.2));
    }

    @Test
    void garbageOfAnyForkCounts() {
        Samples samples = new Samples();
        samples.add(List.of(new Measurement("a", 1, 0), new Measurement("b", 1, 24)));
        samples.add(List.of(new Measurement("a", 1, 0), new Measurement("b", 1, 0)));
        assertEquals(Map.of("a", 0L, "b", 24L), samples.bytes());
    }
}
