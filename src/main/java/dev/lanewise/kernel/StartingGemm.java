package dev.lanewise.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products for a program that has just started: until the vector loops are compiled, which keep every vector in an
 * object before that, the plain ones compute, and the vector loops practise on small pieces beside them. As both give the
 * same bits, nobody sees which it was.
 *
 * <p>Products that run the same loops are one <i>kind</i>, and each kind is practised for itself. Whether its loops are
 * compiled is told by the clock: then a piece takes less time for each multiply-add than the plain loops ever did. Small
 * products, those of few rows or columns, and products by a packed operand are left to the vectors. Loops over runs start otherwise, see
 * {@link Start}.
 */
final class StartingGemm implements GemmKernels {

    /** So many multiply-adds cost ten milliseconds while vectors are objects. Less is compiled sooner by being called. */
    private static final long WORTH_IT = 1_000_000;

    /** The same of a batch, whose small products cost more for each multiply-add. */
    private static final long WORTH_IT_IN_BATCHES = 50_000;

    private static final int FEW_ROWS = 4;

    /** Fewer than the longest vectors have lanes. */
    private static final int FEW_COLUMNS = 16;

    /** Multiply-adds of the plain loops between two looks at the vectors, a millisecond or less when they are compiled. */
    private static final long BLOCK = 1 << 20;

    /** Rows come in multiples of the height of strips, so that the last ones are those of the whole product. */
    private static final int STRIP = 12;

    /** Practice may take this part of the time that the plain loops take. */
    private static final int SHARE = 4;

    /** Before, the plain loops may be interpreted, too, and what is slow may be the faster of two slow ones. */
    private static final int LEAST = Exercise.SHORT;

    /** After so many calls HotSpot has compiled whatever it meets in each, or never will: then the vectors have it. */
    private static final int ENOUGH = 6_000;

    private static final int KIND_BITS = 8;

    /** Spreads what differs in any bit over the upper ones (Knuth, "The Art of Computer Programming", 6.4). */
    private static final int GOLDEN = 0x9E3779B9;

    private final GemmKernels vectors;
    private final GemmKernels plain;
    private final KernelProvider provider;
    private final AtomicReferenceArray<@Nullable Kind> kinds = new AtomicReferenceArray<>(1 << KIND_BITS);

    private final long ahead;
    private volatile boolean over;

    /** Starts with {@code plain}, for so many nanoseconds without practice, and goes over to what the provider has. */
    StartingGemm(KernelProvider provider, GemmKernels plain, long ahead) {
        this.provider = provider;
        this.ahead = ahead;
        this.vectors = provider.gemm();
        this.plain = plain;
    }

    /** From now on the vectors compute: all of their loops are compiled. */
    void end() {
        over = true;
    }

    /**
     * How far a kind is. Threads may meet in it: they may lose counts, and overwrite each other's practice, which nobody
     * reads.
     */
    private final class Kind {

        private final KernelProvider.Practice practice;
        private boolean ready;
        private double fastest = Double.MAX_VALUE;
        private long plainNanos;
        private long practiceNanos;
        private int turn;

        Kind(KernelProvider.Practice practice) {
            this.practice = practice;
        }

        /** Practises for a part of the time that the plain loops took for so many multiply-adds. */
        void practise(long nanos, long work) {
            plainNanos += nanos;
            fastest = Math.min(fastest, (double) nanos / work);
            while (!ready && practiceNanos * SHARE + ahead <= plainNanos) {
                long start = System.nanoTime();
                long done = practice.run(turn++);
                long took = System.nanoTime() - start;
                practiceNanos += took;
                if (turn >= LEAST && took < fastest * done || turn >= ENOUGH) {
                    ready = true; // never taken back
                }
            }
        }
    }

    private Kind kind(int m, int n, int k, long work, boolean rowsOfA, boolean rowsOfB) {
        int rows = m <= 3 * STRIP ? m : 2 * STRIP + m % STRIP;
        int columns = n <= 96 ? n : 96 + n % 96; // tiles are 1, 2 or 3 vectors wide
        int layout = (rowsOfA ? 1 : 0) + (rowsOfB ? 2 : 0);
        int size = Long.SIZE - Long.numberOfLeadingZeros(work);
        int at = (((rows * 192 + columns) * 4 + layout) * 64 + size) * GOLDEN >>> -KIND_BITS; // two may share one
        Kind kind = kinds.get(at);
        if (kind == null) {
            kind = new Kind(provider.practice(m, n, k, rowsOfA, rowsOfB));
            kinds.set(at, kind);
        }
        return kind;
    }

    @Override
    public void gemm(
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
            Epilogue epilogue) {
        long work = (long) m * n * k;
        if (!over && work >= WORTH_IT && m > FEW_ROWS && n >= FEW_COLUMNS && k > 1) {
            Kind kind = kind(m, n, k, work, aColumn == 1, bColumn == 1);
            if (!kind.ready) {
                start(kind, m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, cRow, epilogue);
                return;
            }
        }
        vectors.gemm(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, cRow, epilogue);
    }

    /** Some rows at a time by the plain loops, until the vectors take what is left. */
    private void start(
            Kind kind,
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
            Epilogue epilogue) {
        long row = (long) n * k;
        int most = STRIP * (int) Math.max(1, BLOCK / (STRIP * row));
        for (int i = 0, rows; i < m; i += rows) {
            boolean ready = kind.ready;
            rows = ready ? m - i : Math.min(most, m - i);
            int first = i;
            Epilogue shifted = first == 0
                    ? epilogue
                    : (at, column, height, width) -> epilogue.block(first + at, column, height, width);
            int ai = ao + i * aRow;
            int ci = co + i * cRow;
            if (ready) {
                vectors.gemm(rows, n, k, alpha, a, ai, aRow, aColumn, b, bo, bRow, bColumn, beta, c, ci, cRow, shifted);
            } else {
                long before = System.nanoTime();
                plain.gemm(rows, n, k, alpha, a, ai, aRow, aColumn, b, bo, bRow, bColumn, beta, c, ci, cRow, shifted);
                kind.practise(System.nanoTime() - before, rows * row);
            }
        }
    }

    @Override
    public boolean gainsFromPacking(int m, int n, int k) {
        return vectors.gainsFromPacking(m, n, k);
    }

    @Override
    public Packed pack(int n, int k, float[] b, int bo, int bRow, int bColumn) {
        return vectors.pack(n, k, b, bo, bRow, bColumn);
    }

    @Override
    public void gemm(
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
            Epilogue epilogue) {
        vectors.gemm(m, alpha, a, ao, aRow, aColumn, b, beta, c, co, cRow, epilogue);
    }

    @Override
    public void gemmBatch(
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
            int cRow) {
        if (batch == 1) {
            gemm(m, n, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, cRow, Epilogue.NONE);
            return;
        }
        long work = (long) batch * m * n * k;
        if (!over && work >= WORTH_IT_IN_BATCHES && m > FEW_ROWS && n >= FEW_COLUMNS && k > 1) {
            Kind kind = kind(m, n, k, (long) m * n * k, aColumn == 1, bColumn == 1);
            if (!kind.ready) {
                long before = System.nanoTime();
                plain.gemmBatch(
                        batch, m, n, k, alpha, a, ao, aBatch, aRow, aColumn, b, bo, bBatch, bRow, bColumn, beta, c, co,
                        cBatch, cRow);
                kind.practise(System.nanoTime() - before, work);
                return;
            }
        }
        vectors.gemmBatch(
                batch, m, n, k, alpha, a, ao, aBatch, aRow, aColumn, b, bo, bBatch, bRow, bColumn, beta, c, co, cBatch,
                cRow);
    }
}
