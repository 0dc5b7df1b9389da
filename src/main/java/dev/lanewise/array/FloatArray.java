package dev.lanewise.array;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An array of float32 numbers in any number of dimensions: an immutable value.
 *
 * <p>The elements stand in a {@code float[]} that nobody else can reach, at an offset and with a stride for each
 * dimension. Slices, transposes, expansions and (where the strides allow) reshapes are <i>views</i>: new shapes on the
 * same storage, made without copying, and safe because nothing writes. What computes makes a new dense array in
 * row-major order.
 *
 * <p>The bits of a result depend on the shapes and elements of the operands alone, never on whether an operand is a
 * view, nor on the machine. Operations and their rules stand in {@link ArrayOps}. Arrays may be shared by any threads.
 */
public final class FloatArray implements ArrayOps<FloatArray> {

    // This file is long because the surface is wide. It holds no work: each line calls the class that knows how.

    final float[] data;
    final int offset;
    final int[] strides;
    final boolean contiguous;
    private final Shape shape;

    /** A view: takes all as it is. */
    FloatArray(float[] data, int offset, Shape shape, int[] strides) {
        this.data = data;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.contiguous = Views.isRowMajor(shape, strides);
    }

    /** A dense array on storage that its caller gives up. */
    FloatArray(float[] data, Shape shape) {
        this.data = data;
        this.offset = 0;
        this.shape = shape;
        this.strides = shape.sharedStrides();
        this.contiguous = true;
    }

    // ---- making arrays

    /** A vector of a copy of the given numbers. */
    public static FloatArray of(float... numbers) {
        return new FloatArray(numbers.clone(), Shape.of(numbers.length));
    }

    /**
     * An array of a copy of the given numbers, in row-major order.
     *
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    public static FloatArray of(float[] numbers, int... dims) {
        return Creation.wrap("of", numbers.clone(), Shape.of(dims));
    }

    /**
     * A matrix of a copy of the given rows.
     *
     * @throws IllegalArgumentException if rows differ in length
     */
    public static FloatArray of(float[][] rows) {
        return Creation.ofRows(rows);
    }

    /** A vector on the very array given. It passes into the vector's ownership: <b>never write to it again</b>. */
    public static FloatArray wrap(float[] numbers) {
        return new FloatArray(numbers, Shape.of(numbers.length));
    }

    /**
     * An array on the very numbers given, in row-major order, without copying. The {@code float[]} passes into this
     * array's ownership: <b>never write to it again</b>.
     *
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    public static FloatArray wrap(float[] numbers, int... dims) {
        return Creation.wrap("wrap", numbers, Shape.of(dims));
    }

    /**
     * As {@link #wrap(float[], int...)}, with a shape.
     *
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    public static FloatArray wrap(float[] numbers, Shape shape) {
        return Creation.wrap("wrap", numbers, shape);
    }

    /** Zeros; one zero of rank 0 if no lengths are given. */
    public static FloatArray zeros(int... dims) {
        return zeros(Shape.of(dims));
    }

    /** Zeros. */
    public static FloatArray zeros(Shape shape) {
        return new FloatArray(new float[shape.size()], shape);
    }

    /** Ones; a one of rank 0 if no lengths are given. */
    public static FloatArray ones(int... dims) {
        return full(1, Shape.of(dims));
    }

    /** Ones. */
    public static FloatArray ones(Shape shape) {
        return full(1, shape);
    }

    /** One number everywhere. */
    public static FloatArray full(float number, int... dims) {
        return full(number, Shape.of(dims));
    }

    /** One number everywhere. */
    public static FloatArray full(float number, Shape shape) {
        return Creation.full(number, shape);
    }

    /** One number, of rank 0. */
    public static FloatArray scalar(float number) {
        return new FloatArray(new float[] {number}, Shape.scalar());
    }

    /** The vector 0, 1, … below {@code stop}; empty if there is none. */
    public static FloatArray arange(double stop) {
        return Creation.arange(0, stop, 1);
    }

    /** The vector start, start + 1, … below {@code stop}; empty if there is none. */
    public static FloatArray arange(double start, double stop) {
        return Creation.arange(start, stop, 1);
    }

    /**
     * The vector start, start + step, … that ends before {@code stop}, which a negative step approaches from above;
     * empty if there is none. Each number is worked out in double and rounded once.
     *
     * @throws IllegalArgumentException if the step is 0, or anything not finite
     */
    public static FloatArray arange(double start, double stop, double step) {
        return Creation.arange(start, stop, step);
    }

    /**
     * A vector of {@code count} numbers at equal distances from {@code start} to {@code end}, both included; only
     * {@code start} if the count is 1. Each number is worked out in double and rounded once.
     *
     * @throws IllegalArgumentException for a negative count
     */
    public static FloatArray linspace(double start, double end, int count) {
        return Creation.linspace(start, end, count);
    }

    /** The identity matrix of n rows. */
    public static FloatArray eye(int n) {
        return Creation.eye(n);
    }

    /** Numbers spread evenly over [0, 1), each from 24 bits of one {@code nextInt()}: the same on every machine. */
    public static FloatArray rand(RandomGenerator random, int... dims) {
        return Creation.rand(random, Shape.of(dims));
    }

    /**
     * Numbers of the standard normal distribution, by the Box-Muller transform (Ann. Math. Stat. 29, 1958) of pairs of
     * {@code nextLong()} in {@link StrictMath}: the same on every machine.
     */
    public static FloatArray randn(RandomGenerator random, int... dims) {
        return Creation.randn(random, Shape.of(dims));
    }

    /**
     * Arrays of one shape, side by side along a new axis at the given place of the result. A copy.
     *
     * @throws IllegalArgumentException for no arrays, other shapes, or an axis that the result does not have
     */
    public static FloatArray stack(int axis, FloatArray... arrays) {
        return ArrayOps.stack(axis, List.of(arrays));
    }

    /**
     * The arrays one after the other along an existing axis. A copy.
     *
     * @throws IllegalArgumentException for no arrays, lengths that differ off the axis, or an axis that does not exist
     */
    public static FloatArray concat(int axis, FloatArray... arrays) {
        return ArrayOps.concat(axis, List.of(arrays));
    }

    // ---- reading

    /** Itself. */
    @Override
    public FloatArray value() {
        return this;
    }

    @Override
    public FloatArray lift(FloatArray value) {
        return value;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /**
     * One element; positions may count from the end.
     *
     * @throws IllegalArgumentException unless there is one position for each dimension, within its length
     */
    public float get(int... position) {
        return data[Views.position(this, position)];
    }

    @Override
    public float item() {
        if (size() != 1) {
            throw new IllegalArgumentException("item: " + shape + " has " + size() + " elements, not 1");
        }
        return data[offset];
    }

    /** The elements in row-major order, in a new array. */
    public float[] toArray() {
        float[] result = new float[size()];
        Views.copy(this, result, 0);
        return result;
    }

    /**
     * Writes the elements in row-major order to {@code target}, from {@code at} on.
     *
     * @throws IllegalArgumentException if they do not fit there; nothing is written then
     */
    public void copyTo(float[] target, int at) {
        if (at < 0 || target.length - at < size()) {
            throw new IllegalArgumentException("copyTo: " + shape + " has " + size()
                    + " elements, which do not fit into " + target.length + " from " + at);
        }
        Views.copy(this, target, at);
    }

    /** Whether the elements stand in storage densely and in row-major order. */
    public boolean isContiguous() {
        return contiguous;
    }

    // ---- elementwise

    @Override
    public FloatArray neg() {
        return Elementwise.unary(Elementwise.NEG, this);
    }

    @Override
    public FloatArray abs() {
        return Elementwise.unary(Elementwise.ABS, this);
    }

    @Override
    public FloatArray exp() {
        return Elementwise.unary(Elementwise.EXP, this);
    }

    @Override
    public FloatArray log() {
        return Elementwise.unary(Elementwise.LOG, this);
    }

    @Override
    public FloatArray sqrt() {
        return Elementwise.unary(Elementwise.SQRT, this);
    }

    @Override
    public FloatArray square() {
        return Elementwise.unary(Elementwise.SQUARE, this);
    }

    @Override
    public FloatArray reciprocal() {
        return Elementwise.unary(Elementwise.RECIPROCAL, this);
    }

    @Override
    public FloatArray sin() {
        return Elementwise.unary(Elementwise.SIN, this);
    }

    @Override
    public FloatArray cos() {
        return Elementwise.unary(Elementwise.COS, this);
    }

    @Override
    public FloatArray tanh() {
        return Elementwise.unary(Elementwise.TANH, this);
    }

    @Override
    public FloatArray sigmoid() {
        return Elementwise.unary(Elementwise.SIGMOID, this);
    }

    @Override
    public FloatArray relu() {
        return Elementwise.unary(Elementwise.RELU, this);
    }

    @Override
    public FloatArray clamp(float low, float high) {
        return Elementwise.clamp(this, low, high);
    }

    @Override
    public FloatArray add(FloatArray b) {
        return Elementwise.binary("add", Elementwise.ADD, this, b);
    }

    @Override
    public FloatArray sub(FloatArray b) {
        return Elementwise.binary("sub", Elementwise.SUB, this, b);
    }

    @Override
    public FloatArray mul(FloatArray b) {
        return Elementwise.binary("mul", Elementwise.MUL, this, b);
    }

    @Override
    public FloatArray div(FloatArray b) {
        return Elementwise.binary("div", Elementwise.DIV, this, b);
    }

    @Override
    public FloatArray pow(FloatArray b) {
        return Elementwise.binary("pow", Elementwise.POW, this, b);
    }

    @Override
    public FloatArray maximum(FloatArray b) {
        return Elementwise.binary("maximum", Elementwise.MAX, this, b);
    }

    @Override
    public FloatArray minimum(FloatArray b) {
        return Elementwise.binary("minimum", Elementwise.MIN, this, b);
    }

    @Override
    public FloatArray eq(FloatArray b) {
        return Elementwise.binary("eq", Elementwise.EQ, this, b);
    }

    @Override
    public FloatArray ne(FloatArray b) {
        return Elementwise.binary("ne", Elementwise.NE, this, b);
    }

    @Override
    public FloatArray lt(FloatArray b) {
        return Elementwise.binary("lt", Elementwise.LT, this, b);
    }

    @Override
    public FloatArray le(FloatArray b) {
        return Elementwise.binary("le", Elementwise.LE, this, b);
    }

    @Override
    public FloatArray gt(FloatArray b) {
        return Elementwise.binary("gt", Elementwise.GT, this, b);
    }

    @Override
    public FloatArray ge(FloatArray b) {
        return Elementwise.binary("ge", Elementwise.GE, this, b);
    }

    @Override
    public FloatArray add(float c) {
        return Elementwise.withScalar(Elementwise.ADD, this, c);
    }

    @Override
    public FloatArray rsub(float c) {
        return Elementwise.withScalar(Elementwise.RSUB, this, c);
    }

    @Override
    public FloatArray mul(float c) {
        return Elementwise.withScalar(Elementwise.MUL, this, c);
    }

    @Override
    public FloatArray div(float c) {
        return Elementwise.withScalar(Elementwise.DIV, this, c);
    }

    @Override
    public FloatArray pow(float c) {
        return Elementwise.withScalar(Elementwise.POW, this, c);
    }

    @Override
    public FloatArray where(FloatArray condition, FloatArray other) {
        return Elementwise.where(condition, this, other);
    }

    // ---- reductions

    @Override
    public FloatArray sum(boolean keepDims, int... axes) {
        return Reductions.sum(this, keepDims, axes);
    }

    @Override
    public FloatArray max(boolean keepDims, int... axes) {
        return Reductions.max(this, keepDims, axes);
    }

    @Override
    public FloatArray min(boolean keepDims, int... axes) {
        return Reductions.min(this, keepDims, axes);
    }

    @Override
    public FloatArray var(boolean keepDims, int... axes) {
        return Reductions.var(this, keepDims, axes);
    }

    @Override
    public FloatArray norm(boolean keepDims, int... axes) {
        return Reductions.norm(this, keepDims, axes);
    }

    /**
     * The row-major number of the first largest element, or of the first NaN.
     *
     * @throws IllegalArgumentException for no elements
     */
    public int argmax() {
        return Reductions.argmax(this);
    }

    /**
     * Where along the axis the first largest element (or the first NaN) stands, for every position of the remaining axes
     * in row-major order.
     *
     * @throws IllegalArgumentException if there is no such axis, or nothing along it
     */
    public int[] argmax(int axis) {
        return Reductions.argmax(this, axis);
    }

    @Override
    public FloatArray softmax(int axis) {
        return Reductions.softmax(this, axis);
    }

    @Override
    public FloatArray logSoftmax(int axis) {
        return Reductions.logSoftmax(this, axis);
    }

    @Override
    public FloatArray logSumExp(boolean keepDims, int axis) {
        return Reductions.logSumExp(this, keepDims, axis);
    }

    @Override
    public FloatArray sumTo(Shape shape) {
        return Reductions.sumTo(this, shape);
    }

    // ---- views

    /** {@inheritDoc} A view where the strides allow it (always if this is contiguous), else a copy. */
    @Override
    public FloatArray reshape(Shape shape) {
        return Views.reshape(this, shape);
    }

    /** {@inheritDoc} A view. */
    @Override
    public FloatArray transpose(int... order) {
        return Views.transpose(this, order);
    }

    /** {@inheritDoc} A view, in which repeated elements are stored once. */
    @Override
    public FloatArray expand(Shape shape) {
        return Views.expand(this, shape);
    }

    /** {@inheritDoc} A view. */
    @Override
    public FloatArray slice(Index... indices) {
        return Views.slice(this, indices);
    }

    // ---- moving elements

    @Override
    public FloatArray place(Shape shape, Index... indices) {
        return Moves.place(this, shape, indices);
    }

    /** {@inheritDoc} A copy. */
    @Override
    public FloatArray gather(int... rows) {
        return Moves.gather(this, rows);
    }

    @Override
    public FloatArray scatterAdd(int count, int... rows) {
        return Moves.scatterAdd(this, count, rows);
    }

    @Override
    public FloatArray append(int axis, List<FloatArray> others) {
        return Moves.append(this, axis, others);
    }

    // ---- products

    @Override
    public FloatArray matmul(FloatArray b) {
        return Products.matmul(this, b);
    }

    @Override
    public FloatArray addmm(float beta, float alpha, FloatArray a, FloatArray b) {
        return Products.addmm(this, beta, alpha, a, b);
    }

    @Override
    public FloatArray addbmm(float beta, float alpha, FloatArray a, FloatArray b) {
        return Products.addbmm(this, beta, alpha, a, b);
    }

    @Override
    public FloatArray baddbmm(float beta, float alpha, FloatArray a, FloatArray b) {
        return Products.baddbmm(this, beta, alpha, a, b);
    }

    // ---- as a value

    /**
     * Whether every element is near that of an array of the same shape: {@code |x - y| <= atol + rtol * |y|}, worked out
     * in double. Equal infinities are near; an infinity is near nothing else, and NaN near nothing at all, NaN included.
     * Arrays of different shapes are not near.
     *
     * @param rtol the tolerance in proportion to the other's elements
     * @param atol the tolerance besides
     * @throws IllegalArgumentException for a tolerance that is negative or NaN
     */
    public boolean closeTo(FloatArray other, double rtol, double atol) {
        return Comparison.closeTo(this, other, rtol, atol);
    }

    /**
     * Whether the other is an array of the same shape and bits, as {@link Float#equals} sees them: NaN equals NaN
     * (whatever its payload), and -0 is not +0. Views and dense arrays may be equal.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof FloatArray array && Comparison.same(this, array));
    }

    @Override
    public int hashCode() {
        return Comparison.hash(this);
    }

    /**
     * The elements in aligned rows and the shape, for people: four decimals (none if all are whole numbers, an exponent
     * where sizes ask for it), the middle of long dimensions left out from 1,000 elements on.
     */
    @Override
    public String toString() {
        return Printer.print(this);
    }
}
