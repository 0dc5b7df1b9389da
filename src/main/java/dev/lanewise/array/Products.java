package dev.lanewise.array;

import dev.lanewise.kernel.GemmKernels;
import dev.lanewise.kernel.Kernels;
import java.util.Arrays;

/**
 * Matrix products, mapped to as few kernel calls as the strides allow. Operands are never copied: any strides will do for
 * the kernels, 0 included, so that transposes, slices and broadcasts cost nothing.
 */
final class Products {

    private static final GemmKernels K = Kernels.GEMM;

    private Products() {}

    static FloatArray matmul(FloatArray a, FloatArray b) {
        Shapes.given("matmul", b);
        if (a.rank() == 1 && b.rank() == 1) {
            return dot(a, b);
        }
        Shape shape = shape("matmul", a.shape(), b.shape());
        float[] c = new float[shape.size()];
        multiply(a, b, batch("matmul", a.shape(), b.shape()), 1, 0, c);
        return new FloatArray(c, shape);
    }

    /** The elements of {@code a.matmul(b)}, of rank 2 at least, at {@code at} in an array that nobody else has seen. */
    static void matmulInto(FloatArray a, FloatArray b, float[] c, int at) {
        new Product(a, b, batch("matmul", a.shape(), b.shape()), 1, 0, c, at).run();
    }

    private static FloatArray dot(FloatArray a, FloatArray b) {
        Shapes.requireInner("matmul", a.shape(), b.shape(), a.size(), b.size());
        FloatArray x = Views.dense(a);
        FloatArray y = Views.dense(b);
        return FloatArray.scalar(Kernels.REDUCTIONS.dot(x.size(), x.data, x.offset, y.data, y.offset));
    }

    static FloatArray addmm(FloatArray m, float beta, float alpha, FloatArray a, FloatArray b) {
        Shapes.requireMm(
                "addmm",
                Shapes.given("addmm", a).shape(),
                Shapes.given("addmm", b).shape());
        Shape shape = shape("addmm", a.shape(), b.shape());
        float[] c = start("addmm", m, beta, shape);
        multiply(a, b, Shape.scalar(), alpha, beta, c);
        return new FloatArray(c, shape);
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
            return new FloatArray(c, shape).mul(beta);
        }
        for (int i = 0; i < batch; i++) {
            Index at = Index.at(i);
            multiply(a.slice(at), b.slice(at), Shape.scalar(), alpha, i == 0 ? beta : 1, c); // beta counts once
        }
        return new FloatArray(c, shape);
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
        return new FloatArray(c, shape);
    }

    /** What the kernel is to add to: m repeated, or nothing at all where it is to be ignored. */
    private static float[] start(String op, FloatArray m, float beta, Shape shape) {
        Shapes.requireBroadcastTo(op, m.shape(), shape);
        return beta == 0 ? new float[shape.size()] : m.expand(shape).toArray();
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
            new Product(a, b, batch, alpha, beta, c, 0).run();
        }
    }

    /** The arguments of one product, and how its batch is walked. */
    private static final class Product {
        private final FloatArray a;
        private final FloatArray b;
        private final float alpha;
        private final float beta;
        private final float[] c;

        /** Where the first element of c stands. */
        private final int start;

        private final int n;
        private final int k;
        private final int aColumn;
        private final int bRow;
        private final int bColumn;
        private final int m;
        private final int aRow;
        private final Nest nest;

        /** How many loops of the nest run over the batch. */
        private final int rank;

        Product(FloatArray a, FloatArray b, Shape batch, float alpha, float beta, float[] c, int start) {
            this.a = a;
            this.b = b;
            this.alpha = alpha;
            this.beta = beta;
            this.c = c;
            this.start = start;
            boolean row = a.rank() == 1;
            boolean column = b.rank() == 1;
            int[] as = a.strides;
            int[] bs = b.strides;
            this.k = a.shape().dim(-1);
            this.n = column ? 1 : b.shape().dim(-1);
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
            this.rank = rows ? last : nest.rank;
            this.m = rows ? dims[last] : 1;
            this.aRow = rows ? aSteps[last] : 0;
        }

        void run() {
            int count = 1;
            for (int i = 0; i < rank; i++) {
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
            int inner = rank == 0 ? 1 : nest.dims[rank - 1];
            int as = rank == 0 ? 0 : nest.strides[0][rank - 1];
            int bs = rank == 0 ? 0 : nest.strides[1][rank - 1];
            for (int i = from, run; i < to; i += run) {
                run = Math.min(to - i, inner - i % inner);
                int ao = a.offset + row * aRow;
                int bo = b.offset + column * bColumn;
                for (int d = rank - 1, rest = i; d >= 0; d--) {
                    int at = rest % nest.dims[d];
                    rest /= nest.dims[d];
                    ao += at * nest.strides[0][d];
                    bo += at * nest.strides[1][d];
                }
                K.gemmBatch(
                        run,
                        rowEnd - row,
                        columnEnd - column,
                        k,
                        alpha,
                        a.data,
                        ao,
                        as,
                        aRow,
                        aColumn,
                        b.data,
                        bo,
                        bs,
                        bRow,
                        bColumn,
                        beta,
                        c,
                        start + (i * m + row) * n + column,
                        m * n,
                        n);
            }
        }
    }
}
