package dev.lanewise.kernel;

/**
 * The general matrix product {@code C = alpha * A * B + beta * C}, once or for a batch.
 *
 * <p>A is {@code m x k}, B is {@code k x n}, C is {@code m x n}. Element {@code (i, j)} of A stands at
 * {@code ao + i * aRow + j * aColumn}, likewise B; any strides are allowed (0 and negative too), so transposed, sliced
 * and broadcast operands need no copy. Rows of C are contiguous and {@code cRow} apart, {@code cRow >= n}. C overlaps
 * neither operand.
 *
 * <p>With {@code beta == 0} C is written and never read, so what stood there, NaN included, does not matter. With
 * {@code k == 0} the product is zero. Any dimension may be 0.
 *
 * <p>Every element of C is one chain of fused multiply-adds in the order of {@code k}: it starts as {@code beta * C} (or
 * as 0) and takes {@code fma(alpha * A[i,p], B[p,j], sum)} for each {@code p}, {@code alpha * A} rounded first.
 *
 * <p>There is one exception, {@link #isOfDots}: of a product by one column ({@code n == 1}), where rows of A are contiguous
 * ({@code aColumn == 1}) and not shorter than the {@value ReductionKernels#PARTIALS} partial sums of a dot product, element i
 * is {@code fma(alpha, dot, beta * C)}, or {@code alpha * dot} with {@code beta == 0}, where {@code dot} is the
 * {@link ReductionKernels#dot} of row i and the column, in the order stated there. A vector of lanes reads such a row
 * as fast as memory gives it; a chain would need the matrix transposed.
 *
 * <p>No implementation regroups either, so the bits depend neither on lane width, blocking, the number of rows computed
 * together nor on how the work is split over threads: the same row gives the same result alone and in any batch. Nor do
 * they depend on strides, but for a product by one column on whether {@code aColumn} is 1. Who cuts a product of more
 * columns must not cut off a single one.
 *
 * <p>The error of an element is at most {@code g(d + 2) * (|beta * C| + sum of |alpha * A[i,p] * B[p,j]|)} with
 * {@code g(j) = j * u / (1 - j * u)} and {@code u = 2^-24} (Higham, "Accuracy and Stability of Numerical Algorithms",
 * sections 3.1 and 4.2), as long as nothing overflows or becomes subnormal. Here {@code d} is k for a chain; for a dot it is
 * {@code min(k, 71 + log2(k / 4096))}.
 */
public interface GemmKernels {

    /** Whether the elements of a product are dots and no chains. */
    static boolean isOfDots(int n, int k, int aColumn) {
        return n == 1 && aColumn == 1 && k >= ReductionKernels.PARTIALS;
    }

    /** Refuses to pack a single column. */
    static void requireNoColumn(int n) {
        if (n == 1) {
            throw new IllegalArgumentException("pack: a single column is read where it lies");
        }
    }

    /**
     * What happens to the elements of C when they are final: called with blocks of C while these are in the cache, any number
     * of times, each element in one of them.
     */
    @FunctionalInterface
    interface Epilogue {

        /** Nothing. */
        Epilogue NONE = (row, column, rows, columns) -> {};

        /** The block of that many rows and columns whose first element is {@code (row, column)} is final. */
        void block(int row, int column, int rows, int columns);
    }

    /** One product. */
    default void gemm(
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bRow,
            int bColumn,
            float beta,
            float[] c,
            int co,
            int cRow) {
        gemm(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, cRow, Epilogue.NONE);
    }

    /** One product, and what is done with it: an addend for each column, say. */
    void gemm(
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bRow,
            int bColumn,
            float beta,
            float[] c,
            int co,
            int cRow,
            Epilogue epilogue);

    /** A second operand in the order in which the kernels that packed it read it: a copy, on storage of its own. */
    interface Packed {

        /** Its rows. */
        int k();

        /** Its columns. */
        int n();
    }

    /**
     * Whether a B that is the same for many products of that size is better packed: it is read from end to end then.
     * A single column never is.
     */
    boolean gainsFromPacking(int m, int n, int k);

    /**
     * Packs a B, which is {@code k x n}, once for any number of products; takes as much memory as B, off the heap or on it.
     *
     * @throws IllegalArgumentException if {@code n == 1}
     */
    Packed pack(int n, int k, float[] b, int bo, int bRow, int bColumn);

    /**
     * One product by a B that these kernels packed: the same bits as with B as it was.
     *
     * @throws ClassCastException if others packed it
     */
    void gemm(
            int m,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            int aColumn,
            Packed b,
            float beta,
            float[] c,
            int co,
            int cRow,
            Epilogue epilogue);

    /**
     * {@code batch} products; operand {@code i} of each kind starts {@code i} times its batch stride after the first.
     * A batch stride of 0 shares one operand among all products; C's is at least {@code m * cRow}.
     */
    void gemmBatch(
            int batch,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aBatch,
            int aRow,
            int aColumn,
            float[] b,
            int bo,
            int bBatch,
            int bRow,
            int bColumn,
            float beta,
            float[] c,
            int co,
            int cBatch,
            int cRow);
}
