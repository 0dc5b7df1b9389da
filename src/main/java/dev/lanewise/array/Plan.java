package dev.lanewise.array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * A function of arrays of one shape as a list of steps on storage of its own: what the function does is found out once, and then
 * done again for other numbers, without allocating anything (but a norm of numbers whose squares overflow or vanish does, and the
 * sums of the scalar kernels, 80 bytes each).
 *
 * <pre>{@code
 * Plan plan = Plan.of(Shape.of(1, 784), model::infer);
 * plan.run(pixels, 0, scores, 0);
 * }</pre>
 *
 * <p>The function is called once, when the plan is made. Whatever else it uses, such as the parameters of a model or a mask that
 * it makes of numbers, stays as it was then; large weights are kept once more in an order that is faster to read, off the heap,
 * once for all plans that use them. It has to do the same operations for all numbers: one that looks at numbers
 * ({@code item}, {@code toArray}, comparing arrays), operations that do so inside ({@code maxPool2d}, sorting), and those that
 * are not made for plans ({@code cumsum}, {@code concat}, {@code dot}, {@code dropout}, {@code fold}, and of what depends on
 * the input {@code pad}, {@code tril}, {@code scatterAdd}, {@code gatherAlong} and their like) are refused, by an error that
 * names them. So is an array that was made in a run of a
 * {@link Workspace}: its storage will serve others, while a {@code copy()} of it stays. Arrays that the function makes are not
 * valid afterwards. Results have the same bits as the function's.
 *
 * <p>A plan serves one call at a time; threads have one each.
 */
public final class Plan {

    private final Shape input;
    private final Shape output;
    private final float[] in;
    private final float[] out;
    private final int outStart;
    private final Runnable[] steps;
    private final AtomicBoolean running = new AtomicBoolean();

    private Plan(Shape input, UnaryOperator<FloatArray> function) {
        this.input = input;
        List<Runnable> work = new ArrayList<>();
        float[] numbers = new float[input.size()];
        FloatArray result = new Workspace().call(work, () -> {
            FloatArray returned = Objects.requireNonNull(
                    function.apply(FloatArray.result(numbers, input)), "plan: the function returned null");
            returned.operand(); // refused where its storage is another run's, dense or not
            return Views.dense(returned);
        });
        this.in = numbers;
        this.out = result.storage();
        this.outStart = result.offset;
        this.output = result.shape();
        this.steps = work.toArray(Runnable[]::new);
    }

    /**
     * A plan of a function for arrays of one shape. Calls the function once.
     *
     * @throws IllegalStateException if the function uses numbers in a way that cannot be planned, or an array of a run of a
     *     workspace
     */
    public static Plan of(Shape input, UnaryOperator<FloatArray> function) {
        return new Plan(
                Objects.requireNonNull(input, "plan: the shape is null"),
                Objects.requireNonNull(function, "plan: the function is null"));
    }

    /** The shape of what goes in. */
    public Shape input() {
        return input;
    }

    /** The shape of what comes out. */
    public Shape output() {
        return output;
    }

    /**
     * The function of an array, in an array of its own.
     *
     * @throws IllegalArgumentException for another shape
     * @throws IllegalStateException if the plan is running on another thread
     */
    public FloatArray run(FloatArray x) {
        Objects.requireNonNull(x, "plan: the array is null");
        if (!x.shape().equals(input)) {
            throw new IllegalArgumentException("plan: an array of shape " + x.shape() + " for a plan of " + input);
        }
        begin();
        try {
            x.copyTo(in, 0);
            work();
            return FloatArray.wrap(Arrays.copyOfRange(out, outStart, outStart + output.size()), output);
        } finally {
            running.set(false);
        }
    }

    /**
     * The function of numbers in row-major order, from {@code xo} on, written to {@code y} from {@code yo} on. Allocates nothing.
     *
     * @throws IllegalArgumentException if there are not as many numbers, or there is not as much room; nothing is written then
     * @throws IllegalStateException if the plan is running on another thread
     */
    public void run(float[] x, int xo, float[] y, int yo) {
        Objects.requireNonNull(x, "plan: the numbers are null");
        Objects.requireNonNull(y, "plan: the room for the result is null");
        requireRoom("numbers", x, xo, input);
        requireRoom("room", y, yo, output);
        begin();
        try {
            System.arraycopy(x, xo, in, 0, input.size());
            work();
            System.arraycopy(out, outStart, y, yo, output.size());
        } finally {
            running.set(false);
        }
    }

    private static void requireRoom(String what, float[] array, int from, Shape shape) {
        if (from < 0 || array.length - from < shape.size()) {
            throw new IllegalArgumentException("plan: " + what + " for " + shape + ", " + shape.size()
                    + " of them, in an array of length " + array.length + " from " + from);
        }
    }

    private void begin() {
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException("plan: it is running already; a plan serves one call at a time");
        }
    }

    private void work() {
        for (Runnable step : steps) {
            step.run();
        }
    }

    @Override
    public String toString() {
        return "plan of " + steps.length + " steps from " + input + " to " + output;
    }
}
