package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Plan;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * A differentiable function of one array that may have parameters: a single layer, or a whole model made of others.
 *
 * <p>An implementation writes {@link #forward} and names what it is made of: its own {@link #parameters} and its
 * {@link #children}. All else follows. Parameters have dotted paths through the tree, as in {@code features.0.weight}.
 */
public interface Layer {

    /**
     * The output for an input, recorded as far as the input and the parameters require grad.
     *
     * @throws IllegalArgumentException if the input's shape does not fit, naming the layer and the shapes
     */
    AdjointArray forward(AdjointArray x);

    /**
     * The output for an input, with nothing recorded, whatever requires grad. Any number of threads may infer, also
     * while another trains: each parameter is then read whole, but perhaps not all from the same step. For
     * answers of one consistent state, use a {@link Serving}.
     *
     * @throws IllegalArgumentException if the input's shape does not fit
     */
    default FloatArray infer(FloatArray x) {
        return forward(AdjointArray.volatileOf(x)).value();
    }

    /**
     * {@link #infer} for inputs of one shape, with the parameters as they are now, as a {@link Plan}: for a service that answers
     * the same kind of question over and over. Each thread needs one of its own.
     *
     * @throws IllegalArgumentException if an input of that shape does not fit
     * @throws IllegalStateException if the layer looks at numbers, or has an operation that plans do not have, such as a
     *     padded convolution or pooling by maxima; or if a parameter was computed in a run of a workspace, and not copied
     */
    default Plan plan(int... dims) {
        return Plan.of(Shape.of(dims), this::infer);
    }

    /** The parameters that this layer has beside those of its children, in order, by name without dots. */
    default SequencedMap<String, Parameter> parameters() {
        return Collections.emptyNavigableMap();
    }

    /** The layers that this one is made of, in order, by name without dots. */
    default SequencedMap<String, Layer> children() {
        return Collections.emptyNavigableMap();
    }

    /**
     * All parameters of the tree by their dotted paths: each layer's own first, then its children's in order. One that
     * stands at several places is listed at the first.
     *
     * @return a new map
     */
    default SequencedMap<String, Parameter> namedParameters() {
        return Trees.parameters(this);
    }

    /**
     * The parameter with the given path.
     *
     * @throws IllegalArgumentException if there is none, listing the paths there are
     */
    default Parameter parameter(String path) {
        return Trees.parameter(this, path);
    }

    /**
     * Freezes the parameters with the chosen paths: they leave training, and so does what only they need.
     *
     * @return how many parameters were chosen, frozen before or not
     * @throws IllegalArgumentException if none is chosen, listing the paths there are; nothing is frozen then
     */
    default int freeze(Predicate<String> paths) {
        return Trees.choose("freeze", this, paths, Parameter::freeze);
    }

    /** Freezes all parameters. */
    default void freeze() {
        namedParameters().values().forEach(Parameter::freeze);
    }

    /**
     * Lets the parameters with the chosen paths take part in training again.
     *
     * @return how many parameters were chosen, frozen before or not
     * @throws IllegalArgumentException if none is chosen, listing the paths there are
     */
    default int unfreeze(Predicate<String> paths) {
        return Trees.choose("unfreeze", this, paths, Parameter::unfreeze);
    }

    /** Lets all parameters take part in training again. */
    default void unfreeze() {
        namedParameters().values().forEach(Parameter::unfreeze);
    }

    /**
     * Gives every parameter of the tree its path here as its name, by which messages, pictures and the state of an optimizer
     * call it. {@link Sequential} and the other layers that are made of layers do so when they are built; one of your own does
     * it at the end of its constructor, unless it is always put into one of those.
     */
    default void nameParameters() {
        Trees.rename(this);
    }

    /** How many numbers the parameters of the tree hold, trained and frozen. */
    default ParameterCount countParameters() {
        long trained = 0;
        long frozen = 0;
        for (Parameter parameter : namedParameters().values()) {
            if (parameter.isFrozen()) {
                frozen += parameter.shape().size();
            } else {
                trained += parameter.shape().size();
            }
        }
        return new ParameterCount(trained, frozen);
    }

    /** The layers of the tree with their parameters, printed as a table by its {@code toString}. */
    default Summary summary() {
        return Summary.of(this);
    }

    /**
     * Puts the tree into train mode, which a new layer is in: layers such as {@link Dropout} then make noise. What volatile
     * inputs go through, as in {@link #infer}, makes none in either mode. Freezing is another matter.
     */
    default void train() {
        Trees.each(this, layer -> layer.onMode(true));
    }

    /** Puts the tree into the mode without noise. */
    default void eval() {
        Trees.each(this, layer -> layer.onMode(false));
    }

    /**
     * Makes the noise of the passes to come that of a step of training with the given number, whatever has gone before. A
     * loop that calls it at the start of each step can be resumed at any, and goes on with the same bits.
     */
    default void atStep(long step) {
        Trees.each(this, layer -> layer.onStep(step));
    }

    /** Told to each layer of a tree by {@link #train} and {@link #eval}; for a layer that is another one in train mode. */
    default void onMode(boolean train) {}

    /** Told to each layer of a tree by {@link #atStep}; for a layer that makes noise. */
    default void onStep(long step) {}

    /** Forgets the gradients of all parameters. */
    default void zeroGrad() {
        namedParameters().values().forEach(p -> p.leaf().zeroGrad());
    }

    /** The values of all parameters as they are now, by path. Nothing is copied: values never change. */
    default SequencedMap<String, FloatArray> snapshot() {
        SequencedMap<String, FloatArray> values = new LinkedHashMap<>();
        namedParameters().forEach((path, parameter) -> values.put(path, parameter.value()));
        return values;
    }

    /**
     * Puts the values of a snapshot in the place of the present ones. What is frozen stays frozen.
     *
     * @throws IllegalArgumentException if the paths or the shapes are not those of this layer, naming those that are missing
     *     or too many; nothing is changed then
     * @throws IllegalStateException if a value is of a {@linkplain dev.lanewise.array.Workspace workspace's} run that is over;
     *     nothing is changed then
     */
    default void restore(Map<String, FloatArray> snapshot) {
        Trees.restore(this, snapshot);
    }
}
