package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;

/**
 * Something whose value is replaced while it is trained: what an optimizer needs to know of a parameter.
 *
 * <p>Values are immutable, so an update does not write into the array: it puts a new leaf in the place of the old one.
 * Whoever still holds the old leaf, or a graph built on it, sees the old numbers; a backward pass over such a graph is
 * refused, if the old leaf was told of its successor ({@link AdjointArray#replacedBy}).
 */
public interface Trainable {

    /** The name, for messages. */
    String name();

    /** The leaf in force now. */
    AdjointArray leaf();

    /**
     * Puts a leaf with this value, the same flags and no gradient in the place of the present one. Throws
     * {@link IllegalArgumentException} for a value of another shape.
     */
    void update(FloatArray value);

    /** Whether it takes part in training now: whether its leaf requires grad. */
    default boolean isTrainable() {
        return leaf().requiresGrad();
    }
}
