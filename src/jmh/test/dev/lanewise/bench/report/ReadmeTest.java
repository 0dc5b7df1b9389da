package dev.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** Repaired by {@code mvn -q test-compile exec:exec@readme-figures}. */
    @Test
    void figuresAreThoseOfTheCommittedRun() throws IOException {
        String block = Readme.block(Files.readString(Readme.FILE)).orElse("");
        assertTrue(!block.isBlank(), "README.md has no block of figures");
        if (Files.exists(Readme.FOLDER.resolve(Readme.RUN + ".json"))) {
            assertEquals(Readme.figures(Run.read(Readme.FOLDER, Readme.RUN)), block);
        }
    }

    @Test
    void onlyWhatStandsBetweenTheMarksIsReplaced() {
        String readme = "Before.\n<!-- figures: so -->\nOld,\n\nvery old.\n<!-- /figures -->\nAfter.\n";
        assertEquals("Old,\n\nvery old.", Readme.block(readme).orElseThrow());
        String replaced = Readme.replaced(readme, "New: $1.");
        assertEquals("Before.\n<!-- figures: so -->\nNew: $1.\n<!-- /figures -->\nAfter.\n", replaced);
        assertThrows(IllegalArgumentException.class, () -> Readme.replaced("No marks.", "New."));
    }

    @Test
    void figuresAreMeansByFamilyAndPeer() {
        String figures = Readme.figures(new Runs()
                .peak()
                .square("lanewise", 512, 2.0 * 512 * 512 * 512 / 80)
                .square("mkl", 512, 2.0 * 512 * 512 * 512 / 40)
                .square("lanewise", 64, 100)
                .square("mkl", 64, 200)
                .square("ejml", 64, 2000)
                .add("BatchedBenchmark.multiply", "engine=lanewise shape=2x4x4x4 layout=NN", 100)
                .add("BatchedBenchmark.multiply", "engine=libtorch shape=2x4x4x4 layout=NN", 810)
                .run());
        assertTrue(figures.contains("""
            | How many times as fast as | MKL | libtorch |
            |---|---:|---:|
            | Square products | 2.00 |  |
            | Batched products |  | 8.10 |
            """), figures);
        assertTrue(figures.contains("512 x 512 matrices runs at 80.0 GFLOP/s, 80 % of"), figures);
    }
}
