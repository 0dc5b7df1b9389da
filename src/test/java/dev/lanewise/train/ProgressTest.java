package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    private Progress progress(boolean terminal) {
        return new Progress(out, terminal, () -> now);
    }

    /** Makes steps of an epoch, each of so many seconds. */
    private void steps(Progress progress, long epoch, int count, double seconds) {
        for (int i = 0; i < count; i++) {
            now += (long) (seconds * 1e9);
            progress.step(new Listener.Step(epoch * count + i, epoch, i, 0.5));
        }
    }

    private static Epoch epoch(long number, boolean scored) {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(new int[] {0, 1, 1, 0}, new int[] {0, 1, 1, 1});
        return new Epoch(number, 10, 0.1, 5, 0.25, scored ? new Score(4, 0.125, matrix) : null, 12.34);
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void tellsRateAndTimeLeftNowAndThen() {
        Progress progress = progress(false);
        progress.started(new Listener.Plan(0, 3, 20));
        steps(progress, 0, 20, 4); // a line for each ten seconds, at the step after them: 3, 6, 9 …
        progress.epoch(epoch(0, true));
        List<String> lines = lines();
        assertEquals(7, lines.size());
        assertEquals("epoch 1/3, step 3/20, loss 0.5000, 0.250 steps/s, 3:48 left", lines.getFirst());
        assertEquals("epoch 1/3, step 18/20, loss 0.5000, 0.250 steps/s, 2:48 left", lines.get(5));
        assertEquals(
                "epoch 1/3: loss 0.2500, validation loss 0.1250, accuracy 0.7500, F1 0.8000, 12.3 s", lines.getLast());
    }

    @Test
    void withoutTheNumberOfStepsItLearnsItFromTheFirstEpoch() {
        Progress progress = progress(false);
        progress.started(new Listener.Plan(2, 4, 0)); // resumed: two of four are done
        steps(progress, 2, 10, 10);
        progress.epoch(epoch(2, false));
        steps(progress, 3, 10, 10);
        List<String> lines = lines();
        assertEquals("epoch 3/4, step 1, loss 0.5000, 0.100 steps/s", lines.getFirst());
        assertEquals("epoch 3/4: loss 0.2500, 12.3 s", lines.get(10));
        assertEquals("epoch 4/4, step 1/10, loss 0.5000, 0.100 steps/s, 1:30 left", lines.get(11));
    }

    @Test
    void hoursAreWrittenAsHours() {
        Progress progress = progress(false);
        progress.started(new Listener.Plan(0, 1, 1000));
        steps(progress, 0, 1, 10.01);
        assertEquals("epoch 1/1, step 1/1000, loss 0.5000, 0.0999 steps/s, 2:46:40 left", lines().getFirst());
    }

    @Test
    void aTerminalHasOneLineThatIsWrittenOver() {
        Progress progress = progress(true);
        progress.started(new Listener.Plan(0, 1, 4));
        steps(progress, 0, 4, 0.06); // redrawn at most every tenth of a second: at the second and the fourth
        progress.epoch(epoch(0, false));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(
                "\r"
                    + "\u001b[K[############............] epoch 1/1, step 2/4, loss 0.5000, 16.7 steps/s, 0:00 left\r"
                    + "\u001b[K[########################] epoch 1/1, step 4/4, loss 0.5000, 16.7 steps/s, 0:00 left\r"
                    + "\u001b[Kepoch 1/1: loss 0.2500, 12.3 s" + System.lineSeparator(),
                text);
    }
}
