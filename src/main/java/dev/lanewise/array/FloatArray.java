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
public final class FloatArray implements PlainOps {

    /** Read through {@link #data(String)}. */
    private final float[] data;

    /** The run of a workspace that the storage belongs to, if any. */
    private final Workspace.@Nullable Run run;

    final int offset;
    final int[] strides;
    final boolean contiguous;
    private final Shape shape;

    /** A view of another array's storage: takes all as it is. */
    FloatArray(FloatArray base, int offset, Shape shape, int[] strides) {
        this(base.data, base.run, offset, shape, strides, Views.isRowMajor(shape, strides));
    }

    /** A dense array on storage of its own, which the caller gives up. */
    FloatArray(float[] data, Shape shape) {
        this(data, shape, null);
    }

    private FloatArray(float[] data, Shape shape, Workspace.@Nullable Run run) {
        this(data, run, 0, shape, shape.sharedStrides(), true);
    }

    private FloatArray(
            float[] data, Workspace.@Nullable Run run, int offset, Shape shape, int[] strides, boolean contiguous) {
        this.data = data;
        this.run = run;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.contiguous = contiguous;
    }

    /** The result of an operation: a dense array on storage from {@link Workspace#storage}. */
    static FloatArray result(float[] data, Shape shape) {
        return new FloatArray(data, shape, Workspace.current());
    }

    /**
     * The storage, to be read from {@link #offset} on, for what looks at numbers now; a refusal names it. Every use of an
     * array's numbers comes here or to {@link #operand}.
     */
    float[] data(String op) {
        if (run != null) {
            run.requireNumbers(op, shape);
        }
        return data;
    }

    /** The storage for an operation that hands its work in where {@link Workspace#isPlanning} a plan is made. */
    float[] operand() {
        if (run != null) {
            run.requireOperand(shape);
        }
        return data;
    }

    /** The same, for the steps of a plan, which run when the run that it was made in is over. */
    FloatArray ofNoRun() {
        return new FloatArray(data, null, offset, shape, strides, contiguous);
    }

    /** Whether the storage is a workspace's, so that other numbers stand there later. */
    boolean isOfRun() {
        return run != null;
    }

    /** The storage as an object, also of an array that is no longer valid. */
    float[] storage() {
        return data;
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
     * @throws IllegalArgumentException for a negative count, or an end that is not finite
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
        return data("get")[Views.position(this, position)];
    }

    @Override
    public float item() {
        if (size() != 1) {
            throw new IllegalArgumentException("item: " + shape + " has " + size() + " elements, not 1");
        }
        return data("item")[offset];
    }

    /** The elements in row-major order, in a new array. */
    public float[] toArray() {
        return toArray("toArray");
    }

    private float[] toArray(String op) {
        float[] result = new float[size()];
        Views.copy(this, data(op), result, 0);
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
        Views.copy(this, data("copyTo"), target, at);
    }

    /** A dense array of the same numbers on storage of its own: what outlives the run of a {@link Workspace}. */
    public FloatArray copy() {
        return new FloatArray(toArray("copy"), shape);
    }

    /** Whether the elements stand in storage densely and in row-major order. */
    public boolean isContiguous() {
        return contiguous;
    }

    // ---- positions

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

    /**
     * The rows (along the first axis) whose numbers stand in an array, from 0 on: of the array's shape, followed by that of a
     * row. NumPy's {@code take(rows, axis=0)}. Unlike {@link #gather(int...)} it can be part of a {@link Plan}, which then
     * refuses wrong numbers when it runs.
     *
     * @throws IllegalArgumentException for a scalar, or for numbers that are not whole or not those of a row
     */
    public FloatArray gather(FloatArray rows) {
        return Moves.gather(this, rows);
    }

    /**
     * Where along the axis the elements stand, from the smallest to the largest, in the order of {@link #sort}; in
     * row-major order of the sorted array, as {@link #gatherAlong} takes them.
     *
     * @throws IllegalArgumentException if there is no such axis
     */
    public int[] argsort(int axis) {
        return argsort(false, axis);
    }

    /**
     * Where along the axis the elements stand, in the order of {@link #sort(boolean, int)}.
     *
     * @throws IllegalArgumentException if there is no such axis
     */
    public int[] argsort(boolean descending, int axis) {
        return Sorting.argsort("argsort", this, descending, axis);
    }

    /**
     * Where along the axis the {@code k} largest elements stand, in the order of {@link #topk}; in row-major order of the
     * result, as {@link #gatherAlong} takes them.
     *
     * @throws IllegalArgumentException if there is no such axis, or if there are not so many elements along it
     */
    public int[] argtopk(int k, int axis) {
        return Sorting.argtopk("argtopk", this, k, axis);
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
        return run == null || run.isReadable()
                ? Printer.print(this)
                : "FloatArray of shape " + shape + ", of a plan, or of a workspace's run that has ended";
    }
}
