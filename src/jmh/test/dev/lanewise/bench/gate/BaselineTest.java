package dev.lanewise.bench.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    @Test
    void isReadAsItWasWrittenToFiveDigits(@TempDir Path folder) throws IOException {
        SequencedMap<String, List<Double>> ratios = new LinkedHashMap<>();
        ratios.put("gemm 64", List.of(0.83214567, 0.8));
        ratios.put("exp 1000", List.of(0.0637));
        Path file = folder.resolve("new").resolve("one.json");
        new Baseline("machine", "cpu", "jdk", "date", ratios).write(file);

        Baseline read = Baseline.read(file);
        assertEquals(List.of("gemm 64", "exp 1000"), List.copyOf(read.ratios().keySet()));
        assertArrayEquals(new double[] {0.83215, 0.8}, read.accepted().get("gemm 64"));
        assertEquals("machine", read.machine());
        assertTrue(Files.readString(file).contains("[0.83215, 0.80000]"), Files.readString(file));
    }

    /** Another kind of machine may lack a kernel that came later: the gate measures it there, and says so. */
    @Test
    void someCommittedBaselineKnowsEveryGuardedKernel() throws IOException {
        List<String> guarded = Guarded.all().stream().map(Guarded::name).toList();
        boolean complete = false;
        try (Stream<Path> files = Files.list(Baseline.FOLDER)) {
            for (Path file : files.toList()) {
                Baseline baseline = Baseline.read(file);
                complete |= List.copyOf(baseline.ratios().keySet()).equals(guarded);
                assertEquals(file, Baseline.file(baseline.machine()));
                baseline.accepted().forEach((kernel, ratios) -> assertTrue(ratios.length >= Judge.LEAST_FORKS, kernel));
            }
        }
        assertTrue(complete, "no baseline has all of " + guarded);
    }

    @Test
    void machinesOfOneKindHaveOneName() {
        String cpuInfo = """
            processor\t: 0
            vendor_id\t: GenuineIntel
            cpu family\t: 6
            model\t\t: 143
            model name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz
            processor\t: 1
            model\t\t: 7
            """;
        assertEquals(
                "genuineintel-6-143-vector-512-bit",
                Machine.key(cpuInfo, "amd64", "vector, 512-bit species, 16 float lanes"));
        String arm = """
            processor\t: 0
            CPU implementer\t: 0x41
            CPU architecture: 8
            CPU part\t: 0xd0c
            """;
        assertEquals(
                "0x41-0xd0c-vector-128-bit", Machine.key(arm, "aarch64", "vector, 128-bit species, 4 float lanes"));
        assertEquals("aarch64-scalar-plain-loops", Machine.key("", "aarch64", "scalar, plain loops"));
    }

    @Test
    void trialsSlowFiveKernelsAndLeaveTwentyAlone() {
        List<String> plan = Trials.plan(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));
        assertEquals(List.of("", "", "", "", "a", ""), plan.subList(0, 6));
        assertEquals(
                List.of("a", "c", "e", "g", "i"),
                plan.stream().filter(each -> !each.isEmpty()).toList());
        assertEquals(20, plan.stream().filter(String::isEmpty).count());
        assertEquals(25, plan.size());
        assertTrue(Trials.asItShould(new Trials.Run("a", "", 0, 0, List.of("a"), "b", 1)));
        assertTrue(!Trials.asItShould(new Trials.Run("a", "", 0, 0, List.of("a", "b"), "b", 0.9)));
        assertTrue(!Trials.asItShould(new Trials.Run("", "", 0, 0, List.of("a"), "b", 1)));
    }
}
