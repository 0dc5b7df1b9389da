package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Lanewise#warmUp}, which works once in a JVM and therefore mostly in others than that of the tests. */
class WarmUpTest {

    /** What a child JVM runs: no time, all the time it takes, and no time again. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            for (String limit : args) {
                WarmUpReport report = Lanewise.warmUp(Duration.parse(limit));
                System.out.println(report.cold().isEmpty() + " " + report);
            }
        }
    }

    private static List<String> run(List<String> flags, String... limits) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(limits));
        Process process = new ProcessBuilder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String log = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output + log);
        assertEquals(limits.length, log.split("Lanewise warm-up \\(", -1).length - 1, log); // each told in a line
        return output.lines().toList();
    }

    @Test
    void theVectorKernels() throws Exception {
        List<String> reports = run(
                List.of("--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=vector"), "PT0S", "PT5M", "PT0S");
        assertTrue(reports.get(0).matches("false Lanewise warm-up \\(vector, .* s, not done: blocked product; .*"));
        assertTrue(
                reports.get(1).matches("true Lanewise warm-up \\(vector, .* lanes\\): \\d+\\.\\d\\d s"),
                reports::toString);
        assertTrue(reports.get(2).startsWith("true "), "nothing is left to do again: " + reports);
    }

    @Test
    void theScalarKernels() throws Exception {
        List<String> reports = run(List.of(), "PT0S", "PT5M", "PT0S");
        assertTrue(reports.get(0).startsWith("false Lanewise warm-up (scalar"), reports::toString);
        assertTrue(reports.get(1).startsWith("true "), reports::toString);
        assertTrue(reports.get(2).startsWith("true "), reports::toString);
    }

    /** Nothing is ever compiled here, but the calls are made. */
    @Test
    void theTimeIsBoundedWithoutTheOptimisingCompiler() throws Exception {
        List<String> flags = List.of(
                "--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=vector", "-XX:TieredStopAtLevel=1");
        assertTrue(run(flags, "PT1S").getFirst().startsWith("false "));
    }

    @Test
    void theModuleThatCountsIsNotNeeded() throws Exception {
        List<String> flags = List.of("--limit-modules", "java.base,jdk.incubator.vector");
        assertTrue(run(flags, "PT0S", "PT5M").get(1).startsWith("true "));
    }

    @Test
    void aNegativeLimitIsRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Lanewise.warmUp(Duration.ofMillis(-1)));
        assertEquals("warmUp: the limit of PT-0.001S is negative", refusal.getMessage());
    }

    @Test
    void theReportKeepsItsList() {
        List<String> cold = new ArrayList<>(List.of("exp"));
        WarmUpReport report = new WarmUpReport("scalar", cold, Duration.ofMillis(1234));
        cold.clear();
        assertFalse(report.isComplete());
        assertEquals("Lanewise warm-up (scalar): 1.23 s, not done: exp", report.toString());
    }

    @Test
    void theReportNamesAFew() {
        List<String> cold = List.of("a", "b", "c", "d", "e", "f", "g");
        assertEquals(
                "Lanewise warm-up (scalar): 61.00 s, not done: a; b; c; d; e and 2 more",
                new WarmUpReport("scalar", cold, Duration.ofSeconds(61)).toString());
    }
}
