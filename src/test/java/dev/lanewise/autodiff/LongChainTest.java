package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A chain of 5,000,000 operations, longer than any stack is deep, in a JVM of its own whose heap holds one such graph but
 * not two: the second is only recorded if the first was collected.
 */
class LongChainTest {

    private static final int LENGTH = 5_000_000;
    private static final int HEAP_MEGABYTES = 720;

    @Test
    void aChainOfFiveMillionOperationsIsCollected() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEGABYTES + "m",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongChainTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, child.exitValue(), output);
        assertTrue(output.contains("collected"), output);
    }

    /** What the child does; it fails by an exception, or by running out of memory. */
    public static void main(String[] args) throws InterruptedException {
        AdjointArray x = AdjointArray.variable(FloatArray.scalar(2));
        WeakReference<Node> first = measured(x);
        AdjointArray end = chain(x); // while nothing holds the first
        Collected.assertCollected(first, "the first chain");
        if (end.item() != 2) {
            throw new IllegalStateException("the chain's end is " + end.item());
        }
        System.out.println("collected");
    }

    /** A chain that is given up: the node at its end. */
    private static WeakReference<Node> measured(AdjointArray x) {
        AdjointArray end = chain(x);
        System.gc();
        long bytes = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.println(bytes / LENGTH + " bytes for each operation");
        if (2 * bytes < HEAP_MEGABYTES * 1024L * 1024) {
            throw new IllegalStateException("two chains would fit: " + bytes + " bytes each");
        }
        return new WeakReference<>(end.trackedNode());
    }

    private static AdjointArray chain(AdjointArray x) {
        AdjointArray y = x;
        for (int i = 0; i < LENGTH; i++) {
            y = y.neg();
        }
        return y;
    }
}
