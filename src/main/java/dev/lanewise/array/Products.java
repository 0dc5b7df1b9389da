package dev.lanewise.array;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.GemmKernels;
import dev.lanewise.kernel.GemmKernels.Epilogue;
import dev.lanewise.kernel.GemmKernels.Packed;
import dev.lanewise.kernel.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products, mapped to as few kernel calls as the strides allow. Operands are never copied: any strides will do for
 * the kernels, 0 included, so that transposes, slices and broadcasts cost nothing.
 */
final class Products {

    private static final GemmKernels K = Kernels.GEMM;
    private static final ElementwiseKernels ADD = Kernels.ELEMENTWISE;

    private Products() {}

    static FloatArray matmul(FloatArray a, FloatArray b) {
        Shapes.given("matmul", b);
        if (a.rank() == 1 && b.rank() == 1) {
            return dot(a, b);
        }
        Shape shape = shape("matmul", a.shape(), b.shape());
        float[] c = Workspace.storage(shape.size());
        multiply(a, b, batch("matmul", a.shape(), b.shape()), 1, 0, c);
        return FloatArray.result(c, shape);
    }

    static FloatArray linear(FloatArray x, FloatArray weight, FloatArray bias) {
        Shapes.requireLinear(
                x.shape(),
                Shapes.given("linear", weight).shape(),
                Shapes.given("linear", bias).shape());
        Shape shape = shape("linear", x.shape(), weight.shape());
        float[] c = Workspace.storage(shape.size());
        if (c.length > 0) {
            Shape batch = batch("linear", x.shape(), weight.shape());
            new Product(x, weight, batch, 1, 0, c, 0, Views.dense(bias)).compute();
        }
        return FloatArray.result(c, shape);
    }

    /** The elements of {@code a.matmul(b)}, of rank 2 at least, at {@code at} in an array that nobody else has seen. */
    static void matmulInto(FloatArray a, FloatArray b, float[] c, int at) {
        new Product(a, b, batch("matmul", a.shape(), b.shape()), 1, 0, c, at, null).compute();
    }

    private static FloatArray dot(FloatArray a, FloatArray b) {
        Shapes.requireInner("matmul", a.shape(), b.shape(), a.size(), b.size());
        FloatArray x = Views.dense(a);
        FloatArray y = Views.dense(b);
        return FloatArray.scalar(Kernels.REDUCTIONS.dot(x.size(), x.data("dot"), x.offset, y.data("dot"), y.offset));
    }

    static FloatArray addmm(FloatArray m, float beta, float alpha, FloatArray a, FloatArray b) {
        Shapes.requireMm(
                "addmm",
                Shapes.given("addmm", a).shape(),
                Shapes.given("addmm", b).shape());
        Shape shape = shape("addmm", a.shape(), b.shape());
        float[] c = start("addmm", m, beta, shape);
        multiply(a, b, Shape.scalar(), alpha, beta, c);
        return FloatArray.result(c, shape);
    }

    static FloatArray addbmm(FloatArray m, float beta, float alpha, FloatArray a, FloatArray b) {
        Shapes.requireBmm(
                "addbmm",
                Shapes.given("addbmm", a).shape(),
                Shapes.given("addbmm", b).shape());
        int batch = a.shape().dim(0);
        Shape shape = Shape.of(a.shape().dim(1), b.shape().dim(2));
        float[] c = start("addbmm", m, beta, shape);
        if (batch == 0) {
            return beta == 0
                    ? FloatArray.zeros(shape)
                    : FloatArray.result(c, shape).mul(beta);
        }
        for (int i = 0; i < batch; i++) {
            Index at = Index.at(i);
            multiply(a.slice(at), b.slice(at), Shape.scalar(), alpha, i == 0 ? beta : 1, c); // beta counts once
        }
        return FloatArray.result(c, shape);
    }

    static FloatArray baddbmm(FloatArray m, float beta, float alpha, FloatArray a, FloatArray b) {
        Shapes.requireBmm(
                "baddbmm",
                Shapes.given("baddbmm", a).shape(),
                Shapes.given("baddbmm", b).shape());
        Shape batch = Shape.of(a.shape().dim(0));
        Shape shape = shape("baddbmm", a.shape(), b.shape());
        float[] c = start("baddbmm", m, beta, shape);
        multiply(a, b, batch, alpha, beta, c);
        return FloatArray.result(c, shape);
    }

    /** What the kernel is to add to: m repeated, or anything where it is to be ignored, for then the kernel does not read it. */
    private static float[] start(String op, FloatArray m, float beta, Shape shape) {
        Shapes.requireBroadcastTo(op, m.shape(), shape);
        float[] c = Workspace.storage(shape.size());
        if (beta != 0) {
            Views.copy(m.expand(shape), c, 0);
        }
        return c;
    }

    // ---- shapes

    /** The leading dimensions of the product. */
    private static Shape batch(String op, Shape a, Shape b) {
        Shape left = leading(a);
        Shape right = leading(b);
        return left.equals(right) ? left : Shapes.broadcastBatch(op, a, b, left, right);
    }

    private static Shape leading(Shape shape) {
        return shape.rank() <= 2 ? Shape.scalar() : Shape.ofOwn(Arrays.copyOf(shape.sharedDims(), shape.rank() - 2));
    }

    private static Shape shape(String op, Shape a, Shape b) {
        if (a.rank() == 0 || b.rank() == 0) {
            throw new IllegalArgumentException(op + ": " + a + " by " + b + ": a scalar is no matrix");
        }
        Shapes.requireInner(op, a, b, a.dim(-1), b.dim(b.rank() == 1 ? 0 : -2));
        Shape batch = batch(op, a, b);
        int[] dims = Arrays.copyOf(batch.sharedDims(), batch.rank() + 2);
        int rank = batch.rank();
        if (a.rank() > 1) {
            dims[rank++] = a.dim(-2);
        }
        if (b.rank() > 1) {
            dims[rank++] = b.dim(-1);
        }
        return Shape.ofResult(op, a, " by ", b, Arrays.copyOf(dims, rank));
    }

    // ---- work

    /** {@code c = alpha * a * b + beta * c} for every matrix of the batch; c is dense. */
    private static void multiply(FloatArray a, FloatArray b, Shape batch, float alpha, float beta, float[] c) {
        if (c.length > 0) {
            new Product(a, b, batch, alpha, beta, c, 0, null).compute();
        }
    }

    /** One product, as the kernels take it: where its operands lie, and how its batch is walked. */
    private static final class Product {
        private final float[] a;
        private final int aStart;
        private final int aRow;
        private final int aColumn;

        private final float[] b;
        private final int bStart;
        private final int bRow;
        private final int bColumn;

        private final float[] c;
        private final int cStart;

        private final float alpha;
        private final float beta;

        /** What every row adds when it is final, from an offset on; null for nothing. */
        private final float @Nullable [] bias;

        private final int biasStart;

        /** Adds the bias to the whole product; made once, so that a plan makes nothing. */
        private final Epilogue biasForAll;

        /** The second operand as the kernels read it fastest, in a plan in which it is always the same; else null. */
        private final @Nullable Packed packed;

        // Each matrix is m x k by k x n; c is dense.
        private final int m;
        private final int n;
        private final int k;

        private final Nest nest;

        /** How many loops of the nest run over the batch; one more may run over rows. */
        private final int batchLoops;

        Product(
                FloatArray a,
                FloatArray b,
                Shape batch,
                float alpha,
                float beta,
                float[] c,
                int cStart,
                @Nullable FloatArray bias) {
            this.a = a.operand();
            this.aStart = a.offset;
            this.b = b.operand();
            this.bStart = b.offset;
            this.c = c;
            this.cStart = cStart;
            this.alpha = alpha;
            this.beta = beta;
            this.bias = bias == null ? null : bias.operand();
            this.biasStart = bias == null ? 0 : bias.offset;
            this.biasForAll = biasFrom(cStart, 0);
            boolean row = a.rank() == 1;
            boolean column = b.rank() == 1;
            int[] as = a.strides;
            int[] bs = b.strides;
            this.n = column ? 1 : b.shape().dim(-1);
            this.k = a.shape().dim(-1);
            this.aColumn = as[as.length - 1];
            this.bRow = column ? bs[0] : bs[bs.length - 2];
            this.bColumn = column ? 0 : bs[bs.length - 1];
            // The rows of a come last, as a loop in which b stands still: what collapses into it becomes rows too.
            int depth = batch.rank();
            int[] dims = Arrays.copyOf(batch.sharedDims(), depth + 1);
            int[] aSteps = Views.stridesFor(a, Math.max(0, a.rank() - 2), depth, depth + 1);
            int[] bSteps = Views.stridesFor(b, Math.max(0, b.rank() - 2), depth, depth + 1);
            dims[depth] = row ? 1 : a.shape().dim(-2);
            aSteps[depth] = row ? 0 : as[as.length - 2];
            this.nest = new Nest(dims, depth + 1, aSteps, bSteps);
            int last = nest.rank - 1;
            boolean rows = last >= 0 && bSteps[last] == 0; // not so if there was one row, which is dropped
            this.batchLoops = rows ? last : nest.rank;
            this.m = rows ? dims[last] : 1;
            this.aRow = rows ? aSteps[last] : 0;
            boolean packs = Workspace.isPlanning() && !b.isOfRun() && batchLoops == 0 && K.gainsFromPacking(m, n, k);
            this.packed = packs ? PackedOperands.of(n, k, this.b, bStart, bRow, bColumn) : null;
        }

        /** Does it now, and whenever a plan that is being made runs. */
        void compute() {
            run();
            if (Workspace.isPlanning()) {
                Workspace.plan(this::run);
            }
        }

        private void run() {
            int count = 1;
            for (int i = 0; i < batchLoops; i++) {
                count *= nest.dims[i];
            }
            long work = (long) count * m * n * k;
            Crew crew = Crew.here(work);
            if (crew == null) {
                block(0, count, 0, m, 0, n);
                return;
            }
            int threads = crew.muster(work);
            Split split = new Split(count, m, n, threads);
            crew.run(
                    threads,
                    split.parts,
                    part -> block(
                            split.matrix(part),
                            split.matrixEnd(part),
                            split.row(part),
                            split.rowEnd(part),
                            split.column(part),
                            split.columnEnd(part)));
        }

        /** Some rows and columns of some matrices of the batch. */
        private void block(int from, int to, int row, int rowEnd, int column, int columnEnd) {
            int inner = batchLoops == 0 ? 1 : nest.dims[batchLoops - 1];
            int as = batchLoops == 0 ? 0 : nest.strides[0][batchLoops - 1];
            int bs = batchLoops == 0 ? 0 : nest.strides[1][batchLoops - 1];
            for (int i = from, run; i < to; i += run) {
                run = Math.min(to - i, inner - i % inner);
                int ao = aStart + row * aRow;
                int bo = bStart + column * bColumn;
                for (int d = batchLoops - 1, rest = i; d >= 0; d--) {
                    int at = rest % nest.dims[d];
                    rest /= nest.dims[d];
                    ao += at * nest.strides[0][d];
                    bo += at * nest.strides[1][d];
                }
                int co = cStart + (i * m + row) * n + column;
                if (run == 1 && (bias != null || packed != null)) {
                    Epilogue epilogue = co == cStart && column == 0 ? biasForAll : biasFrom(co, column);
                    single(ao, bo, co, rowEnd - row, columnEnd - column, epilogue);
                    continue;
                }
                K.gemmBatch(
                        run,
                        rowEnd - row,
                        columnEnd - column,
                        k,
                        alpha,
                        a,
                        ao,
                        as,
                        aRow,
                        aColumn,
                        b,
                        bo,
                        bs,
                        bRow,
                        bColumn,
                        beta,
                        c,
                        co,
                        m * n,
                        n);
                for (int j = 0; bias != null && j < run; j++) {
                    addBias(bias, co + j * m * n, column, rowEnd - row, columnEnd - column);
                }
            }
        }

        /** One matrix, to whose rows the bias is added while they are in the cache. */
        private void single(int ao, int bo, int co, int rows, int columns, Epilogue epilogue) {
            if (packed != null && columns == n) {
                K.gemm(rows, alpha, a, ao, aRow, aColumn, packed, beta, c, co, n, epilogue);
                return;
            }
            K.gemm(rows, columns, k, alpha, a, ao, aRow, aColumn, b, bo, bRow, bColumn, beta, c, co, n, epilogue);
        }

        /** Adds the bias, from a column on, to blocks of what stands from {@code at} on in c. */
        private Epilogue biasFrom(int at, int column) {
            float[] numbers = bias;
            return numbers == null
                    ? Epilogue.NONE
                    : (i, j, down, right) -> addBias(numbers, at + i * n + j, column + j, down, right);
        }

        /** Adds the bias from a column on to a block of c. */
        private void addBias(float[] bias, int at, int column, int rows, int columns) {
            for (int i = 0; i < rows; i++) {
                int row = at + i * n;
                ADD.add(columns, c, row, 1, bias, biasStart + column, 1, c, row);
            }
        }
    }
}
