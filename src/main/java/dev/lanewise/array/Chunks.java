package dev.lanewise.array;

/**
 * Runs loops over numbers by more threads, where a scope lends some and there are enough numbers. What a loop makes of a
 * number depends neither on where a chunk begins nor on who computes it, so the bits are the same for any number of threads.
 */
final class Chunks {

    /**
     * The work of a number, in the multiply-adds by which {@link Crew} counts: of what goes through the second cache, about
     * the time of so many.
     */
    static final int WORK = 16;

    /** Chunks are of whole cache lines, so that two threads write to one line at most where their chunks meet. */
    private static final int UNIT = 16;

    /** They even out what one thread loses to other programs. */
    private static final int CHUNKS_PER_THREAD = 4;

    private Chunks() {}

    /** A loop over some of the numbers, or of the rows. */
    @FunctionalInterface
    interface Loop {
        void run(int from, int count);
    }

    /** Whether n numbers are worth another thread, here and now. */
    static boolean areWorthIt(int n) {
        return Crew.here((long) WORK * n) != null;
    }

    /** The loop over n numbers. */
    static void run(int n, Loop loop) {
        run(n, UNIT, (long) WORK * n, loop);
    }

    /** The loop over rows of so many numbers each, which are not cut. */
    static void rows(int rows, int numbers, Loop loop) {
        run(rows, 1, (long) WORK * rows * numbers, loop);
    }

    private static void run(int n, int unit, long work, Loop loop) {
        Crew crew = Crew.here(work);
        if (crew == null) {
            loop.run(0, n);
            return;
        }
        int threads = crew.muster(work);
        long units = Math.ceilDiv(n, unit); // n + unit - 1 may be more than an int holds
        int parts = threads == 1 ? 1 : (int) Math.min(units, (long) threads * CHUNKS_PER_THREAD);
        crew.run(threads, parts, part -> {
            int from = cut(part, parts, units, unit, n);
            loop.run(from, cut(part + 1, parts, units, unit, n) - from);
        });
    }

    private static int cut(int part, int parts, long units, int unit, int n) {
        return (int) Math.min(n, units * part / parts * unit);
    }
}
