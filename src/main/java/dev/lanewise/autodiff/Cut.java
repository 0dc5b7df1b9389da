package dev.lanewise.autodiff;

import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.Graph.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Why no gradient reaches an array: what an array that is not tracked carries instead of a node, and what stands in an
 * operation's edges in the place of such an operand. It knows names and shapes, never arrays, so it keeps none alive.
 *
 * <p>A result that is not tracked carries the cut of the operand that decided it, so that an error or a report can name
 * the leaf where it began.
 */
final class Cut implements Node.Edge {

    static final Cut CONSTANT = new Cut(Reason.CONSTANT, null, null);
    static final Cut DETACHED = new Cut(Reason.DETACHED, null, null);
    static final Cut RECORDING_OFF = new Cut(Reason.RECORDING_OFF, null, null);
    static final Cut NO_DERIVATIVE = new Cut(Reason.NO_DERIVATIVE, null, null);

    /** Of the gradients of a first-order pass, and of numbers whose graph nobody will ask for. */
    static final Cut PASS = new Cut(Reason.VOLATILE, null, null);

    final Reason reason;
    final @Nullable Shape shape;
    private @Nullable String name;

    private Cut(Reason reason, @Nullable Shape shape, @Nullable String name) {
        this.reason = reason;
        this.shape = shape;
        this.name = name;
    }

    /** A cut of a leaf's own, which can take its name. */
    static Cut of(Reason reason, Shape shape, @Nullable String name) {
        return new Cut(reason, shape, name);
    }

    boolean isVolatile() {
        return reason == Reason.VOLATILE;
    }

    /** Of the cuts of several operands the strongest is told; of two alike the first. */
    boolean outranks(Cut other) {
        return reason.compareTo(other.reason) > 0;
    }

    @Nullable
    String name() {
        return name;
    }

    /** Names the leaf that this began at, also for the results that share this already. */
    void rename(String newName) {
        name = newName;
    }

    /** The volatile leaf, for errors. */
    @Override
    public String toString() {
        if (shape == null) {
            return "a gradient or an argument of a first-order derivative";
        }
        return (name == null ? "an unnamed volatile leaf" : "the volatile leaf '" + name + "'") + " of shape " + shape;
    }
}
