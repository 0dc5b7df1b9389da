package dev.lanewise.bench.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A product to compute, {@code C = A·B}, once or for each of a batch: sizes, layout and numbers. All matrices are
 * row-major and dense; a transposed operand is stored as its transpose.
 *
 * @param batch how many products, 1 for a plain one
 * @param m rows of A and C
 * @param n columns of B and C
 * @param k columns of A, rows of B
 * @param transposedA whether {@code a} holds k x m
 * @param transposedB whether {@code b} holds n x k
 * @param a A's numbers, the batch one after the other
 * @param b B's numbers
 */
public record Product(int batch, int m, int n, int k, boolean transposedA, boolean transposedB, float[] a, float[] b) {

    /** How many rows of C are checked, spread evenly. */
    private static final int CHECKED_ROWS = 16;

    /**
     * Random numbers in [-0.5, 0.5).
     *
     * @param shape {@code MxNxK}, or {@code BxMxNxK} for a batch
     * @param layout {@code NN}, {@code NT}, {@code TN} or {@code TT}: T for an operand stored as its transpose
     */
    public static Product random(String shape, String layout) {
        int[] sizes =
                Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
        int batch = sizes.length == 4 ? sizes[0] : 1;
        int m = sizes[sizes.length - 3];
        int n = sizes[sizes.length - 2];
        int k = sizes[sizes.length - 1];
        SplittableRandom random = new SplittableRandom(1);
        float[] a = random(random, batch * m * k);
        float[] b = random(random, batch * k * n);
        return new Product(batch, m, n, k, layout.charAt(0) == 'T', layout.charAt(1) == 'T', a, b);
    }

    private static float[] random(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble() - 0.5f;
        }
        return numbers;
    }

    /** How many numbers C has, over the whole batch. */
    public int outputs() {
        return batch * m * n;
    }

    /** Between rows of A as stored. */
    public int lda() {
        return transposedA ? m : k;
    }

    /** Between rows of B as stored. */
    public int ldb() {
        return transposedB ? k : n;
    }

    /** Throws unless neither operand is transposed: for engines of which only that case is measured. */
    public void requirePlain() {
        if (transposedA || transposedB) {
            throw new IllegalArgumentException("this engine is measured on untransposed operands only");
        }
    }

    /**
     * Compares rows of C with sums in double. However a float product orders its sum, an element is off by at most
     * {@code g(k + 1)} times the sum of {@code |A[i,p] * B[p,j]|}, {@code g(j) = j * u / (1 - j * u)}, {@code u = 2^-24}
     * (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1).
     *
     * @throws IllegalStateException if an element is further off
     */
    public void check(float[] c) {
        if (c.length != outputs()) {
            throw new IllegalStateException("the product has " + c.length + " numbers, not " + outputs());
        }
        double u = 0x1p-24;
        double bound = (k + 1) * u / (1 - (k + 1) * u);
        int rows = batch * m;
        int checked = Math.min(rows, CHECKED_ROWS);
        for (int r = 0; r < checked; r++) {
            int row = checked == 1 ? 0 : (int) ((long) r * (rows - 1) / (checked - 1));
            checkRow(c, row / m, row % m, bound);
        }
    }

    private void checkRow(float[] c, int matrix, int i, double bound) {
        double[] sums = new double[n];
        double[] sizes = new double[n];
        int aStart = matrix * m * k + (transposedA ? i : i * k);
        int bStart = matrix * k * n;
        for (int p = 0; p < k; p++) {
            double x = a[aStart + p * (transposedA ? m : 1)];
            for (int j = 0; j < n; j++) {
                double term = x * b[bStart + (transposedB ? j * k + p : p * n + j)];
                sums[j] += term;
                sizes[j] += Math.abs(term);
            }
        }
        for (int j = 0; j < n; j++) {
            float found = c[(matrix * m + i) * n + j];
            if (!(Math.abs(found - sums[j]) <= bound * sizes[j])) {
                throw new IllegalStateException("wrong product: element (%d, %d) of matrix %d is %s, not %s"
                        .formatted(i, j, matrix, found, sums[j]));
            }
        }
    }
}
