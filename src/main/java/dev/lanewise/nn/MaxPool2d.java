package dev.lanewise.nn;

import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import dev.lanewise.autodiff.AdjointArray;

/**
 * The largest element that a window sees in each of its places: from {@code … x height x width} to
 * {@code … x down x right}. The window moves on by 1 where it has no stride: {@code Window.of(2, 2).stride(2)} halves both.
 */
public final class MaxPool2d implements Layer {

    private final Window window;

    /** A layer with the given window. */
    public MaxPool2d(Window window) {
        this.window = window;
    }

    @Override
    public AdjointArray forward(AdjointArray x) {
        if (x.rank() < 2) {
            throw new IllegalArgumentException(
                    this + ": the input has shape " + x.shape() + ", not ... x height x width");
        }
        requireRoom(this, window, x.shape());
        return x.maxPool2d(window);
    }

    static void requireRoom(Layer layer, Window window, Shape shape) {
        if (window.rows().places(shape.dim(-2)) == 0 || window.columns().places(shape.dim(-1)) == 0) {
            throw new IllegalArgumentException(
                    layer + ": the window does not fit into an input of shape " + shape + " once");
        }
    }

    @Override
    public String toString() {
        return "maxPool2d, " + window;
    }
}
