package dev.lanewise.array;

/**
 * What {@link FloatArray#slice} takes of one dimension.
 *
 * <p>As in NumPy, negative positions count from the end, {@link #at} drops its axis and must exist, and the bounds of a
 * {@link #range} are clamped to the dimension, so that a range may come out empty.
 */
public sealed interface Index {

    /** The whole dimension. */
    static Index all() {
        return All.ALL;
    }

    /** One position, counted from the end if negative; the axis is dropped. */
    static Index at(int position) {
        return new At(position);
    }

    /** The positions from {@code from}, inclusive, to {@code to}, exclusive; {@link Integer#MAX_VALUE} is the end. */
    static Index range(int from, int to) {
        return new Range(from, to, 1);
    }

    /**
     * Every {@code step}-th position from {@code from}, inclusive, to {@code to}, exclusive.
     *
     * @throws IllegalArgumentException for a step below 1
     */
    static Index range(int from, int to, int step) {
        return new Range(from, to, step);
    }

    /** The whole dimension. */
    enum All implements Index {
        /** The only one there is. */
        ALL
    }

    /**
     * One position.
     *
     * @param position counted from the end if negative
     */
    record At(int position) implements Index {}

    /**
     * A range of positions.
     *
     * @param from the first, counted from the end if negative
     * @param to the first that is not taken, counted from the end if negative
     * @param step the distance, at least 1
     */
    record Range(int from, int to, int step) implements Index {

        /** Refuses a step below 1. */
        public Range {
            if (step < 1) {
                throw new IllegalArgumentException(
                        "range: from " + from + " to " + to + " in steps of " + step + ": a step is at least 1");
            }
        }
    }
}
