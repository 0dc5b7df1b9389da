package dev.lanewise.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a line for each epoch to a file of comma-separated values (RFC 4180), which has a heading line. What is not known is
 * left empty; numbers are written so that they can be read back exactly. A file that is there already, of a run that is
 * resumed, gets more lines.
 */
public final class CsvLog implements Listener {

    private static final String HEADING =
            "epoch,steps,learning_rate,trained,training_loss,validation_loss,accuracy,f1,seconds";

    private final Path file;

    /** A log in that file. */
    public CsvLog(Path file) {
        this.file = file;
    }

    /** {@inheritDoc} Throws {@link IllegalStateException} if the file has another heading. */
    @Override
    public void started(Plan plan) {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                Files.writeString(file, HEADING + "\r\n");
                return;
            }
            try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
                String first = lines.findFirst().orElse("");
                if (!first.equals(HEADING)) {
                    throw new IllegalStateException(
                            "csv log: " + file + " is another file; it begins with '" + first + "'");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("csv log: " + file + " cannot be used", e);
        }
    }

    @Override
    public void epoch(Epoch epoch) {
        Score score = epoch.validation();
        List<String> cells = List.of(
                Long.toString(epoch.number()),
                Long.toString(epoch.steps()),
                number(epoch.learningRate()),
                Long.toString(epoch.trained()),
                number(epoch.trainingLoss()),
                number(score == null ? Double.NaN : score.loss()),
                number(score == null ? Double.NaN : score.accuracy()),
                number(score == null ? Double.NaN : score.f1()),
                number(epoch.seconds()));
        try {
            Files.writeString(file, String.join(",", cells) + "\r\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("csv log: " + file + " cannot be written", e);
        }
    }

    private static String number(double number) {
        return Double.isNaN(number) ? "" : Double.toString(number);
    }
}
