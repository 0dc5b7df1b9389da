package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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
    record Partial(Push push, Pull pull) {}

    /** Of an operand that the result does not vary with, such as a condition: it is never asked for. */
    static final Partial NONE = new Partial(
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
        this.name = name;
        this.value = value;
        this.partials = partials;
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
    boolean hasDerivative(int operand) {
        return !NONE.equals(partials[operand]);
    }

    FloatArray value(FloatArray[] operands) {
        return value.of(operands);
    }

    AdjointArray push(int operand, AdjointArray[] operands, AdjointArray result, AdjointArray tangent) {
        return partials[operand].push.of(operands, result, tangent);
    }

    UnaryOperator<AdjointArray> pull(int operand, AdjointArray[] operands, AdjointArray result) {
        return partials[operand].pull.at(operands, result);
    }

    @Override
    public String toString() {
        return name + "/" + partials.length;
    }

    // ---- one operand

    /** An elementwise operation (or another with a symmetric derivative) that needs its operand: {@code (x, g) -> …}. */
    static Rule fromInput(String name, UnaryOperator<FloatArray> value, BinaryOperator<AdjointArray> derivative) {
        return new Rule(name, x -> value.apply(x[0]), new Partial((x, y, t) -> derivative.apply(x[0], t), (x, y) -> {
            AdjointArray operand = x[0];
            return g -> derivative.apply(operand, g);
        }));
    }

    /** An elementwise operation (or another with a symmetric derivative) that needs its result: {@code (y, g) -> …}. */
    static Rule fromOutput(String name, UnaryOperator<FloatArray> value, BinaryOperator<AdjointArray> derivative) {
        return new Rule(
                name,
                x -> value.apply(x[0]),
                new Partial((x, y, t) -> derivative.apply(y, t), (x, y) -> g -> derivative.apply(y, g)));
    }

    /** A linear operation of one operand: its push is the operation itself, so only its transpose is stated. */
    static Rule linear(String name, UnaryOperator<FloatArray> value, UnaryOperator<AdjointArray> pull) {
        Rule[] self = new Rule[1];
        self[0] = new Rule(
                name,
                x -> value.apply(x[0]),
                new Partial((x, y, t) -> AdjointArray.resultOf(self[0], t), (x, y) -> pull));
        return self[0];
    }

    /** Any operation of one operand. */
    static Rule unary(String name, UnaryOperator<FloatArray> value, Push push, Pull pull) {
        return new Rule(name, x -> value.apply(x[0]), new Partial(push, pull));
    }

    // ---- two operands

    /**
     * An operation linear in each of two operands: each push is the operation itself with the tangent in the operand's
     * place, so only the transposes are stated, {@code (g, b) -> …} for the first and {@code (g, a) -> …} for the second.
     */
    static Rule bilinear(
            String name,
            BinaryOperator<FloatArray> value,
            BinaryOperator<AdjointArray> pullFirst,
            BinaryOperator<AdjointArray> pullSecond) {
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
    static Rule elementwise(String name, BinaryOperator<FloatArray> value, Pull first, Pull second) {
        return new Rule(name, x -> value.apply(x[0], x[1]), diagonal(first), diagonal(second));
    }

    /** An operation of two operands whose result jumps or stays, as a comparison's does. */
    static Rule withoutDerivative(String name, BinaryOperator<FloatArray> value) {
        return new Rule(name, x -> value.apply(x[0], x[1]), NONE, NONE);
    }

    // ---- any number of operands

    /** Any operation, one derivative for each operand. */
    static Rule of(String name, Value value, Partial... partials) {
        return new Rule(name, value, partials);
    }

    /** Any operation of {@code arity} operands, the derivative made from the operand's place. */
    static Rule nary(String name, int arity, Value value, Function<Integer, Partial> partial) {
        Partial[] partials = new Partial[arity];
        Arrays.setAll(partials, partial::apply);
        return new Rule(name, value, partials);
    }

    /** A derivative that is its own transpose. */
    static Partial diagonal(Pull map) {
        return new Partial((x, y, t) -> map.at(x, y).apply(t), map);
    }

    /** A derivative that depends on no operand: the map and its transpose. */
    static Partial constant(UnaryOperator<AdjointArray> push, UnaryOperator<AdjointArray> pull) {
        return new Partial((x, y, t) -> push.apply(t), (x, y) -> pull);
    }
}
