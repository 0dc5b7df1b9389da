package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernel.GemmCase.Layout;
import dev.lanewise.kernel.scalar.ScalarKernels;
import dev.lanewise.kernel.vector.VectorKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Both implementations of the matrix product, over sizes around every block's edge and every kind of stride. */
class GemmKernelsTest {

    private static final List<GemmKernels> BOTH = List.of(new ScalarKernels().gemm(), new VectorKernels().gemm());

    /** 0 and 1, and sizes around the heights and widths of tiles for 4, 8 and 16 lanes. */
    private static final int[] SIZES = {0, 1, 3, 4, 5, 8, 9, 12, 13, 15, 16, 17, 24, 25, 31, 32, 33, 47, 64, 67};

    private static final Layout SLICED = new Layout(false, 3, 2, false, false, false);
    private static final Layout SLICED_TRANSPOSED = new Layout(true, 2, 1, false, false, false);
    private static final Layout REVERSED = new Layout(false, -1, 0, false, false, false);
    private static final Layout PADDED = new Layout(false, 1, 5, false, false, false);
    private static final Layout REPEATED_ROWS = new Layout(false, 1, 0, true, false, false);
    private static final Layout REPEATED_COLUMNS = new Layout(true, 1, 0, false, true, false);
    private static final Layout ONE_NUMBER = new Layout(false, 1, 0, true, true, false);

    private static final List<Layout> LAYOUTS = List.of(
            Layout.PLAIN,
            Layout.TRANSPOSED,
            SLICED,
            SLICED_TRANSPOSED,
            REVERSED,
            PADDED,
            REPEATED_ROWS,
            REPEATED_COLUMNS,
            ONE_NUMBER);

    private static void check(GemmCase product) {
        for (GemmKernels kernels : BOTH) {
            product.check(kernels);
        }
    }

    @Test
    void everySmallShape() {
        for (int m : SIZES) {
            for (int n : SIZES) {
                for (int k : SIZES) {
                    check(GemmCase.of(m, n, k));
                    check(GemmCase.of(m, n, k).factors(1, 1));
                }
            }
        }
    }

    @Test
    void everyPairOfLayouts() {
        int[][] shapes = {
            {13, 33, 40},
            {5, 19, 300},
            {70, 50, 90},
            {1, 40, 30},
            {40, 1, 30},
            {41, 1, 130},
            {1, 40, 130},
            {1, 1, 70},
            {2, 100, 7},
            {33, 34, 1},
            {130, 100, 130},
            {29, 257, 257}
        };
        for (int[] s : shapes) {
            for (Layout a : LAYOUTS) {
                for (Layout b : LAYOUTS) {
                    check(GemmCase.of(s[0], s[1], s[2]).layouts(a, b).factors(1, 1));
                    check(GemmCase.of(s[0], s[1], s[2]).layouts(a, b).factors(-0.7f, 0));
                }
            }
        }
    }

    @Test
    void aColumnByRowsAroundTheBlocksOfADotProduct() {
        for (int k : new int[] {63, 64, 65, 79, 80, 127, 128, 129, 1000, 4095, 4096, 4097, 4100, 8193, 20_000}) {
            for (int m : new int[] {1, 2, 3, 4, 5, 9}) {
                for (Layout a : List.of(Layout.PLAIN, PADDED, REPEATED_ROWS, SLICED, Layout.TRANSPOSED)) {
                    check(GemmCase.of(m, 1, k).layouts(a, Layout.PLAIN));
                    check(GemmCase.of(m, 1, k).layouts(a, SLICED).factors(-0.7f, 0.3f));
                }
            }
        }
        check(GemmCase.of(5, 1, 70_000).layouts(Layout.PLAIN, SLICED)); // more than the scratch memory holds
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aColumnOfAnyNumbersByTwins(@ForAll long seed, @ForAll Twins.Fill fill) {
        Random random = new Random(seed);
        int m = 1 + random.nextInt(12);
        int k = 64 + random.nextInt(random.nextInt(8) == 0 ? 9000 : 200);
        int aRow = k + random.nextInt(4);
        int bRow = random.nextInt(4) - 1;
        int cRow = 1 + random.nextInt(2);
        int at = random.nextInt(9);
        float alpha = new float[] {1, 0, -1, -0.7f, Float.NaN}[random.nextInt(5)];
        float beta = new float[] {0, 1, -1, 0.3f, Float.POSITIVE_INFINITY}[random.nextInt(5)];
        float[] a = fill.run(at + m * aRow, seed);
        float[] b = fill.run(at + 2 * k, seed + 1);
        float[] c = fill.run(at + m * cRow, seed + 2);
        if (random.nextInt(3) == 0) { // all products vanish, most with a minus sign
            Arrays.fill(a, -Float.MIN_VALUE);
            Arrays.fill(b, random.nextInt(2) * Float.MIN_VALUE);
            Arrays.fill(c, -0f);
        }
        int bo = bRow < 0 ? at + k : at;
        float[] expected = c.clone();
        BOTH.get(0).gemm(m, 1, k, alpha, a, at, aRow, 1, b, bo, bRow, 7, beta, expected, at, cRow);
        BOTH.get(1).gemm(m, 1, k, alpha, a, at, aRow, 1, b, bo, bRow, 7, beta, c, at, cRow);
        assertArrayEquals(expected, c);
        if (bRow == 1 && alpha == 1 && beta == 0) {
            for (int i = 0; i < m; i++) {
                float dot = Twins.VECTOR.reductions().dot(k, a, at + i * aRow, b, bo);
                assertEquals(dot, c[at + i * cRow]);
            }
        }
    }

    /** A row alone, among any others, and in a batch. */
    @Test
    void aRowByAColumnIsTheSameInAnyCompany() {
        int m = 23;
        for (int k : new int[] {17, 64, 100, 4500}) {
            float[] a = random(m * k);
            float[] b = random(k);
            for (GemmKernels kernels : BOTH) {
                float[] all = new float[m];
                kernels.gemm(m, 1, k, 1, a, 0, k, 1, b, 0, 1, 1, 0, all, 0, 1);
                for (int from = 0; from < m; from++) {
                    for (int rows = 1; rows <= Math.min(6, m - from); rows++) {
                        float[] some = new float[rows];
                        kernels.gemm(rows, 1, k, 1, a, from * k, k, 1, b, 0, 1, 1, 0, some, 0, 1);
                        assertArrayEquals(Arrays.copyOfRange(all, from, from + rows), some);
                    }
                }
                float[] each = new float[m];
                kernels.gemmBatch(m, 1, 1, k, 1, a, 0, k, k, 1, b, 0, 0, 1, 1, 0, each, 0, 1, 1);
                assertArrayEquals(all, each);
            }
        }
    }

    /** Whatever the order of the terms: NaN where one is NaN or both infinities meet, else an infinity that is there. */
    @Test
    void notANumberAndInfinitiesArriveWhereTheyBelongAndNowhereElse() {
        for (int[] s : new int[][] {{3, 5, 4}, {1, 40, 30}, {13, 33, 40}, {130, 150, 300}}) {
            int m = s[0];
            int n = s[1];
            int k = s[2];
            float[] a = new float[m * k];
            float[] b = new float[k * n];
            Arrays.fill(a, 0.5f);
            Arrays.fill(b, -2f);
            a[(m - 1) * k + 1] = Float.NaN;
            a[k - 1] = Float.POSITIVE_INFINITY;
            b[2] = Float.NEGATIVE_INFINITY;
            b[n + 3] = Float.POSITIVE_INFINITY;
            for (GemmKernels kernels : new GemmKernels[] {Twins.SCALAR.gemm(), Twins.VECTOR.gemm()}) {
                float[] c = new float[m * n];
                kernels.gemm(m, n, k, 1, a, 0, k, 1, b, 0, n, 1, 0, c, 0, n);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        double expected = 0;
                        for (int p = 0; p < k; p++) {
                            expected += (double) a[i * k + p] * b[p * n + j];
                        }
                        assertEquals(expected, c[i * n + j], 0, i + ", " + j + " of " + m + "x" + n + "x" + k);
                    }
                }
            }
        }
    }

    @Test
    void aroundTheBlocksAlongK() {
        for (int k : new int[] {255, 256, 257, 271, 272, 273, 511, 512, 513, 700}) {
            for (int m : new int[] {1, 7, 12, 29, 130}) {
                for (int n : new int[] {1, 16, 33, 100}) {
                    for (float beta : new float[] {0, 1, 0.3f}) {
                        check(GemmCase.of(m, n, k).factors(1, beta));
                    }
                    check(GemmCase.of(m, n, k).layouts(Layout.TRANSPOSED, Layout.TRANSPOSED));
                }
            }
        }
    }

    @Test
    void aroundTheBlocksAlongN() {
        for (int n : new int[] {767, 768, 769, 1300, 1536, 1537}) {
            for (int m : new int[] {1, 2, 7, 13, 40}) {
                for (int k : new int[] {1, 20, 257}) {
                    check(GemmCase.of(m, n, k));
                    check(GemmCase.of(m, n, k)
                            .layouts(Layout.PLAIN, Layout.TRANSPOSED)
                            .factors(1, 1));
                }
            }
        }
    }

    /** Fewer than a vector has lanes; the longest is cut into parts where A is transposed. */
    @Test
    void fewColumns() {
        for (int n : new int[] {1, 2, 3, 5, 7, 10, 15}) {
            for (int m : new int[] {16, 50, 103, 820, 1700}) {
                for (int k : new int[] {1, 40, 300}) {
                    for (Layout a : List.of(Layout.PLAIN, Layout.TRANSPOSED)) {
                        for (Layout b : List.of(Layout.PLAIN, Layout.TRANSPOSED, PADDED, REVERSED)) {
                            check(GemmCase.of(m, n, k).layouts(a, b));
                            check(GemmCase.of(m, n, k).layouts(a, b).factors(1, 1));
                        }
                    }
                }
            }
        }
    }

    @Test
    void alphaAndBeta() {
        for (float alpha : new float[] {0, 1, -1, 0.37f}) {
            for (float beta : new float[] {0, 1, -1, 1.7f}) {
                for (int k : new int[] {0, 1, 40, 300}) {
                    check(GemmCase.of(30, 45, k).factors(alpha, beta));
                    check(GemmCase.of(1, 70, k).factors(alpha, beta));
                    check(GemmCase.of(70, 1, k).factors(alpha, beta));
                }
            }
        }
    }

    @Test
    void batches() {
        int[][] shapes = {
            {1, 1, 1},
            {16, 16, 16},
            {3, 37, 20},
            {32, 64, 32},
            {1, 50, 60},
            {50, 1, 60},
            {0, 3, 2},
            {4, 4, 0},
            {7, 1, 64},
            {1, 1, 99}
        };
        for (int batch : new int[] {0, 1, 2, 5, 31}) {
            for (int[] s : shapes) {
                for (Layout a : List.of(Layout.PLAIN, Layout.TRANSPOSED, Layout.PLAIN.sharedByAll())) {
                    for (Layout b : List.of(Layout.PLAIN, Layout.TRANSPOSED, Layout.PLAIN.sharedByAll())) {
                        check(GemmCase.of(s[0], s[1], s[2]).batch(batch).layouts(a, b));
                        check(GemmCase.of(s[0], s[1], s[2])
                                .batch(batch)
                                .layouts(a, b)
                                .factors(0.5f, 0.25f));
                    }
                }
            }
        }
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void anyProduct(@ForAll("products") GemmCase product) {
        check(product);
    }

    @Provide
    Arbitrary<GemmCase> products() {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(0, 67);
        Arbitrary<Layout> layouts = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(1, 1, 1, 2, -1, -3),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true))),
                        Arbitraries.of(true, false))
                .as((transposed, step, gap, repeated, shared) ->
                        new Layout(transposed, step, gap, repeated, false, shared));
        return Combinators.combine(
                        Arbitraries.of(1, 1, 3),
                        sizes,
                        sizes,
                        sizes,
                        layouts,
                        layouts,
                        Arbitraries.of(1f, 1f, -1.3f),
                        Arbitraries.of(0f, 1f, 0.6f))
                .as((batch, m, n, k, a, b, alpha, beta) ->
                        new GemmCase(batch, m, n, k, a, b, alpha, beta, (m + n) % 4, 31L * m + n));
    }

    /** Scratch memory is pooled: products that run at the same time, on many virtual threads, must not share any. */
    @Test
    void manyAtOnce() throws Exception {
        int m = 40;
        int n = 130;
        int k = 270;
        float[] a = random(m * k);
        float[] b = random(k * n);
        for (GemmKernels kernels : BOTH) {
            float[] expected = new float[m * n];
            kernels.gemm(m, n, k, 1, a, 0, k, 1, b, 0, n, 1, 0, expected, 0, n);
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<float[]>> results = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    results.add(executor.submit(() -> {
                        float[] c = new float[m * n];
                        kernels.gemm(m, n, k, 1, a, 0, k, 1, b, 0, n, 1, 0, c, 0, n);
                        return c;
                    }));
                }
                for (Future<float[]> result : results) {
                    assertArrayEquals(expected, result.get());
                }
            }
        }
    }

    /** A failed call (here: C too short) gives its scratch memory back and leaves the next call as it was. */
    @Test
    void afterAFailure() {
        float[] x = random(400);
        for (GemmKernels kernels : BOTH) {
            for (int i = 0; i < 100; i++) {
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> kernels.gemm(20, 20, 20, 1, x, 0, 20, 1, x, 0, 20, 1, 0, new float[300], 0, 20));
            }
            GemmCase.of(20, 20, 20).check(kernels);
        }
    }

    private static float[] random(int size) {
        Random random = new Random(size);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }
}
