package dev.lanewise.io;

/** What one call may still allocate for arrays. Also the one place that allocates them. */
final class Budget {

    private final long limit;
    private long used;

    Budget(Limits limits) {
        this.limit = limits.arrayBytes();
    }

    /**
     * Counts an array in, before it is allocated.
     *
     * @param offset the byte of the input that asks for it
     * @param elements of the array
     * @param copies how many arrays of that size stand at once before only one is left
     */
    void take(Input input, long offset, long elements, int copies) throws FormatException {
        long bytes = elements * Float.BYTES;
        if (bytes * copies > limit - used) {
            String before = used == 0 ? "" : ", with " + used + " for what came before";
            throw input.wrong(
                    offset,
                    "this needs " + bytes * copies + " bytes of heap" + before + ", and " + limit + " are allowed");
        }
        used += bytes;
    }

    /** A new array, already counted in. */
    static float[] allocate(Input input, int elements) throws FormatException {
        try {
            return new float[elements];
        } catch (OutOfMemoryError e) {
            // One large array that does not fit leaves the heap as it was. The limit keeps this from happening, unless
            // the heap is full of other things or the limit was set too high.
            FormatException wrong = input.wrong(
                    input.position(), "the heap has no room for " + elements + " elements, " + e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }
}
