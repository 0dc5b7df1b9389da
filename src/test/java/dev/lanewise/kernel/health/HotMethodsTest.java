package dev.lanewise.kernel.health;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.vector.VectorKernels;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What of the vector kernels has to be compiled. */
class HotMethodsTest {

    private static Set<String> hot = Set.of();

    @BeforeAll
    static void read() throws Exception {
        Path classes = Path.of(VectorKernels.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        hot = HotMethods.in(classes.resolve("dev/lanewise/kernel/vector")).stream()
                .map(method -> method.replaceAll("^dev\\.lanewise\\.kernel\\.vector\\.| \\(.*", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void whatLoops() {
        assertTrue(hot.contains("VectorGemm blocked"), hot::toString);
        assertTrue(hot.contains("PackB stridedRow"), hot::toString); // without vectors
        assertTrue(hot.contains("Tile4x1 run"), hot::toString);
    }

    @Test
    void whatWorksOnVectorsWithoutALoop() {
        assertTrue(hot.contains("Transpose block"), hot::toString);
    }

    @Test
    void notWhatRunsOnceOrHandsOn() {
        assertFalse(hot.contains("Transpose low"), hot::toString); // loops, but only to fill a constant
        assertFalse(hot.contains("Transpose <clinit>"), hot::toString);
        assertFalse(hot.contains("VectorKernels describe"), hot::toString);
        assertFalse(hot.contains("VectorGemm wide"), hot::toString);
    }
}
