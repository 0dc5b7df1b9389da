package dev.lanewise.kernel;

/**
 * Loops that fold many numbers into one, or many rows into one row.
 *
 * <p>The order in which numbers are combined is part of the contract: it depends on the length alone, never on lane
 * width, alignment or implementation, so every machine gives the same bits:
 *
 * <ul>
 *   <li>A run of at most {@value #BLOCK} numbers is a block: its element {@code i} is added to partial sum
 *       {@code i mod 64}, in the order of {@code i}, each partial sum p starting from +0. These become 16 sums
 *       {@code s[j] = (p[j] + p[j + 32]) + (p[j + 16] + p[j + 48])}, those four quads
 *       {@code q[k] = (s[4k] + s[4k + 2]) + (s[4k + 1] + s[4k + 3])}, and those {@code (q[0] + q[1]) + (q[2] + q[3])}.
 *   <li>A longer run is cut after {@link #leftOf}, the largest {@code BLOCK * 2^k} short of its length, and the sums of
 *       both parts are added.
 *   <li>Of rows, a block has at most {@value #ROW_BLOCK}; its row {@code i} goes to partial sum {@code i mod 4}, folded
 *       as {@code (p0 + p2) + (p1 + p3)}; more rows are cut in the same way.
 * </ul>
 *
 * The error of a sum of n numbers is so at most {@code (71 + log2(n / 4096)) * 2^-24} of the sum of their magnitudes.
 *
 * <p>Runs are contiguous, as in {@link ElementwiseKernels}; {@code n} may be 0 where a value for it is stated.
 * The output of {@code softmax} and {@code logSoftmax} may be the very run they read.
 */
public interface ReductionKernels {

    /** Partial sums of a block of a run. */
    int PARTIALS = 64;

    /** Numbers in a block of a run. */
    int BLOCK = 4096;

    /** Partial sums of a block of rows. */
    int ROW_PARTIALS = 4;

    /** Rows in a block of rows. */
    int ROW_BLOCK = 256;

    /** Where {@code n > block} numbers or rows are cut in two: after the largest {@code block * 2^k} below n. */
    static int leftOf(int n, int block) {
        return block * Integer.highestOneBit((n - 1) / block);
    }

    /** The sum of {@code n} numbers; 0 for none. */
    float sum(int n, float[] x, int xo);

    /** The largest of {@code n >= 1} numbers; NaN if any is NaN, and -0 below +0. */
    float max(int n, float[] x, int xo);

    /** The smallest of {@code n >= 1} numbers; NaN if any is NaN, and -0 below +0. */
    float min(int n, float[] x, int xo);

    /**
     * The index, counted from {@code xo}, of the first largest of {@code n >= 1} numbers, or of the first NaN. Here -0
     * equals +0.
     */
    int argmax(int n, float[] x, int xo);

    /** The sum of {@code a[i] * b[i]}, each product fused into its partial sum; 0 for none. */
    float dot(int n, float[] a, int ao, float[] b, int bo);

    /** The sum of {@code (x[i] - center)^2}, each square fused into its partial sum; 0 for none. */
    float sumSquares(int n, float[] x, int xo, float center);

    /**
     * {@code ln(sum of e^x[i])} without overflow; negative infinity for none or for nothing but negative infinities, NaN
     * where any is NaN, else positive infinity where any is.
     */
    float logSumExp(int n, float[] x, int xo);

    /**
     * {@code y[i] = e^x[i] / sum of e^x[j]} without overflow: {@code e^(x[i] - max)}, times the reciprocal of their sum.
     * All NaN where x has a NaN or a positive infinity, or nothing but negative infinities.
     */
    void softmax(int n, float[] x, int xo, float[] y, int yo);

    /**
     * {@code y[i] = x[i] - logSumExp(x)}, worked out as {@code (x[i] - max) - ln(sum of e^(x[j] - max))}, which loses
     * nothing where max is large. All NaN where {@link #softmax} is.
     */
    void logSoftmax(int n, float[] x, int xo, float[] y, int yo);

    /**
     * {@code 0 - logSoftmax(x)[label]} for {@code 0 <= label < n}, to the bit, without writing the others: {@code ln(sum of
     * e^(x[i] - max)) - (x[label] - max)}. NaN where {@link #softmax} is.
     */
    float crossEntropy(int n, float[] x, int xo, int label);

    /**
     * Sums down the columns: {@code y[j] = sum over i of x[xo + i * rowStride + j]} for {@code j < n}, zeros for no rows.
     * y does not overlap x.
     */
    void sumRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);

    /** The largest of each column, {@code rows >= 1}; NaN where any is NaN. */
    void maxRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);

    /** The smallest of each column, {@code rows >= 1}; NaN where any is NaN. */
    void minRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);
}
