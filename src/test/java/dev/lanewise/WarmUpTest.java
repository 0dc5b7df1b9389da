package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** {@link Lanewise#warmUp}, which works once in a JVM and therefore mostly in others than that of the tests. */
class WarmUpTest {

    private static final List<String> VECTOR =
            List.of("--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=vector");

    /** What a child JVM runs: warm-ups with limits that are given, and after each a look at what it left behind. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            Set<Thread> threads = Set.copyOf(Thread.getAllStackTraces().keySet());
            for (String limit : args) {
                System.out.println(Lanewise.warmUp(Duration.parse(limit)));
            }
            Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
            started.removeAll(threads);
            System.err.println("threads started: " + started);
            if (ModuleLayer.boot().findModule("java.management").isPresent()) {
                System.err.println("exercises left: " + Histogram.has("dev.lanewise.kernel.Exercise"));
            }
        }
    }

    /** Apart, as it needs modules that a child may lack. */
    private static final class Histogram {
        /** Whether an object of a class is alive. */
        static boolean has(String className) throws JMException {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            if (!histogram.contains(" java.lang.String ")) {
                throw new IllegalStateException("not a histogram: " + histogram);
            }
            return histogram.contains(" " + className + " ");
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
        assertTrue(log.contains("threads started: []"), log);
        assertFalse(log.contains("exercises left: true"), log);
        return output.lines().toList();
    }

    private static void assertFollows(String kernels, List<String> reports) {
        String begin = "Lanewise warm-up \\(" + kernels + ".*\\): ";
        assertTrue(reports.get(0).matches(begin + "0 of \\d+ done, .* s, not done: .* more"), reports::toString);
        assertTrue(reports.get(1).matches(begin + "(\\d+) of \\1 done, \\d+\\.\\d\\d s"), reports::toString);
        assertTrue(reports.get(2).matches(begin + "(\\d+) of \\1 done, .* s"), "nothing is left to do: " + reports);
    }

    @Test
    void theVectorKernels() throws Exception {
        assertFollows("vector", run(VECTOR, "PT0S", "PT5M", "PT0S"));
    }

    @Test
    void theScalarKernels() throws Exception {
        assertFollows("scalar", run(List.of(), "PT0S", "PT5M", "PT0S"));
    }

    /** Nothing gets warm here, so it is the limit that ends it. */
    @Test
    void theTimeIsBoundedWithoutTheOptimisingCompiler() throws Exception {
        List<String> flags = new ArrayList<>(VECTOR);
        flags.add("-XX:TieredStopAtLevel=1");
        assertTrue(run(flags, "PT1S").getFirst().contains("not done: "));
    }

    @Test
    void theModuleThatCountsIsNotNeeded() throws Exception {
        List<String> flags = new ArrayList<>(VECTOR);
        flags.addAll(List.of("--limit-modules", "java.base,jdk.incubator.vector"));
        assertFollows("vector", run(flags, "PT0S", "PT5M", "PT0S"));
    }

    @Test
    void aNegativeLimitIsRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Lanewise.warmUp(Duration.ofMillis(-1)));
        assertEquals("warmUp: the limit of PT-0.001S is negative", refusal.getMessage());
    }

    @Test
    void theReportKeepsItsList() {
        List<String> cold = new ArrayList<>(List.of("exp"));
        WarmUpReport report = new WarmUpReport("scalar", 3, cold, Duration.ofMillis(1234));
        cold.clear();
        assertFalse(report.isComplete());
        assertEquals("Lanewise warm-up (scalar): 3 of 4 done, 1.23 s, not done: exp", report.toString());
    }

    @Test
    void theReportNamesAFew() {
        List<String> cold = List.of("a", "b", "c", "d", "e", "f", "g");
        assertEquals(
                "Lanewise warm-up (scalar): 0 of 7 done, 61.00 s, not done: a; b; c; d; e and 2 more",
                new WarmUpReport("scalar", 0, cold, Duration.ofSeconds(61)).toString());
    }
}
