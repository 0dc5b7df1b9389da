package dev.lanewise.array;

/**
 * A sum of arrays of one shape that grows in place: what a backward pass keeps for every node it has still to visit.
 *
 * <p>The first array is kept as it is, since most sums never get a second term. With the second the accumulator makes a
 * buffer of its own, and adds all later ones into that. No array that it was given, or has given out, ever changes. Made
 * and used by one thread.
 */
public final class Accumulator {

    FloatArray sum;

    /** Whether the storage of {@link #sum} is known to nobody else. */
    private boolean owned;

    /** A sum of one term so far. */
    public Accumulator(FloatArray first) {
        this.sum = first;
    }

    /**
     * Adds one more term.
     *
     * @throws IllegalArgumentException if its shape is another
     */
    public void add(FloatArray term) {
        Shapes.requireSame("accumulate", sum.shape(), term.shape());
        if (owned) {
            Elementwise.into(Elementwise.ADD, sum, term, sum.shape(), sum.data("accumulate"));
        } else {
            sum = sum.add(term);
            owned = true;
        }
    }

    /** The sum so far. The accumulator gives up its buffer with it, so that what was given out stays as it is. */
    public FloatArray value() {
        owned = false;
        return sum;
    }
}
