package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.Compute;
import dev.lanewise.array.FloatArray;
import dev.lanewise.io.FormatException;
import dev.lanewise.io.SafeTensors;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Unfreezing;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.AdamW;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.RmsProp;
import dev.lanewise.optim.Schedule;
import dev.lanewise.optim.Sgd;
import dev.lanewise.train.Points.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static final List<Function<Collection<Parameter>, Optimizer>> ALL = List.of(
            parameters -> new Sgd(parameters, 0.1).momentum(0.9).weightDecay(0.01),
            parameters -> new Adam(parameters, 0.1).weightDecay(0.01),
            parameters -> new AdamW(parameters, 0.1),
            parameters -> new RmsProp(parameters, 0.1).momentum(0.5));

    @TempDir
    private Path directory = Path.of("");

    /** A run with everything that a step may depend on: noise, order, rates, layers that join, and an early stop. */
    private static final class Run {
        final Sequential model = Points.model();
        final Optimizer optimizer;
        final Trainer<Batch> trainer;

        Run(Function<Collection<Parameter>, Optimizer> maker) {
            optimizer = maker.apply(model.namedParameters().values());
            optimizer.clipNorm(1);
            trainer = new Trainer<>(model, optimizer, Points.task(model))
                    .schedule(Schedule.cosine(0.01, 0.001, 60).warmUp(10))
                    .unfreezing(Unfreezing.of(model)
                            .from(0, path -> path.startsWith("head."))
                            .from(20, path -> path.startsWith("second."))
                            .from(45, path -> path.startsWith("first.")))
                    .validation(Points::held)
                    .stopEarly(2);
        }
    }

    /** Something goes wrong in the middle of the fourth epoch. */
    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Listener cutAt(long last) {
        return new Listener() {
            @Override
            public void step(Step step) {
                if (step.number() == last) {
                    throw new PowerCut();
                }
            }
        };
    }

    @Test
    void aRunThatWasCutOffComesToTheSameBits() throws IOException {
        Path file = directory.resolve("run.safetensors");
        for (Function<Collection<Parameter>, Optimizer> maker : ALL) {
            Run steady = new Run(maker);
            History whole = steady.trainer.fit(6, Points::epoch);

            Run cut = new Run(maker);
            cut.trainer.checkpoint(file).listen(cutAt(3 * 13 + 5));
            assertThrows(PowerCut.class, () -> cut.trainer.fit(6, Points::epoch));

            Run resumed = new Run(maker);
            History rest = resumed.trainer.resume(file).fit(6, Points::epoch);
            assertEquals(steady.model.snapshot(), resumed.model.snapshot());
            assertEquals(steady.optimizer.state(), resumed.optimizer.state());
            assertEquals(whole.bestEpoch(), rest.bestEpoch());
            assertEquals(3, rest.epochs().getFirst().number());
            assertEquals(
                    whole.epochs().getLast().trainingLoss(),
                    rest.epochs().getLast().trainingLoss());
            assertNotEquals(cut.model.snapshot(), steady.model.snapshot());
        }
    }

    @Test
    void andSoItDoesWithMoreThreads() throws IOException {
        Path file = directory.resolve("threads.safetensors");
        Run steady = new Run(ALL.get(2));
        steady.trainer.fit(5, Points::epoch);
        Run first = new Run(ALL.get(2));
        Run second = new Run(ALL.get(2));
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Compute.parallel(pool, 2, () -> first.trainer.checkpoint(file).fit(2, Points::epoch));
            second.trainer.resume(file);
            Compute.parallel(pool, 2, () -> second.trainer.fit(5, Points::epoch));
        }
        assertEquals(steady.model.snapshot(), second.model.snapshot());
    }

    @Test
    void aRunThatStoppedEarlyIsOverWhenItIsResumed() throws IOException {
        Path file = directory.resolve("over.safetensors");
        Run run = new Run(ALL.get(1));
        // A learning rate with which nothing is learned: the first epoch stays the best but for rounding.
        run.trainer.schedule(Schedule.constant(0)).checkpoint(file);
        History history = run.trainer.fit(50, Points::epoch);
        assertTrue(history.stoppedEarly());
        assertEquals(3, history.epochs().size());
        Run again = new Run(ALL.get(1));
        History nothing = again.trainer.resume(file).fit(50, Points::epoch);
        assertTrue(nothing.stoppedEarly());
        assertEquals(List.of(), nothing.epochs());
        assertEquals(run.model.snapshot(), again.model.snapshot());
    }

    @Test
    void whatIsSavedIsLoadedWithItsNotes() throws IOException {
        Path file = directory.resolve("some.safetensors");
        Run run = new Run(ALL.get(2));
        run.trainer.fit(1, Points::epoch);
        Checkpoint.save(file, run.model, run.optimizer, Map.of("step", "13", "data", "points"));
        Run other = new Run(ALL.get(2));
        assertEquals(Map.of("step", "13", "data", "points"), Checkpoint.load(file, other.model, other.optimizer));
        assertEquals(run.model.snapshot(), other.model.snapshot());
        assertEquals(run.optimizer.state(), other.optimizer.state());
    }

    @Test
    void whatDoesNotFitChangesNothing() throws IOException {
        Path file = directory.resolve("adam.safetensors");
        Run adam = new Run(ALL.get(1));
        adam.trainer.fit(1, Points::epoch);
        Checkpoint.save(file, adam.model, adam.optimizer, Map.of());

        Run sgd = new Run(ALL.get(0));
        Map<String, FloatArray> before = sgd.model.snapshot();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Checkpoint.load(file, sgd.model, sgd.optimizer));
        assertEquals("sgd: the state has no 'sgd/learningRate'", e.getMessage());
        assertEquals(before, sgd.model.snapshot());

        Run other = new Run(ALL.get(1));
        assertEquals(
                "resume: the checkpoint has no 'epoch', so no trainer has written it",
                assertThrows(IllegalArgumentException.class, () -> other.trainer.resume(file))
                        .getMessage());
        assertEquals(before, other.model.snapshot());

        Map<String, FloatArray> all = new LinkedHashMap<>(SafeTensors.readAll(file));
        all.put("best/other", FloatArray.zeros(1));
        Map<String, String> notes =
                Map.of("epoch", "1", "step", "13", "bestLoss", "0.5", "bestEpoch", "0", "sinceBest", "0");
        SafeTensors.write(file, all, notes);
        assertTrue(refusal(other, file).startsWith("restore: the snapshot has no first.weight, "));
        all.remove("best/other");
        adam.model.snapshot().forEach((path, value) -> all.put("best/" + path, value.mul(2)));
        all.put("optimizer/adam/learningRate", FloatArray.zeros(1));
        SafeTensors.write(file, all, notes);
        assertEquals(
                "adam: the state has 'adam/learningRate' of shape 1, where a number takes shape 4",
                refusal(other, file));
        assertEquals(before, other.model.snapshot());
        SafeTensors.write(file, all, Map.of("epoch", "one", "step", "13"));
        assertEquals("resume: the checkpoint has no number where one belongs", refusal(other, file));

        // Parameters of one name, which only the optimizer finds out, after the model has taken everything.
        other.model.parameter("first.bias").rename("first.weight");
        SafeTensors.write(file, all, notes);
        assertThrows(IllegalStateException.class, () -> other.trainer.resume(file));
        assertEquals(before, other.model.snapshot());

        Files.write(file, new byte[] {1, 2, 3});
        assertThrows(FormatException.class, () -> other.trainer.resume(file));
        assertEquals(before, other.model.snapshot());
    }

    private static String refusal(Run run, Path file) {
        return assertThrows(IllegalArgumentException.class, () -> run.trainer.resume(file))
                .getMessage();
    }
}
