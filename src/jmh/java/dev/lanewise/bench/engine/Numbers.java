package dev.lanewise.bench.engine;

/** Comparisons of what engines computed. */
public final class Numbers {

    private Numbers() {}

    static float[] concat(float[]... parts) {
        int length = 0;
        for (float[] part : parts) {
            length += part.length;
        }
        float[] whole = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /** The columns of a matrix as the rows of another. */
    static float[] transposed(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * rows + i] = matrix[i * columns + j];
            }
        }
        return transposed;
    }

    /**
     * Throws unless no number is further from the wanted one than that.
     *
     * @throws IllegalStateException naming the first that is
     */
    public static void requireWithin(float[] found, float[] wanted, double distance) {
        if (found.length != wanted.length) {
            throw new IllegalStateException("wrong result: " + found.length + " numbers, not " + wanted.length);
        }
        for (int i = 0; i < found.length; i++) {
            if (!(Math.abs((double) found[i] - wanted[i]) <= distance)) {
                throw new IllegalStateException("wrong result: number " + i + " is " + found[i] + ", not " + wanted[i]);
            }
        }
    }

    /**
     * Throws unless no number is further from the wanted one than the given share of the largest wanted one.
     *
     * @throws IllegalStateException naming the first that is
     */
    public static void requireClose(float[] found, double[] wanted, double share) {
        if (found.length != wanted.length) {
            throw new IllegalStateException("wrong result: " + found.length + " numbers, not " + wanted.length);
        }
        double largest = 0;
        for (double number : wanted) {
            largest = Math.max(largest, Math.abs(number));
        }
        for (int i = 0; i < found.length; i++) {
            if (!(Math.abs(found[i] - wanted[i]) <= share * largest)) {
                throw new IllegalStateException("wrong result: number " + i + " is " + found[i] + ", not " + wanted[i]);
            }
        }
    }

    /** Of floats. */
    public static void requireClose(float[] found, float[] wanted, double share) {
        double[] doubles = new double[wanted.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = wanted[i];
        }
        requireClose(found, doubles, share);
    }

    /** Whole numbers, each exactly. */
    static float[] ofInts(int[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers[i];
        }
        return floats;
    }
}
