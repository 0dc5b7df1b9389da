package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {

    private static final String HEADING =
            "epoch,steps,learning_rate,trained,training_loss,validation_loss,accuracy,f1,seconds";

    @TempDir
    private Path directory = Path.of("");

    private static Epoch epoch(long number, boolean scored) {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(new int[] {0, 1, 1, 0}, new int[] {0, 1, 1, 1});
        return new Epoch(number, 10, 1e-5, 5, 1.0 / 3, scored ? new Score(4, 0.125, matrix) : null, 2.5);
    }

    @Test
    void writesALineForEachEpochAndGoesOnWhereItStopped() throws IOException {
        Path file = directory.resolve("log.csv");
        CsvLog log = new CsvLog(file);
        log.started(new Listener.Plan(0, 3, 10));
        log.epoch(epoch(0, false));
        log.epoch(epoch(1, true));
        CsvLog resumed = new CsvLog(file);
        resumed.started(new Listener.Plan(2, 3, 10));
        resumed.epoch(epoch(2, true));
        assertEquals(
                List.of(
                        HEADING,
                        "0,10,1.0E-5,5,0.3333333333333333,,,,2.5",
                        "1,10,1.0E-5,5,0.3333333333333333,0.125,0.75,0.8,2.5",
                        "2,10,1.0E-5,5,0.3333333333333333,0.125,0.75,0.8,2.5"),
                Files.readAllLines(file));
    }

    @Test
    void anotherFileIsLeftAlone() throws IOException {
        Path file = directory.resolve("other.csv");
        Files.writeString(file, "name,age\n");
        CsvLog log = new CsvLog(file);
        String message = assertThrows(IllegalStateException.class, () -> log.started(new Listener.Plan(0, 1, 1)))
                .getMessage();
        assertTrue(message.endsWith("is another file; it begins with 'name,age'"), message);
        assertEquals("name,age\n", Files.readString(file));
    }

    @Test
    void whereItCannotWriteItSaysSo() {
        CsvLog log = new CsvLog(directory.resolve("missing").resolve("log.csv"));
        assertThrows(UncheckedIOException.class, () -> log.started(new Listener.Plan(0, 1, 1)));
    }
}
