package dev.lanewise.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in batches, epoch after epoch. In what order depends on the seed and the number of the epoch alone, so any epoch
 * can be had again. The last batch of an epoch may be smaller. Instances are immutable.
 *
 * <pre>{@code
 * Batches<Mail> batches = Batches.of(mails, 32).shuffled(7);
 * for (List<Mail> batch : batches.epoch(0)) { … }
 * }</pre>
 *
 * @param <T> an example
 */
public final class Batches<T> {

    private final Dataset<T> dataset;
    private final int size;
    private final boolean shuffled;
    private final long seed;
    private final boolean whole;

    private Batches(Dataset<T> dataset, int size, boolean shuffled, long seed, boolean whole) {
        this.dataset = dataset;
        this.size = size;
        this.shuffled = shuffled;
        this.seed = seed;
        this.whole = whole;
    }

    /**
     * Batches in the order of the dataset.
     *
     * @throws IllegalArgumentException unless a batch has at least one example
     */
    public static <T> Batches<T> of(Dataset<T> dataset, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("batches: a batch of " + size + " examples");
        }
        return new Batches<>(dataset, size, false, 0, false);
    }

    /** The same in another order for each epoch, from this seed. */
    public Batches<T> shuffled(long newSeed) {
        return new Batches<>(dataset, size, true, newSeed, whole);
    }

    /** The same without the examples at the end of an epoch that do not fill a batch. */
    public Batches<T> onlyWhole() {
        return new Batches<>(dataset, size, shuffled, seed, true);
    }

    /** How many batches an epoch has. */
    public int count() {
        return whole ? dataset.size() / size : Math.ceilDiv(dataset.size(), size);
    }

    /** The batches of the epoch with the given number, each made when it is asked for. They can be walked more than once. */
    public Iterable<List<T>> epoch(long number) {
        return () -> new Epoch(shuffled ? Shuffle.order(dataset.size(), seed, number) : null);
    }

    private final class Epoch implements Iterator<List<T>> {

        private final int @Nullable [] order;
        private int batch;

        Epoch(int @Nullable [] order) {
            this.order = order;
        }

        @Override
        public boolean hasNext() {
            return batch < count();
        }

        @Override
        public List<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("batches: an epoch has " + count());
            }
            int from = batch * size;
            int to = Math.min(dataset.size(), from + size);
            List<T> examples = new ArrayList<>(to - from);
            for (int i = from; i < to; i++) {
                examples.add(dataset.get(order == null ? i : order[i]));
            }
            batch++;
            return examples;
        }
    }
}
