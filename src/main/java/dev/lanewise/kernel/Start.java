package dev.lanewise.kernel;

/**
 * How far a loop is in a program that has just started. Until the vectors of a loop are compiled, each of them is an object, and the
 * first of all loads and links hundreds of classes; so the plain loop computes first. As both give the same bits, nobody sees which it
 * was.
 *
 * <p>A costly loop practises meanwhile: the vector loop runs on small pieces that nobody sees. Whether it is compiled is told by
 * the clock: then a piece takes less time for its work than the plain loop ever did. A cheap loop does not, for what C2 makes of
 * it depends on the lengths that it has seen, and those should be the program's own: after a while the vectors have it, and
 * are compiled by being called.
 *
 * <p>Threads may meet here: they may lose counts, and practise twice.
 */
public final class Start {

    /** Before, the plain loop may be interpreted, too, and what is slow may be the faster of two slow ones. */
    private static final int LEAST = Exercise.SHORT;

    /** After so many calls HotSpot has compiled whatever it meets in each, or never will: then the vectors have it. */
    private static final int ENOUGH = 6_000;

    /** Pieces are shorter: of a vector or a few, with rests of all lengths. What is compiled by being called need not be long. */
    private static final int LENGTHS = 36;

    private final int share;
    private final long ahead;
    private boolean over;
    private double fastest = Double.MAX_VALUE;
    private long plainNanos;
    private long practiceNanos;
    private int turn;

    /**
     * Of one loop.
     *
     * @param share practice may take the {@code share}th part of the time that the plain loop takes
     * @param ahead nanoseconds of the plain loop before the first piece, so that what is over soon does without
     */
    public Start(int share, long ahead) {
        this.share = share;
        this.ahead = ahead;
    }

    /** A loop of one operand, as those of {@link ElementwiseKernels}. */
    @FunctionalInterface
    public interface Unary {

        /** From a run to one of the same length. */
        void run(int n, float[] x, int xo, float[] y, int yo);
    }

    /** A loop of two operands, as those of {@link ElementwiseKernels}. */
    @FunctionalInterface
    public interface Binary {

        /** From two runs to one. */
        void run(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);
    }

    /** A loop that makes one number of a run, as those of {@link ReductionKernels}. */
    @FunctionalInterface
    public interface Fold {

        /** From a run to a number. */
        float run(int n, float[] x, int xo);
    }

    /** Whether the vectors have it. */
    public boolean isOver() {
        return over;
    }

    /** From now on the vectors have it. */
    public void end() {
        over = true;
    }

    /** The plain loop of a costly one; and some practice, on the first numbers of the run. */
    public void run(Unary vectors, Unary plain, int n, float[] x, int xo, float[] y, int yo) {
        long before = System.nanoTime();
        plain.run(n, x, xo, y, yo);
        practise(System.nanoTime() - before, n, turn -> {
            int length = Math.min(n, turn % LENGTHS);
            vectors.run(length, x, xo, new float[length], 0);
            return length;
        });
    }

    /** The plain loop of a cheap one. */
    public void run(Unary plain, int n, float[] x, int xo, float[] y, int yo) {
        long before = System.nanoTime();
        plain.run(n, x, xo, y, yo);
        pass(System.nanoTime() - before);
    }

    /** The plain loop of a cheap one. */
    public void run(
            Binary plain, int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        long before = System.nanoTime();
        plain.run(n, a, ao, aStep, b, bo, bStep, y, yo);
        pass(System.nanoTime() - before);
    }

    /** What the plain loop of a cheap one makes of the run. */
    public float run(Fold plain, int n, float[] x, int xo) {
        long before = System.nanoTime();
        float result = plain.run(n, x, xo);
        pass(System.nanoTime() - before);
        return result;
    }

    /** Counts the time of the plain loop of a cheap one. */
    void pass(long nanos) {
        plainNanos += nanos;
        if (plainNanos >= ahead) {
            over = true;
        }
    }

    /** Practises for a part of the time that the plain loop took for so much work. */
    void practise(long nanos, long work, KernelProvider.Practice practice) {
        plainNanos += nanos;
        if (work > 0) {
            fastest = Math.min(fastest, (double) nanos / work);
        }
        while (!over && practiceNanos * share + ahead <= plainNanos) {
            long start = System.nanoTime();
            long done = practice.run(turn++);
            long took = System.nanoTime() - start;
            practiceNanos += took;
            if (turn >= LEAST && took < fastest * done || turn >= ENOUGH) {
                over = true; // never taken back
            }
        }
    }
}
