package dev.lanewise.nn;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model that other threads use while it is trained on. What they get is a copy whose parameters nobody updates; to
 * {@link #publish} puts another copy in its place, in one write. So an answer is always that of one state of the model, never
 * of a mixture, and no thread waits for another.
 *
 * <pre>{@code
 * Serving<Sequential> serving = new Serving<>(() -> network());
 * serving.publish(model);                                 // the training thread, as often as it likes
 * FloatArray answer = serving.current().model().infer(x); // any thread, at any time
 * }</pre>
 *
 * <p>A copy has the arrays of the model, which are immutable, not copies of them. It is frozen and in eval mode.
 *
 * @param <M> the model
 */
public final class Serving<M extends Layer> {

    /**
     * What is served.
     *
     * @param number how many were published before it
     * @param model the copy, for any number of threads to infer with; not to be trained
     * @param <M> the model
     */
    public record Version<M extends Layer>(long number, M model) {}

    private final Supplier<? extends M> maker;
    private volatile @Nullable Version<M> current;

    /**
     * Serves nothing yet.
     *
     * @param maker of models of the same structure, whatever their weights are: a new one each time
     */
    public Serving(Supplier<? extends M> maker) {
        this.maker = Objects.requireNonNull(maker, "serving: the maker is null");
    }

    /**
     * Serves the state that the model has now.
     *
     * @return what is served from now on
     * @throws IllegalArgumentException if the model has other parameters than those that are made; then what was served
     *     before is served still
     * @throws IllegalStateException if the maker makes no new model, but returns the one that is served, or this one
     */
    public synchronized Version<M> publish(Layer model) {
        Objects.requireNonNull(model, "serving: the model is null");
        M copy = Objects.requireNonNull(maker.get(), "serving: the maker returned null");
        Version<M> before = current;
        requireNew(copy, model);
        if (before != null) {
            requireNew(copy, before.model);
        }
        copy.restore(model.snapshot());
        copy.freeze();
        copy.eval();
        Version<M> next = new Version<>(before == null ? 0 : before.number + 1, copy);
        current = next;
        return next;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the very object, which others are using, not one like it
    private static void requireNew(Layer copy, Layer known) {
        if (copy == known) {
            throw new IllegalStateException(
                    "serving: the maker returned a model that is in use already; it has to make a new one each time");
        }
    }

    /**
     * What was published last. Keep it as long as one state is wanted for several answers.
     *
     * @throws IllegalStateException if nothing was published yet
     */
    public Version<M> current() {
        Version<M> version = current;
        if (version == null) {
            throw new IllegalStateException("serving: nothing was published yet");
        }
        return version;
    }
}
