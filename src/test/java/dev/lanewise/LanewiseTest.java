package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice of kernels, in this JVM and in others that are asked for something else. */
class LanewiseTest {

    /** What a child JVM runs. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            System.out.println(Lanewise.describe());
            for (int i = 0; i < 2; i++) {
                try {
                    System.out.println(
                            dev.lanewise.array.FloatArray.of(1, 2).add(1).toArray()[1]);
                } catch (IllegalStateException e) {
                    System.out.println("refused: " + e.getMessage());
                }
            }
        }
    }

    private static String run(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static void assertSays(String expected, String output) {
        assertTrue(output.contains(expected), () -> "not said: " + expected + "\n" + output);
    }

    @Test
    void theseTestsRunOnTheKernelsThatWereAskedFor() {
        String wanted = System.getProperty("lanewise.kernels", "");
        assertSays("kernels: " + (wanted.equals("scalar") ? "scalar" : "vector"), Lanewise.describe());
        String flags = java.lang.management.ManagementFactory.getRuntimeMXBean()
                .getInputArguments()
                .toString();
        if (flags.contains("-XX:UseAVX=2") && !wanted.equals("scalar")) {
            assertSays("256-bit species, 8 float lanes", Lanewise.describe());
        }
    }

    @Test
    void withoutTheModuleTheScalarKernelsServe() throws Exception {
        String output = run();
        assertSays("kernels: scalar", output);
        assertSays("because: the JVM was started without --add-modules jdk.incubator.vector", output);
        assertSays("Lanewise kernels: scalar", output); // the log line
        assertSays("3.0", output);
    }

    @Test
    void eitherCanBeForced() throws Exception {
        String scalar = run("--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=scalar");
        assertSays("kernels: scalar", scalar);
        assertSays("because: asked for by -Dlanewise.kernels=scalar", scalar);
        assertSays(
                "because: asked for by -Dlanewise.kernels=vector",
                run("--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=vector"));
    }

    @Test
    void whatCannotBeHadIsSaidAtEveryUse() throws Exception {
        String unknown = "-Dlanewise.kernels=nonsense is not a choice: it is vector or scalar";
        String output = run("-Dlanewise.kernels=nonsense");
        assertSays("because: " + unknown, output);
        assertEquals(2, output.split("refused: " + unknown, -1).length - 1, output);
        assertSays("refused: -Dlanewise.kernels=vector needs the module", run("-Dlanewise.kernels=vector"));
    }

    @Test
    void withoutTheOptimisingCompilerTheScalarKernelsServe() throws Exception {
        assertSays("without its optimising compiler", run("--add-modules", "jdk.incubator.vector", "-Xint"));
    }
}
