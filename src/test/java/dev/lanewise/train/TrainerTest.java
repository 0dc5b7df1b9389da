package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Grad;
import dev.lanewise.data.Prefetch;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Unfreezing;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.optim.Sgd;
import dev.lanewise.train.Points.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    private final Sequential model = Points.model();
    private final Optimizer adam = new Adam(model.namedParameters().values(), 0.01);
    private final Trainer<Batch> trainer = new Trainer<>(model, adam, Points.task(model));

    @Test
    void learnsWhatThereIsToLearn() {
        double before = trainer.evaluate(Points.held()).accuracy();
        History history = trainer.validation(Points::held).fit(15, Points::epoch);
        Score after = history.epochs().getLast().validation();
        assertTrue(before < 0.8, () -> "before: " + before);
        assertTrue(after != null && after.accuracy() > 0.97 && after.f1() > 0.97, () -> "after: " + after);
        assertEquals(100, after.examples());
        assertEquals(15, history.epochs().size());
        assertEquals(15 * 13, history.epochs().getLast().steps());
        assertFalse(history.stoppedEarly());
        assertTrue(history.epochs().getLast().trainingLoss()
                < 0.3 * history.epochs().getFirst().trainingLoss());
    }

    @Test
    void anEvaluationRecordsNothingAndMakesNoNoise() {
        List<Boolean> off = new ArrayList<>();
        List<FloatArray> answers = new ArrayList<>();
        Task<Batch> spy = new Task<>() {
            @Override
            public AdjointArray loss(Batch batch) {
                throw new AssertionError("an evaluation trains nothing");
            }

            @Override
            public void evaluate(Batch batch, Score.Sum sum) {
                off.add(Grad.isOff());
                AdjointArray answer = model.forward(AdjointArray.constant(batch.points()));
                assertFalse(answer.requiresGrad());
                answers.add(answer.value());
            }
        };
        List<Batch> held = Points.held();
        new Trainer<>(model, adam, spy).evaluate(held);
        assertEquals(List.of(true, true, true), off);
        for (int i = 0; i < 3; i++) {
            assertEquals(model.infer(held.get(i).points()), answers.get(i));
        }
        AdjointArray x = AdjointArray.constant(held.getFirst().points());
        assertNotEquals(model.forward(x).value(), model.forward(x).value()); // noise is back
    }

    @Test
    void aScoreIsTheMeanOverExamplesHoweverTheyAreBatched() {
        Score score = trainer.evaluate(Points.held());
        List<Points.Point> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(Points.SPLIT.validation().get(i));
        }
        Score whole = trainer.evaluate(List.of(Points.batch(all)));
        assertEquals(whole.loss(), score.loss(), 1e-6);
        assertEquals(whole.accuracy(), score.accuracy());
    }

    @Test
    void everyStepHasItsRateAndItsFrozenLayers() {
        List<Double> rates = new ArrayList<>();
        List<Long> trained = new ArrayList<>();
        trainer.schedule(Schedule.linear(1e-2, 1e-3, 26).warmUp(2))
                .unfreezing(Unfreezing.of(model)
                        .from(0, path -> path.startsWith("head."))
                        .from(13, path -> path.startsWith("second.")))
                .listen(new Listener() {
                    @Override
                    public void recorded(long step, AdjointArray loss) {
                        rates.add(adam.learningRate());
                        trained.add(model.countParameters().trained());
                    }
                });
        Map<String, FloatArray> before = model.snapshot();
        History history = trainer.fit(2, Points::epoch);
        assertEquals(26, rates.size());
        assertEquals(5e-3, rates.get(0), 1e-12);
        assertEquals(1e-2, rates.get(2), 1e-12);
        assertEquals(1e-2 - 9e-3 * 23 / 26, rates.get(25), 1e-12);
        assertEquals(50, trained.get(12));
        assertEquals(50 + 600, trained.get(13));
        assertEquals(50, history.epochs().getFirst().trained());
        assertEquals(before.get("first.weight"), model.snapshot().get("first.weight"));
        assertNotEquals(before.get("second.weight"), model.snapshot().get("second.weight"));
    }

    @Test
    void listenersHearEverythingInItsOrder() {
        List<String> heard = new ArrayList<>();
        trainer.validation(Points::held).stepsPerEpoch(13).listen(new Listener() {
            @Override
            public void started(Plan plan) {
                heard.add("started " + plan.firstEpoch() + " " + plan.epochs() + " " + plan.stepsPerEpoch());
            }

            @Override
            public void recorded(long step, AdjointArray loss) {
                if (step % 13 == 0) {
                    heard.add("recorded " + step + " " + loss.requiresGrad());
                }
            }

            @Override
            public void step(Step step) {
                if (step.inEpoch() == 0) {
                    heard.add("step " + step.number() + " of epoch " + step.epoch());
                }
            }

            @Override
            public void epoch(Epoch epoch) {
                heard.add("epoch " + epoch.number() + " after " + epoch.steps());
            }

            @Override
            public void ended(List<Epoch> epochs) {
                heard.add("ended " + epochs.size());
            }
        });
        trainer.fit(2, Points::epoch);
        assertEquals(
                List.of(
                        "started 0 2 13",
                        "recorded 0 true",
                        "step 0 of epoch 0",
                        "epoch 0 after 13",
                        "recorded 13 true",
                        "step 13 of epoch 1",
                        "epoch 1 after 26",
                        "ended 2"),
                heard);
    }

    /** A task whose validation losses are given, whatever the model does. */
    private Task<Batch> losing(double... losses) {
        return losing(model, losses);
    }

    private static Task<Batch> losing(Sequential model, double... losses) {
        Task<Batch> real = Points.task(model);
        AtomicInteger call = new AtomicInteger();
        return new Task<>() {
            @Override
            public AdjointArray loss(Batch batch) {
                return real.loss(batch);
            }

            @Override
            public void evaluate(Batch batch, Score.Sum sum) {
                sum.add(losses[call.getAndIncrement()], 1);
            }
        };
    }

    @Test
    void stopsWhenTheLossFallsNoMoreAndKeepsTheBest() {
        List<Map<String, FloatArray>> after = new ArrayList<>();
        Trainer<Batch> stopping = new Trainer<>(model, adam, losing(5, 3, 4, 3, 3.5, 1))
                .validation(() -> Points.held().subList(0, 1))
                .stopEarly(3)
                .listen(new Listener() {
                    @Override
                    public void epoch(Epoch epoch) {
                        after.add(model.snapshot());
                    }
                });
        History history = stopping.fit(10, Points::epoch);
        assertEquals(5, history.epochs().size());
        assertEquals(1, history.bestEpoch());
        assertTrue(history.stoppedEarly());
        assertEquals(after.get(1), model.snapshot());
        assertNotEquals(after.get(4), model.snapshot());
    }

    @Test
    void keepsTheBestAlsoIfItEndsByItself() {
        List<Map<String, FloatArray>> after = new ArrayList<>();
        History history = new Trainer<>(model, adam, losing(5, 3, 4))
                .validation(() -> Points.held().subList(0, 1))
                .stopEarly(3)
                .listen(new Listener() {
                    @Override
                    public void epoch(Epoch epoch) {
                        after.add(model.snapshot());
                    }
                })
                .fit(3, Points::epoch);
        assertFalse(history.stoppedEarly());
        assertEquals(after.get(1), model.snapshot());
    }

    @Test
    void theBestOfARunThatIsResumedStaysTheBest(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("run.safetensors");
        List<Map<String, FloatArray>> after = new ArrayList<>();
        new Trainer<>(model, adam, losing(1, 5))
                .validation(() -> Points.held().subList(0, 1))
                .stopEarly(3)
                .checkpoint(file)
                .listen(new Listener() {
                    @Override
                    public void epoch(Epoch epoch) {
                        after.add(model.snapshot());
                    }
                })
                .fit(2, Points::epoch);
        Sequential other = Points.model();
        History rest = new Trainer<>(other, new Adam(other.namedParameters().values(), 0.01), losing(other, 4, 3, 2))
                .validation(() -> Points.held().subList(0, 1))
                .stopEarly(3)
                .resume(file)
                .fit(9, Points::epoch);
        assertEquals(List.of(2L, 3L), rest.epochs().stream().map(Epoch::number).toList());
        assertEquals(0, rest.bestEpoch());
        assertTrue(rest.stoppedEarly());
        assertEquals(after.getFirst(), other.snapshot());
    }

    @Test
    void aValidationLossThatIsNoNumberIsNoProgress() {
        double nan = Double.NaN;
        History never = new Trainer<>(model, adam, losing(nan, nan, nan))
                .validation(() -> Points.held().subList(0, 1))
                .stopEarly(2)
                .fit(9, Points::epoch);
        assertEquals(2, never.epochs().size());
        assertEquals(-1, never.bestEpoch());
        assertTrue(never.stoppedEarly());

        History later = new Trainer<>(model, adam, losing(nan, 3, nan, nan))
                .validation(() -> Points.held().subList(0, 1))
                .stopEarly(2)
                .fit(9, Points::epoch);
        assertEquals(4, later.epochs().size());
        assertEquals(1, later.bestEpoch());
    }

    @Test
    void withoutAnEarlyStopTheModelStaysAsTheLastStepLeftIt() {
        List<Map<String, FloatArray>> after = new ArrayList<>();
        History history = new Trainer<>(model, adam, losing(3, 4, 5))
                .validation(() -> Points.held().subList(0, 1))
                .listen(new Listener() {
                    @Override
                    public void epoch(Epoch epoch) {
                        after.add(model.snapshot());
                    }
                })
                .fit(3, Points::epoch);
        assertEquals(0, history.bestEpoch());
        assertFalse(history.stoppedEarly());
        assertEquals(after.get(2), model.snapshot());
        assertNotEquals(after.get(0), model.snapshot());
    }

    @Test
    void gradientsThatWereThereBeforeAreNotUsed() {
        Sequential other = Points.model();
        Optimizer same = new Adam(other.namedParameters().values(), 0.01);
        trainer.fit(1, Points::epoch);
        Points.task(other).loss(Points.epoch(7).getFirst()).backward();
        new Trainer<>(other, same, Points.task(other)).fit(1, Points::epoch);
        assertEquals(model.snapshot(), other.snapshot());
    }

    @Test
    void aLossThatIsNotFiniteEndsTheRunBeforeItsUpdate() {
        Batch bad = new Batch(FloatArray.full(Float.NaN, 1, 2), new int[] {0});
        List<Batch> batches = List.of(Points.epoch(0).getFirst(), bad);
        List<Map<String, FloatArray>> after = new ArrayList<>();
        trainer.listen(new Listener() {
            @Override
            public void step(Step step) {
                after.add(model.snapshot());
            }
        });
        assertEquals(
                "trainer: the loss is NaN in step 2 of all, in epoch 1",
                assertThrows(IllegalStateException.class, () -> trainer.fit(1, epoch -> batches))
                        .getMessage());
        assertEquals(List.of(model.snapshot()), after);
    }

    @Test
    void anOptimizerOfAnotherModelIsAnError() {
        Sequential other = Points.model();
        Map<String, FloatArray> before = other.snapshot();
        Trainer<Batch> astray =
                new Trainer<>(model, new Adam(other.namedParameters().values(), 0.01), Points.task(model));
        assertEquals(
                "trainer: step 1 updated nothing, for the loss has pulled no gradient to any parameter of the"
                        + " optimizer; is it that of another model?",
                assertThrows(IllegalStateException.class, () -> astray.fit(1, Points::epoch))
                        .getMessage());
        assertEquals(before, other.snapshot());
    }

    @Test
    void iteratorsThatHaveToBeClosedAreClosed() {
        AtomicInteger made = new AtomicInteger();
        List<Prefetch<Batch>> all = new ArrayList<>();
        Iterable<Batch> ahead = () -> {
            made.incrementAndGet();
            Prefetch<Batch> prefetch = Prefetch.onVirtualThread(Points.epoch(0).iterator(), 2);
            all.add(prefetch);
            return prefetch;
        };
        trainer.validation(() -> ahead).fit(1, epoch -> ahead);
        trainer.listen(new Listener() {
            @Override
            public void step(Step step) {
                throw new IllegalStateException("no more");
            }
        });
        assertThrows(IllegalStateException.class, () -> trainer.fit(2, epoch -> ahead));
        assertEquals(3, made.get());
        for (Iterator<Batch> one : all) {
            assertEquals(
                    "prefetch: it is closed",
                    assertThrows(IllegalStateException.class, one::hasNext).getMessage());
        }
    }

    /** Batches whose iterator may fail, and fails when it is closed. */
    private static Iterable<Batch> failing(String failure) {
        final class Failing implements Iterator<Batch>, AutoCloseable {
            @Override
            public boolean hasNext() {
                throw new IllegalArgumentException(failure);
            }

            @Override
            public Batch next() {
                throw new AssertionError("there is none");
            }

            @Override
            public void close() throws IOException {
                throw new IOException("disk full");
            }
        }
        return Failing::new;
    }

    @Test
    void whatFailedFirstIsWhatIsThrown() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> trainer.fit(1, epoch -> failing("bad example")));
        assertEquals("bad example", e.getMessage());
        assertEquals("trainer: the batches could not be closed", e.getSuppressed()[0].getMessage());
        assertEquals("disk full", e.getSuppressed()[0].getCause().getMessage());
    }

    @Test
    void aFailedEvaluationLeavesTheModelInTrainMode() {
        Iterable<Batch> none = () -> {
            throw new IllegalArgumentException("no file");
        };
        for (Iterable<Batch> batches : List.of(none, failing("bad example"))) {
            assertThrows(IllegalArgumentException.class, () -> trainer.evaluate(batches));
            AdjointArray x = AdjointArray.constant(Points.held().getFirst().points());
            assertNotEquals(model.forward(x).value(), model.forward(x).value());
        }
    }

    @Test
    void prefetchingChangesNothing() {
        trainer.fit(2, Points::epoch);
        Sequential other = Points.model();
        Optimizer same = new Adam(other.namedParameters().values(), 0.01);
        new Trainer<>(other, same, Points.task(other))
                .fit(
                        2,
                        epoch -> () ->
                                Prefetch.onVirtualThread(Points.epoch(epoch).iterator(), 3));
        assertEquals(model.snapshot(), other.snapshot());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertEquals(
                "trainer: epoch 1 has no batches",
                assertThrows(IllegalStateException.class, () -> trainer.fit(1, epoch -> List.of()))
                        .getMessage());
        assertEquals(
                "trainer: to stop early takes validation",
                assertThrows(
                                IllegalStateException.class,
                                () -> new Trainer<>(model, new Sgd(List.of(model.parameter("head.bias")), 1), losing())
                                        .stopEarly(1)
                                        .fit(1, Points::epoch))
                        .getMessage());
        assertEquals(
                "trainer: to stop early takes validation, and that of epoch 1 had no examples",
                assertThrows(
                                IllegalStateException.class,
                                () -> trainer.stopEarly(1).validation(List::of).fit(1, Points::epoch))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> trainer.stopEarly(0));
    }
}
