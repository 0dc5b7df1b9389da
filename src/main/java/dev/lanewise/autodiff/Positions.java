package dev.lanewise.autodiff;

import dev.lanewise.array.Shape;

/** Positions of elements, one number for each dimension, and their row-major numbers. */
final class Positions {

    private Positions() {}

    /** The position of the element with the given row-major number. */
    static int[] of(Shape shape, int number) {
        int[] position = new int[shape.rank()];
        int rest = number;
        for (int axis = position.length - 1; axis >= 0; axis--) {
            position[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return position;
    }

    /** The row-major number of the element at a position. */
    static int number(Shape shape, int[] position) {
        int number = 0;
        for (int axis = 0; axis < position.length; axis++) {
            number = number * shape.dim(axis) + position[axis];
        }
        return number;
    }

    /** A position of a shape that {@code part} broadcasts to, as a position of {@code part}. */
    static int[] within(Shape part, int[] position) {
        int[] result = new int[part.rank()];
        int lead = position.length - result.length;
        for (int axis = 0; axis < result.length; axis++) {
            result[axis] = part.dim(axis) == 1 ? 0 : position[lead + axis];
        }
        return result;
    }

    /** The same position with another number at one axis. */
    static int[] moved(int[] position, int axis, int to) {
        int[] moved = position.clone();
        moved[axis] = to;
        return moved;
    }
}
