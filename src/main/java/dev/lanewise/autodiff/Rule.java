package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A primitive operation: its name, its value, and its derivative, stated once for both modes.
 *
 * <p>The derivative with respect to one operand is a linear map, given by its {@link Push} (tangent of the operand to
 * tangent of the result) and its {@link Pull} (gradient of the result to gradient of the operand, the transposed map).
 * The factories are the shapes that derivatives come in; where push and pull are the same or follow from the operation
 * itself, they are written once.
 *
 * <p>A pull is made in two steps: {@code at(operands, result)} picks what must be kept and returns a closure over just
 * that. A closure for an operand that does not require grad is never made.
 *
 * <p>Neither side undoes broadcasting: a pull may return a gradient in the shape of the result, a push a tangent in any
 * shape that expands to it.
 */
public final class Rule {

    /** The value of the operation. */
    @FunctionalInterface
    public interface Value {
        /** The result for these operands; throws {@link IllegalArgumentException} if they do not fit. */
        FloatArray of(FloatArray[] operands);
    }

    /** The derivative with respect to one operand, applied to its tangent. */
    @FunctionalInterface
    public interface Push {
        /** The tangent of the result that comes from the tangent of the operand. */
        AdjointArray of(AdjointArray[] operands, AdjointArray result, AdjointArray tangent);
    }

    /** The transposed derivative with respect to one operand, as a closure over what it needs. */
    @FunctionalInterface
    public interface Pull {
        /** Takes a gradient of the result to a gradient of the operand. It must capture single arrays, not the list. */
        UnaryOperator<AdjointArray> at(AdjointArray[] operands, AdjointArray result);
    }

    /** The derivative with respect to one operand, in both modes. */
    public record Partial(Push push, Pull pull) {

        /** Throws {@link NullPointerException} if one is missing. */
        public Partial {
            Objects.requireNonNull(push, "Partial: the push is null");
            Objects.requireNonNull(pull, "Partial: the pull is null");
        }
    }

    /** Of an operand that the result does not vary with, such as a condition: it is never asked for. */
    public static final Partial NONE = new Partial(
            (x, y, t) -> {
                throw new AssertionError("no derivative");
            },
            (x, y) -> {
                throw new AssertionError("no derivative");
            });

    private final String name;
    private final Value value;
    private final Partial[] partials;

    private Rule(String name, Value value, Partial... partials) {
        requireParts(name, value, (Object[]) partials);
        if (name.isBlank() || partials.length == 0) {
            throw new IllegalArgumentException("Rule: '" + name + "' with " + partials.length
                    + " derivatives; a rule has a name, and a derivative for each of at least one operand");
        }
        this.name = name;
        this.value = value;
        this.partials = partials;
    }

    /** That a rule is whole when it is made: the lambdas that the factories wrap would fail only when it is applied. */
    private static void requireParts(@Nullable String name, @Nullable Object value, @Nullable Object... derivatives) {
        Objects.requireNonNull(name, "Rule: the name is null");
        Objects.requireNonNull(value, () -> "Rule: the value of " + name + " is null");
        for (int i = 0; i < derivatives.length; i++) {
            int part = i;
            Objects.requireNonNull(derivatives[i], () -> "Rule: derivative " + part + " of " + name + " is null");
        }
    }

    /** The name of the operation, as it stands in error messages and pictures. */
    public String name() {
        return name;
    }

    /** The number of operands. */
    public int arity() {
        return partials.length;
    }

    /** Whether the result varies with the operand at all. */
    @SuppressWarnings(
            "ReferenceEquality") // there is one, and a record's equals is linked at its first use, for milliseconds
    boolean hasDerivative(int operand) {
        return partials[operand] != NONE;
    }

    // ---- applying it

    /**
     * The result of the operation, with what its operands carry: plain numbers, tangents or closures. A function of
     * arrays of any kind can use it as it uses the operations of {@link ArrayOps}:
     *
     * <pre>{@code
     * static <A extends ArrayOps<A>> A softplus(A x) {
     *     return SOFTPLUS.apply(x);
     * }
     * }</pre>
     *
     * @throws IllegalArgumentException for another number of operands than {@link #arity}, or if they do not fit
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, and not kept
    public final <A extends ArrayOps<A>> A apply(A... operands) {
        return apply(Arrays.asList(operands));
    }

    /** As {@link #apply(ArrayOps[])}. */
    @SuppressWarnings("unchecked") // what a rule makes of arrays of A is an A
    public <A extends ArrayOps<A>> A apply(List<A> operands) {
        requireArity(operands.size());
        ArrayOps<?> result = switch (operands.getFirst()) {
            case AdjointArray _ -> AdjointArray.resultOf(this, operands.toArray(new AdjointArray[0]));
            case DualArray _ -> DualArray.resultOf(this, operands.toArray(new DualArray[0]));
            case FloatArray _ -> value(operands.toArray(new FloatArray[0]));
            default ->
                throw new IllegalArgumentException(name + ": a rule is in float32 and cannot be applied to a "
                        + operands.getFirst().getClass().getSimpleName()
                        + "; let GradientCheck check the function against(…) its value in double");
        };
        return (A) result;
    }

    void requireArity(int operands) {
        if (operands != partials.length) {
            throw new IllegalArgumentException(name + ": " + operands + " operands for a rule of " + partials.length);
        }
    }

    FloatArray value(FloatArray[] operands) {
        return made("value", -1, value.of(operands));
    }

    /** A tangent of the result, in a shape that expands to the result's. */
    AdjointArray push(int operand, AdjointArray[] operands, AdjointArray result, AdjointArray tangent) {
        AdjointArray pushed = made("push", operand, partials[operand].push.of(operands, result, tangent));
        if (!pushed.shape().expandsTo(result.shape())) {
            throw new IllegalArgumentException("forward: the push of " + name + " made a tangent of shape "
                    + pushed.shape() + " for a result of shape " + result.shape());
        }
        return pushed;
    }

    UnaryOperator<AdjointArray> pull(int operand, AdjointArray[] operands, AdjointArray result) {
        return made("pull", operand, partials[operand].pull.at(operands, result));
    }

    private <T> T made(String part, int operand, @Nullable T something) {
        if (something == null) {
            throw new NullPointerException(
                    name + ": its " + part + (operand < 0 ? "" : " for operand " + operand) + " returned null");
        }
        return something;
    }

    @Override
    public String toString() {
        return name + "/" + partials.length;
    }

    // ---- one operand

    /**
     * An elementwise operation (or another with a symmetric derivative) that needs its operand: {@code (x, g) -> …} is
     * the derivative at x times a gradient or tangent g. Keeps the operand.
     */
    public static Rule fromInput(
            String name, UnaryOperator<FloatArray> value, BinaryOperator<AdjointArray> derivative) {
        requireParts(name, value, derivative);
        return new Rule(name, x -> value.apply(x[0]), new Partial((x, y, t) -> derivative.apply(x[0], t), (x, y) -> {
            AdjointArray operand = x[0];
            return g -> derivative.apply(operand, g);
        }));
    }

    /**
     * An elementwise operation (or another with a symmetric derivative) that needs its result: {@code (y, g) -> …} is the
     * derivative where the result is y, times a gradient or tangent g. Keeps the result.
     */
    public static Rule fromOutput(
            String name, UnaryOperator<FloatArray> value, BinaryOperator<AdjointArray> derivative) {
        requireParts(name, value, derivative);
        return new Rule(
                name,
                x -> value.apply(x[0]),
                new Partial((x, y, t) -> derivative.apply(y, t), (x, y) -> g -> derivative.apply(y, g)));
    }

    /**
     * A linear operation of one operand: its push is the operation itself, so only its transpose is stated. Keeps
     * nothing.
     */
    public static Rule linear(String name, UnaryOperator<FloatArray> value, UnaryOperator<AdjointArray> pull) {
        requireParts(name, value, pull);
        Rule[] self = new Rule[1];
        self[0] = new Rule(
                name,
                x -> value.apply(x[0]),
                new Partial((x, y, t) -> AdjointArray.resultOf(self[0], t), (x, y) -> pull));
        return self[0];
    }

    /** Any operation of one operand. What the pull's inner closure names is what is kept. */
    public static Rule unary(String name, UnaryOperator<FloatArray> value, Push push, Pull pull) {
        requireParts(name, value, push, pull);
        return new Rule(name, x -> value.apply(x[0]), new Partial(push, pull));
    }

    // ---- two operands

    /**
     * An operation linear in each of two operands: each push is the operation itself with the tangent in the operand's
     * place, so only the transposes are stated, {@code (g, b) -> …} for the first and {@code (g, a) -> …} for the second.
     */
    public static Rule bilinear(
            String name,
            BinaryOperator<FloatArray> value,
            BinaryOperator<AdjointArray> pullFirst,
            BinaryOperator<AdjointArray> pullSecond) {
        requireParts(name, value, pullFirst, pullSecond);
        Rule[] self = new Rule[1];
        self[0] = new Rule(
                name,
                x -> value.apply(x[0], x[1]),
                new Partial((x, y, t) -> AdjointArray.resultOf(self[0], t, x[1]), (x, y) -> {
                    AdjointArray second = x[1];
                    return g -> pullFirst.apply(g, second);
                }),
                new Partial((x, y, t) -> AdjointArray.resultOf(self[0], x[0], t), (x, y) -> {
                    AdjointArray first = x[0];
                    return g -> pullSecond.apply(g, first);
                }));
        return self[0];
    }

    /**
     * An elementwise operation of two operands. Each derivative is a pull whose closure is also its push, because a
     * diagonal map is its own transpose.
     */
    public static Rule elementwise(String name, BinaryOperator<FloatArray> value, Pull first, Pull second) {
        requireParts(name, value, first, second);
        return new Rule(name, x -> value.apply(x[0], x[1]), diagonal(first), diagonal(second));
    }

    /** An operation of two operands whose result jumps or stays, as a comparison's does. */
    static Rule withoutDerivative(String name, BinaryOperator<FloatArray> value) {
        return new Rule(name, x -> value.apply(x[0], x[1]), NONE, NONE);
    }

    // ---- any number of operands

    /** Any operation, one derivative for each operand ({@link #NONE} where the result does not vary with it). */
    public static Rule of(String name, Value value, Partial... partials) {
        return new Rule(name, value, partials);
    }

    /** Any operation of {@code arity} operands, the derivative made from the operand's place. */
    static Rule nary(String name, int arity, Value value, Function<Integer, Partial> partial) {
        Partial[] partials = new Partial[arity];
        Arrays.setAll(partials, partial::apply);
        return new Rule(name, value, partials);
    }

    /** A derivative that is its own transpose. */
    public static Partial diagonal(Pull map) {
        return new Partial((x, y, t) -> map.at(x, y).apply(t), map);
    }

    /** A derivative that depends on no operand: the map and its transpose. */
    public static Partial constant(UnaryOperator<AdjointArray> push, UnaryOperator<AdjointArray> pull) {
        return new Partial((x, y, t) -> push.apply(t), (x, y) -> pull);
    }
}
