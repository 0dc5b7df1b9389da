package dev.lanewise.kernel;

/**
 * Loops that fold many numbers into one, or many rows into one row.
 *
 * <p>The order in which numbers are combined is part of the contract: it depends on the length alone, never on lane
 * width, alignment or implementation, so every machine gives the same bits. A run is summed in 64 interleaved partial
 * sums (element {@code i} of a block goes to partial sum {@code i mod 64}), the partial sums of a block are folded in a
 * fixed tree, and blocks are combined pairwise; the error of a sum therefore grows with the logarithm of its length.
 *
 * <p>Runs are contiguous, as in {@link ElementwiseKernels}; {@code n} may be 0 where a value for it is stated.
 */
public interface ReductionKernels {

    /** The sum of {@code n} numbers; 0 for none. */
    float sum(int n, float[] x, int xo);

    /** The largest of {@code n >= 1} numbers; NaN if any is NaN. */
    float max(int n, float[] x, int xo);

    /** The smallest of {@code n >= 1} numbers; NaN if any is NaN. */
    float min(int n, float[] x, int xo);

    /** The index, counted from {@code xo}, of the first largest of {@code n >= 1} numbers, or of the first NaN. */
    int argmax(int n, float[] x, int xo);

    /** The sum of {@code a[i] * b[i]}, each product fused into its partial sum; 0 for none. */
    float dot(int n, float[] a, int ao, float[] b, int bo);

    /** The sum of {@code (x[i] - center)^2}, each square fused into its partial sum; 0 for none. */
    float sumSquares(int n, float[] x, int xo, float center);

    /** {@code ln(sum of e^x[i])} without overflow; negative infinity for none or for nothing but negative infinities. */
    float logSumExp(int n, float[] x, int xo);

    /** {@code y[i] = e^x[i] / sum of e^x[j]} without overflow. */
    void softmax(int n, float[] x, int xo, float[] y, int yo);

    /** {@code y[i] = x[i] - logSumExp(x)}. */
    void logSoftmax(int n, float[] x, int xo, float[] y, int yo);

    /**
     * Sums down the columns: {@code y[j] = sum over i of x[xo + i * rowStride + j]} for {@code j < n}, zeros for no rows.
     * Rows are added in sequence within fixed blocks, blocks pairwise.
     */
    void sumRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);

    /** The largest of each column, {@code rows >= 1}; NaN where any is NaN. */
    void maxRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);

    /** The smallest of each column, {@code rows >= 1}; NaN where any is NaN. */
    void minRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo);
}
