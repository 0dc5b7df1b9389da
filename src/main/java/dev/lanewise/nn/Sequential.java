package dev.lanewise.nn;

import dev.lanewise.autodiff.AdjointArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Layers one after the other, each by name. Building it gives every parameter within its dotted path here as its name.
 */
public final class Sequential implements Layer {

    private final SequencedMap<String, Layer> children;

    private Sequential(SequencedMap<String, Layer> children) {
        this.children = Collections.unmodifiableSequencedMap(children);
        nameParameters();
    }

    /** The given layers, named by their places: {@code 0}, {@code 1}, … */
    public static Sequential of(Layer... layers) {
        Builder builder = builder();
        for (int i = 0; i < layers.length; i++) {
            builder.add(Integer.toString(i), layers[i]);
        }
        return builder.build();
    }

    /** The way to give layers names of their own. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return children;
    }

    /**
     * {@inheritDoc} The message of an exception begins with the path of the layer that the input did not fit.
     */
    @Override
    public AdjointArray forward(AdjointArray x) {
        AdjointArray current = x;
        for (Map.Entry<String, Layer> child : children.entrySet()) {
            try {
                current = child.getValue().forward(current);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(child.getKey() + ": " + e.getMessage(), e);
            }
        }
        return current;
    }

    @Override
    public String toString() {
        return children.entrySet().stream()
                .map(child -> child.getKey() + ": " + child.getValue())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Collects named layers. */
    public static final class Builder {

        private final SequencedMap<String, Layer> layers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a layer at the end.
         *
         * @return this
         * @throws IllegalArgumentException for a name that is empty, has a dot, or is taken
         */
        public Builder add(String name, Layer layer) {
            if (name.isEmpty() || name.indexOf('.') >= 0) {
                throw new IllegalArgumentException("sequential: '" + name + "' cannot name a layer: "
                        + "a name is not empty and has no dot, which separates names in a path");
            }
            Objects.requireNonNull(layer, "sequential: there is no layer");
            if (layers.putIfAbsent(name, layer) != null) {
                throw new IllegalArgumentException("sequential: two layers have the name '" + name + "'");
            }
            return this;
        }

        /** The layers so far, one after the other. */
        public Sequential build() {
            return new Sequential(new LinkedHashMap<>(layers));
        }
    }
}
