package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How an array stands in a file: the one place that turns bytes into arrays, for every format.
 *
 * @param type of the elements
 * @param big whether the most significant byte of an element comes first
 * @param shape the lengths of the dimensions
 * @param fortran whether the first dimension is the one that runs fastest
 */
record Layout(ElementType type, boolean big, Shape shape, boolean fortran) {

    /** Dimensions that an array may have; as many as NumPy allows. */
    static final int MAX_RANK = 64;

    /** The JVM's own limit for the length of an array is a few below that of an int. */
    static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private static final int CHUNK_BYTES = 1 << 16;

    /** Elements allocated at first where only a header, which may lie, says how many will come. */
    private static final int UNSEEN = 1 << 18;

    /**
     * The shape of the given lengths, as a file states them.
     *
     * @param offset the byte of the input at which they stand
     */
    static Shape shape(Input input, long offset, long[] lengths) throws FormatException {
        if (lengths.length > MAX_RANK) {
            throw input.wrong(offset, lengths.length + " dimensions are more than " + MAX_RANK);
        }
        int[] dims = new int[lengths.length];
        boolean empty = false;
        for (int i = 0; i < dims.length; i++) {
            if (lengths[i] < 0 || lengths[i] > MAX_ELEMENTS) {
                throw input.wrong(
                        offset, "a dimension of length " + lengths[i] + " is not between 0 and " + MAX_ELEMENTS);
            }
            dims[i] = (int) lengths[i];
            empty |= dims[i] == 0;
        }
        long size = 1;
        for (int i = 0; i < dims.length && !empty; i++) {
            size *= dims[i];
            if (size > MAX_ELEMENTS) {
                String text = Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining("x"));
                throw input.wrong(offset, "shape " + text + " has more than " + MAX_ELEMENTS + " elements");
            }
        }
        return Shape.of(dims);
    }

    /** Refuses to write what reading would refuse. */
    static void checkRank(Shape shape) {
        if (shape.rank() > MAX_RANK) {
            throw new IllegalArgumentException(
                    "write: " + shape + " has " + shape.rank() + " dimensions, more than " + MAX_RANK);
        }
    }

    /** The bytes that the elements take. */
    long bytes() {
        return (long) shape.size() * type.size();
    }

    /**
     * Takes the array that makes up the rest of the input.
     *
     * @throws FormatException if the rest is longer or shorter, if an element has no float, if it is beyond the budget
     */
    FloatArray readLast(Input input, Budget budget) throws FormatException {
        long left = input.remaining();
        if (left != Input.UNKNOWN && left != bytes()) {
            throw input.wrong(
                    input.position(),
                    "shape " + shape + " of " + type + " takes " + bytes() + " bytes, but " + left + " follow");
        }
        // Two at once while an array is turned, or grows.
        boolean grows = !input.isMeasured() && shape.size() > UNSEEN;
        budget.take(input, input.position(), shape.size(), fortran || grows ? 2 : 1);
        float[] elements = read(input);
        input.end();
        if (!fortran) {
            return FloatArray.wrap(elements, shape);
        }
        int[] reversed = new int[shape.rank()];
        int[] order = new int[shape.rank()];
        for (int i = 0; i < reversed.length; i++) {
            order[i] = reversed.length - 1 - i;
            reversed[i] = shape.dim(order[i]);
        }
        return FloatArray.wrap(
                FloatArray.wrap(elements, reversed).transpose(order).toArray(), shape);
    }

    private float[] read(Input input) throws FormatException {
        int size = shape.size();
        float[] elements = Budget.allocate(input, input.isMeasured() ? size : Math.min(size, UNSEEN));
        if (input instanceof MappedInput mapped && type == ElementType.F32 && !big) {
            mapped.read(elements);
            return elements;
        }
        int perChunk = CHUNK_BYTES / type.size();
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, bytes())];
        for (int done = 0; done < size; ) {
            int some = Math.min(perChunk, size - done);
            long offset = input.position();
            input.read(chunk, some * type.size());
            if (done + some > elements.length) {
                elements = longer(input, elements, size);
            }
            int good = type.decode(chunk, big, elements, done, some);
            if (good < some) {
                throw input.wrong(offset + (long) good * type.size(), type.refusal(chunk, big, good));
            }
            done += some;
        }
        return elements;
    }

    private static float[] longer(Input input, float[] elements, int size) throws FormatException {
        float[] result = Budget.allocate(input, (int) Math.min(2L * elements.length, size));
        System.arraycopy(elements, 0, result, 0, elements.length);
        return result;
    }
}
