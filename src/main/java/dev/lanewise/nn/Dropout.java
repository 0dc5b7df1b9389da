package dev.lanewise.nn;

import dev.lanewise.autodiff.AdjointArray;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sets each element to 0 with a probability, and scales the others up so that the expected value stays, for inputs of any
 * shape (Srivastava and others, <i>Dropout</i>, 2014); but only in train mode, and never where the input is volatile.
 *
 * <p>What is dropped depends on the layer's seed, on how many passes in train mode it has made, and on the element's
 * position: not on threads, nor on what other layers draw. {@link Layer#atStep} sets the number of passes, so that training
 * that is resumed goes on with the same noise. A function under {@code Gradients.checkpoint} runs twice, so this layer would
 * drop other elements the second time, which is found and refused: call {@code x.dropout(rate, seed)} there.
 */
public final class Dropout implements Layer {

    /** How many passes a step has to itself: far more than one makes. */
    private static final int BITS_OF_PASSES = 20;

    private final float rate;
    private final long seed;
    private final AtomicLong passes = new AtomicLong();
    private volatile boolean training = true;

    /**
     * A layer with the given rate. Take another seed for each.
     *
     * @throws IllegalArgumentException unless the rate is from 0 to 1
     */
    public Dropout(float rate, long seed) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("dropout: a rate of " + rate + " is not from 0 to 1");
        }
        this.rate = rate;
        // Hashed, or the second pass with a seed would be the first with the next seed.
        this.seed = new SplittableRandom(seed).nextLong();
    }

    /** The probability with which an element is dropped. */
    public float rate() {
        return rate;
    }

    @Override
    public void onMode(boolean train) {
        training = train;
    }

    @Override
    public void onStep(long step) {
        passes.set(step << BITS_OF_PASSES);
    }

    @Override
    public AdjointArray forward(AdjointArray x) {
        if (rate == 0 || !training || x.isVolatile()) {
            return x;
        }
        // Hashed once more, so that nothing hangs on how x.dropout draws its numbers from neighbouring seeds.
        return x.dropout(rate, new SplittableRandom(seed + passes.getAndIncrement()).nextLong());
    }

    @Override
    public String toString() {
        return "dropout " + rate;
    }
}
