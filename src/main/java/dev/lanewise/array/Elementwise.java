package dev.lanewise.array;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.Kernels;

/** Operations that work element by element: the kernel in one call where the operands allow it, else a {@link Walk}. */
final class Elementwise {

    private static final ElementwiseKernels K = Kernels.ELEMENTWISE;

    static final Unary NEG = K::neg;
    static final Unary ABS = K::abs;
    static final Unary EXP = K::exp;
    static final Unary LOG = K::log;
    static final Unary SQRT = K::sqrt;
    static final Unary SQUARE = K::square;
    static final Unary RECIPROCAL = K::reciprocal;
    static final Unary SIN = K::sin;
    static final Unary COS = K::cos;
    static final Unary TANH = K::tanh;
    static final Unary SIGMOID = K::sigmoid;
    static final Unary RELU = K::relu;
    static final Unary ERF = K::erf;
    static final Unary EXPM1 = K::expm1;
    static final Unary LOG1P = K::log1p;
    static final Unary RSQRT = K::rsqrt;
    static final Unary GELU = K::gelu;
    static final Unary SILU = K::silu;
    static final Unary SOFTPLUS = K::softplus;

    static final Binary ADD = K::add;
    static final Binary SUB = K::sub;
    static final Binary RSUB = (n, a, ao, as, b, bo, bs, y, yo) -> K.sub(n, b, bo, bs, a, ao, as, y, yo);
    static final Binary MUL = K::mul;
    static final Binary DIV = K::div;
    static final Binary POW = K::pow;
    static final Binary MAX = K::max;
    static final Binary MIN = K::min;
    static final Binary RELU_GRADIENT = K::reluGradient;
    static final Binary TANH_GRADIENT = K::tanhGradient;
    static final Binary SIGMOID_GRADIENT = K::sigmoidGradient;
    static final Binary GELU_GRADIENT = K::geluGradient;
    static final Binary SILU_GRADIENT = K::siluGradient;
    static final Binary EQ = K::eq;
    static final Binary NE = K::ne;
    static final Binary LT = K::lt;
    static final Binary LE = K::le;
    static final Binary GT = (n, a, ao, as, b, bo, bs, y, yo) -> K.lt(n, b, bo, bs, a, ao, as, y, yo);
    static final Binary GE = (n, a, ao, as, b, bo, bs, y, yo) -> K.le(n, b, bo, bs, a, ao, as, y, yo);

    /**
     * Numbers that a kernel is called for at once. The JVM compiles what is called often: of a loop over a million numbers the
     * first six hundred calls would each begin with some thousand steps that keep their vectors in objects.
     */
    static final int RUN = 16_384;

    private Elementwise() {}

    /** A kernel of one operand. */
    @FunctionalInterface
    interface Unary {
        void run(int n, float[] x, int xo, float[] y, int yo);
    }

    /** A kernel of two operands, each with a step of 0 or 1. */
    @FunctionalInterface
    interface Binary {
        void run(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo);
    }

    static FloatArray unary(Unary op, FloatArray x) {
        int n = x.size();
        float[] y = Workspace.storage(n);
        if (x.contiguous) {
            run(op, n, x.operand(), x.offset, y);
        } else if (Views.isOfLongRows(x) && !Chunks.areWorthIt(n)) {
            walk(new Walk((count, a, ao, as, b, bo, bs, z, zo) -> op.run(count, a, ao, z, zo), x, x, x.shape(), y));
        } else {
            Views.copy(x, y, 0);
            run(op, n, y, 0, y); // in place is allowed
        }
        return FloatArray.result(y, x.shape());
    }

    private static void run(Unary op, int n, float[] x, int xo, float[] y) {
        now(op, n, x, xo, y);
        if (Workspace.isPlanning()) {
            Workspace.plan(() -> now(op, n, x, xo, y));
        }
    }

    private static void now(Unary op, int n, float[] x, int xo, float[] y) {
        if (Chunks.areWorthIt(n)) {
            Chunks.run(n, (from, count) -> calls(op, count, x, xo + from, y, from));
        } else {
            calls(op, n, x, xo, y, 0);
        }
    }

    static void calls(Unary op, int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0, run; i < n; i += run) { // by what was done: i + RUN may be more than an int holds
            run = Math.min(RUN, n - i);
            op.run(run, x, xo + i, y, yo + i);
        }
    }

    private static void run(Binary op, int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y) {
        now(op, n, a, ao, aStep, b, bo, bStep, y);
        if (Workspace.isPlanning()) {
            Workspace.plan(() -> now(op, n, a, ao, aStep, b, bo, bStep, y));
        }
    }

    private static void now(Binary op, int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y) {
        if (Chunks.areWorthIt(n)) {
            Chunks.run(
                    n,
                    (from, count) ->
                            calls(op, count, a, ao + from * aStep, aStep, b, bo + from * bStep, bStep, y, from));
        } else {
            calls(op, n, a, ao, aStep, b, bo, bStep, y, 0);
        }
    }

    static void calls(Binary op, int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        for (int i = 0, run; i < n; i += run) {
            run = Math.min(RUN, n - i);
            op.run(run, a, ao + i * aStep, aStep, b, bo + i * bStep, bStep, y, yo + i);
        }
    }

    static FloatArray clamp(FloatArray x, float low, float high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "clamp: " + x.shape() + " from " + low + " to " + high + ": no such range");
        }
        return unary((n, a, ao, y, yo) -> K.clamp(n, a, ao, low, high, y, yo), x);
    }

    private static void requireFinite(String op, Shape shape, String argument, float number) {
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException(
                    op + ": " + shape + " with " + argument + " " + number + ": it is not finite");
        }
    }

    static FloatArray leakyRelu(FloatArray x, float slope) {
        requireFinite("leakyRelu", x.shape(), "slope", slope);
        return unary((n, a, ao, y, yo) -> K.leakyRelu(n, a, ao, slope, y, yo), x);
    }

    static FloatArray elu(FloatArray x, float alpha) {
        requireFinite("elu", x.shape(), "alpha", alpha);
        return unary((n, a, ao, y, yo) -> K.elu(n, a, ao, alpha, y, yo), x);
    }

    static FloatArray withScalar(Binary op, FloatArray x, float c) {
        int n = x.size();
        float[] y = Workspace.storage(n);
        float[] scalar = {c};
        if (x.contiguous) {
            run(op, n, x.operand(), x.offset, 1, scalar, 0, 0, y);
        } else {
            Views.copy(x, y, 0);
            run(op, n, y, 0, 1, scalar, 0, 0, y);
        }
        return FloatArray.result(y, x.shape());
    }

    static FloatArray binary(String name, Binary op, FloatArray a, FloatArray b) {
        Shape shape = Shapes.broadcast(name, a.shape(), Shapes.given(name, b).shape());
        float[] y = Workspace.storage(shape.size());
        into(op, a, b, shape, y);
        return FloatArray.result(y, shape);
    }

    /** Writes a result of the given shape; y may be the storage of a dense operand of that shape. */
    static void into(Binary op, FloatArray a, FloatArray b, Shape shape, float[] y) {
        int n = y.length;
        boolean wholeA = a.contiguous && a.size() == n;
        boolean wholeB = b.contiguous && b.size() == n;
        if ((wholeA && wholeB) || n == 0) {
            run(op, n, a.operand(), a.offset, 1, b.operand(), b.offset, 1, y);
        } else if (wholeA && b.size() == 1) {
            run(op, n, a.operand(), a.offset, 1, b.operand(), b.offset, 0, y);
        } else if (wholeB && a.size() == 1) {
            run(op, n, a.operand(), a.offset, 0, b.operand(), b.offset, 1, y);
        } else {
            walk(new Walk(op, a, b, shape, y));
        }
    }

    private static void walk(Walk walk) {
        walk.run();
        if (Workspace.isPlanning()) {
            Workspace.plan(walk::run);
        }
    }

    static FloatArray where(FloatArray c, FloatArray a, FloatArray b) {
        Shapes.given("where", b);
        Shapes.given("where", c);
        Shape shape = Shapes.broadcast("where", Shapes.broadcast("where", a.shape(), b.shape()), c.shape());
        int n = shape.size();
        float[] y = Workspace.storage(n);
        FloatArray d = runnable(c, shape);
        FloatArray e = runnable(a, shape);
        FloatArray f = runnable(b, shape);
        int ds = step(d, n);
        int es = step(e, n);
        int fs = step(f, n);
        float[] dd = d.operand();
        float[] ed = e.operand();
        float[] fd = f.operand();
        Chunks.Loop loop = (from, count) -> K.where(
                count,
                dd,
                d.offset + from * ds,
                ds,
                ed,
                e.offset + from * es,
                es,
                fd,
                f.offset + from * fs,
                fs,
                y,
                from);
        Chunks.run(n, loop);
        if (Workspace.isPlanning()) {
            Workspace.plan(() -> Chunks.run(n, loop));
        }
        return FloatArray.result(y, shape);
    }

    /** One number, or all of them densely: what a run takes. */
    private static FloatArray runnable(FloatArray x, Shape shape) {
        return x.size() == 1 ? x : Views.dense(x.expand(shape));
    }

    private static int step(FloatArray x, int n) {
        return x.size() == n ? 1 : 0;
    }
}
