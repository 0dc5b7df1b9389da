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
}
