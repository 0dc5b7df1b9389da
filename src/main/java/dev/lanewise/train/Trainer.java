package dev.lanewise.train;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Grad;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Unfreezing;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop of training: epochs of steps, each a loss, a backward pass and an update.
 *
 * <pre>{@code
 * Trainer<List<Mail>> trainer = new Trainer<>(model, optimizer, task) // List<Mail> is what Batches<Mail> give
 *         .schedule(Schedule.cosine(1e-3, 0, 900).warmUp(100))
 *         .validation(() -> held.epoch(0))
 *         .stopEarly(3)
 *         .checkpoint(Path.of("run.safetensors"))
 *         .listen(Progress.onConsole());
 * History history = trainer.fit(10, batches::epoch);
 * }</pre>
 *
 * <p>All that a step depends on is the number of the step and of its epoch, what the model and the optimizer hold, and the
 * batch. So a run that was interrupted and {@linkplain #resume resumed} from its checkpoint comes to the same bits, if the
 * batches of an epoch depend on its number alone, as those of {@link dev.lanewise.data.Batches} do.
 *
 * <p>A batch's iterator that is {@link AutoCloseable}, such as {@link dev.lanewise.data.Prefetch}, is closed after its epoch,
 * however it ends.
 *
 * @param <B> a batch
 */
public final class Trainer<B> {

    private final Layer model;
    private final Optimizer optimizer;
    private final Task<B> task;
    private final List<Listener> listeners = new ArrayList<>();
    private @Nullable Schedule schedule;
    private @Nullable Unfreezing unfreezing;
    private @Nullable Supplier<? extends Iterable<? extends B>> validation;
    private @Nullable Path checkpoint;
    private int patience;
    private int stepsPerEpoch;

    // Where training stands.
    private long epoch;
    private long step;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private long bestEpoch = -1;
    private long sinceBest; // validated epochs after the best one, or in all if none had a number
    private Map<String, FloatArray> best = Map.of();

    /** A loop with nothing but these. */
    public Trainer(Layer model, Optimizer optimizer, Task<B> task) {
        this.model = model;
        this.optimizer = optimizer;
        this.task = task;
    }

    /** Sets the learning rate before each step. */
    public Trainer<B> schedule(Schedule rates) {
        schedule = rates;
        return this;
    }

    /** Freezes and unfreezes before each step. */
    public Trainer<B> unfreezing(Unfreezing turns) {
        unfreezing = turns;
        return this;
    }

    /** Scores these batches after each epoch. */
    public Trainer<B> validation(Supplier<? extends Iterable<? extends B>> batches) {
        validation = batches;
        return this;
    }

    /**
     * Ends the run when the validation loss has not been below its least for so many epochs (a loss that is NaN never is), and
     * leaves the model with the values that it had then, also if the run ends by itself. The optimizer stays as it is after the
     * last epoch; a later call of {@link #fit} goes on from both.
     *
     * @throws IllegalArgumentException unless that is at least 1
     */
    public Trainer<B> stopEarly(int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("trainer: to stop after " + epochs + " epochs without progress");
        }
        patience = epochs;
        return this;
    }

    /** Writes a {@link Checkpoint} after each epoch. */
    public Trainer<B> checkpoint(Path file) {
        checkpoint = file;
        return this;
    }

    /** Says how many steps an epoch has, so that listeners can tell how much is left. */
    public Trainer<B> stepsPerEpoch(int steps) {
        stepsPerEpoch = steps;
        return this;
    }

    /** Tells another listener, after those before it. */
    public Trainer<B> listen(Listener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Goes on from a checkpoint that a trainer of the same model, optimizer and settings has written.
     *
     * @throws IOException if it cannot be read, or is no such file
     * @throws IllegalArgumentException if it does not fit, or was not written by a trainer; nothing is changed then
     * @throws IllegalStateException if two parameters of the optimizer have one name; nothing is changed then
     */
    public Trainer<B> resume(Path file) throws IOException {
        Checkpoint.Content content = Checkpoint.read(file);
        Notes notes = Notes.of(content.notes());
        Map<String, FloatArray> before = model.snapshot();
        try {
            if (!content.best().isEmpty()) {
                model.restore(content.best()); // so that it is known to fit
            }
            content.into(model, optimizer);
        } catch (RuntimeException e) {
            model.restore(before);
            throw e;
        }
        epoch = notes.epoch;
        step = notes.step;
        bestLoss = notes.bestLoss;
        bestEpoch = notes.bestEpoch;
        sinceBest = notes.sinceBest;
        best = content.best();
        return this;
    }

    /**
     * Trains up to the given number of epochs in all, those before a {@linkplain #resume resumption} included. Where something
     * is thrown, the model is as the last step has left it; only its checkpoint brings back the whole epochs before.
     *
     * @param epochs how many
     * @param batches those of the epoch with a number
     * @throws IllegalStateException if a loss is not finite, saying in which step; if an epoch has no batches; if there is
     *     to be an early stop without validation, or with one that has no examples
     * @throws UncheckedIOException if a checkpoint cannot be written
     */
    public History fit(long epochs, LongFunction<? extends Iterable<? extends B>> batches) {
        if (patience > 0 && validation == null) {
            throw new IllegalStateException("trainer: to stop early takes validation");
        }
        tell(listener -> listener.started(new Listener.Plan(epoch, epochs, stepsPerEpoch)));
        List<Epoch> done = new ArrayList<>();
        while (epoch < epochs && !isStuck()) {
            Epoch result = oneEpoch(batches.apply(epoch));
            done.add(result);
            epoch++;
            note(result);
            save();
            tell(listener -> listener.epoch(result));
        }
        boolean stuck = isStuck();
        if (patience > 0 && !best.isEmpty()) {
            model.restore(best);
        }
        List<Epoch> all = List.copyOf(done);
        tell(listener -> listener.ended(all));
        return new History(all, bestEpoch, stuck);
    }

    private void tell(Consumer<Listener> what) {
        listeners.forEach(what);
    }

    /** Whether the least loss lies as many epochs back as one has patience for. */
    private boolean isStuck() {
        return patience > 0 && sinceBest >= patience;
    }

    private Epoch oneEpoch(Iterable<? extends B> batches) {
        long start = System.nanoTime();
        double sum = 0;
        int count = 0;
        model.train();
        try (Walk<B> walk = new Walk<>(batches.iterator())) {
            while (walk.batches.hasNext()) {
                double loss = oneStep(walk.batches.next());
                Listener.Step made = new Listener.Step(step, epoch, count, loss);
                sum += loss;
                step++;
                count++;
                tell(listener -> listener.step(made));
            }
        }
        if (count == 0) {
            throw new IllegalStateException("trainer: epoch " + (epoch + 1) + " has no batches");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Score score = validation == null ? null : evaluate(validation.get());
        if (patience > 0 && score != null && score.examples() == 0) {
            throw new IllegalStateException(
                    "trainer: to stop early takes validation, and that of epoch " + (epoch + 1) + " had no examples");
        }
        long trained = model.countParameters().trained();
        return new Epoch(epoch, step, optimizer.learningRate(), trained, sum / count, score, seconds);
    }

    private double oneStep(B batch) {
        optimizer.zeroGrad(); // of passes that no step has followed, before the run or where one failed
        model.atStep(step);
        if (unfreezing != null) {
            unfreezing.at(step);
        }
        if (schedule != null) {
            optimizer.learningRate(schedule.at(step));
        }
        AdjointArray loss = task.loss(batch);
        double number = loss.item();
        if (!Double.isFinite(number)) {
            throw new IllegalStateException(
                    "trainer: the loss is " + number + " in step " + (step + 1) + " of all, in epoch " + (epoch + 1));
        }
        tell(listener -> listener.recorded(step, loss));
        loss.backward();
        if (optimizer.step() == 0) {
            throw new IllegalStateException(
                    "trainer: step " + (step + 1) + " updated nothing, for the loss has pulled no gradient to"
                            + " any parameter of the optimizer; is it that of another model?");
        }
        return number;
    }

    /** How well the model does on some batches: nothing is recorded. The model is in eval mode meanwhile, then in train mode. */
    public Score evaluate(Iterable<? extends B> batches) {
        Score.Sum sum = new Score.Sum();
        model.eval();
        try (Walk<B> walk = new Walk<>(batches.iterator())) {
            Grad.off(() -> {
                while (walk.batches.hasNext()) {
                    task.evaluate(walk.batches.next(), sum);
                }
            });
        } finally {
            model.train();
        }
        return sum.score();
    }

    /** A walk over batches, at whose end their iterator is closed if it has to be. */
    private record Walk<T>(Iterator<? extends T> batches) implements AutoCloseable {

        @Override
        public void close() {
            if (batches instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException("trainer: the batches could not be closed", e);
                }
            }
        }
    }

    private void note(Epoch result) {
        Score score = result.validation();
        if (score == null) {
            return;
        }
        sinceBest++;
        if (score.loss() < bestLoss) {
            bestLoss = score.loss();
            bestEpoch = result.number();
            sinceBest = 0;
            best = patience > 0 ? model.snapshot() : Map.of();
        }
    }

    private void save() {
        Path file = checkpoint;
        if (file == null) {
            return;
        }
        try {
            Notes notes = new Notes(epoch, step, bestLoss, bestEpoch, sinceBest);
            Checkpoint.save(file, model, optimizer, best, notes.toMap());
        } catch (IOException e) {
            throw new UncheckedIOException("trainer: the checkpoint " + file + " was not written", e);
        }
    }

    /** Where training stands, as a checkpoint has it. */
    private record Notes(long epoch, long step, double bestLoss, long bestEpoch, long sinceBest) {

        Map<String, String> toMap() {
            return new TreeMap<>(Map.of(
                    "epoch", Long.toString(epoch),
                    "step", Long.toString(step),
                    "bestLoss", Double.toString(bestLoss),
                    "bestEpoch", Long.toString(bestEpoch),
                    "sinceBest", Long.toString(sinceBest)));
        }

        static Notes of(Map<String, String> notes) {
            try {
                return new Notes(
                        Long.parseLong(text(notes, "epoch")),
                        Long.parseLong(text(notes, "step")),
                        Double.parseDouble(text(notes, "bestLoss")),
                        Long.parseLong(text(notes, "bestEpoch")),
                        Long.parseLong(text(notes, "sinceBest")));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("resume: the checkpoint has no number where one belongs", e);
            }
        }

        private static String text(Map<String, String> notes, String key) {
            String text = notes.get(key);
            if (text == null) {
                throw new IllegalArgumentException(
                        "resume: the checkpoint has no '" + key + "', so no trainer has written it");
            }
            return text;
        }
    }
}
