package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/**
 * A vector for each of {@code count} ids, which count from 0: the rows of a table, {@code count x width}. Ids come as
 * integers; as a layer among layers it also takes them as an array of whole numbers, of any shape.
 */
public final class Embedding implements Layer {

    private final Parameter table;
    private final SequencedMap<String, Parameter> parameters;

    private Embedding(FloatArray table) {
        if (table.rank() != 2) {
            throw new IllegalArgumentException("embedding: a table is count x width, not " + table.shape());
        }
        this.table = new Parameter("table", table);
        SequencedMap<String, Parameter> named = new LinkedHashMap<>();
        named.put("table", this.table);
        this.parameters = Collections.unmodifiableSequencedMap(named);
    }

    /**
     * A layer with the given table, which it shares.
     *
     * @throws IllegalArgumentException unless the table is {@code count x width}
     */
    public static Embedding of(FloatArray table) {
        return new Embedding(table);
    }

    /** A layer whose numbers come from the normal distribution of mean 0 and that deviation; BERT's is 0.02. */
    public static Embedding normal(int count, int width, float deviation, RandomGenerator random) {
        return of(FloatArray.randn(random, count, width).mul(deviation).copy()); // it outlives the run of a workspace
    }

    /** How many ids there are. */
    public int count() {
        return table.shape().dim(0);
    }

    /** The length of a vector. */
    public int width() {
        return table.shape().dim(1);
    }

    @Override
    public SequencedMap<String, Parameter> parameters() {
        return parameters;
    }

    /**
     * The vectors of a list of ids, {@code length x width}.
     *
     * @throws IllegalArgumentException for an id that the table does not have
     */
    public AdjointArray forward(int[] ids) {
        return lookUp(table.leaf(), ids, ids.length);
    }

    /**
     * The vectors of lists of ids, all of one length: {@code batch x length x width}.
     *
     * @throws IllegalArgumentException for an id that the table does not have, or lists of different lengths
     */
    public AdjointArray forward(int[]... batch) {
        return lookUp(table.leaf(), joined(batch), batch.length, lengthOf(batch));
    }

    /**
     * As {@link #forward(int[])}, with nothing recorded.
     *
     * @throws IllegalArgumentException for an id that the table does not have
     */
    public FloatArray infer(int[] ids) {
        return lookUp(AdjointArray.volatileOf(table.value()), ids, ids.length).value();
    }

    /**
     * As {@link #forward(int[]...)}, with nothing recorded.
     *
     * @throws IllegalArgumentException for an id that the table does not have, or lists of different lengths
     */
    public FloatArray infer(int[]... batch) {
        return lookUp(AdjointArray.volatileOf(table.value()), joined(batch), batch.length, lengthOf(batch))
                .value();
    }

    /**
     * The vectors of the ids that stand in an array, from its shape to {@code shape x width}. No gradient goes back to the
     * ids, but volatile ids make a volatile result.
     *
     * @throws IllegalArgumentException for a number that is not whole, or an id that the table does not have
     */
    @Override
    public AdjointArray forward(AdjointArray ids) {
        if (ids.isVolatile()) {
            return AdjointArray.volatileOf(table.value().gather(ids.value()));
        }
        float[] numbers = ids.value().toArray();
        int[] rows = new int[numbers.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) numbers[i];
            if (rows[i] != numbers[i]) {
                throw new IllegalArgumentException(
                        this + ": " + numbers[i] + " in ids of shape " + ids.shape() + " is not a whole number");
            }
        }
        return lookUp(table.leaf(), rows, ids.shape().dims());
    }

    private AdjointArray lookUp(AdjointArray leaf, int[] ids, int... shape) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= count()) {
                throw new IllegalArgumentException(
                        this + ": id " + ids[i] + " at " + i + " is not one of the " + count() + " ids");
            }
        }
        AdjointArray vectors = leaf.gather(ids);
        if (shape.length == 1) {
            return vectors;
        }
        int[] dims = Arrays.copyOf(shape, shape.length + 1);
        dims[shape.length] = width();
        return vectors.reshape(dims);
    }

    private int[] joined(int[][] batch) {
        int length = lengthOf(batch);
        int[] ids = new int[Math.multiplyExact(batch.length, length)];
        for (int i = 0; i < batch.length; i++) {
            if (batch[i].length != length) {
                throw new IllegalArgumentException(this + ": list " + i + " has " + batch[i].length
                        + " ids and list 0 has " + length + "; pad them to one length");
            }
            System.arraycopy(batch[i], 0, ids, i * length, length);
        }
        return ids;
    }

    private static int lengthOf(int[][] batch) {
        return batch.length == 0 ? 0 : batch[0].length;
    }

    @Override
    public String toString() {
        return "embedding " + count() + " to " + width();
    }
}
