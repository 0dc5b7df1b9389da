package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import java.util.function.Predicate;

/**
 * Where Lanewise and libtorch do not agree, and why that stays so. It explains single elements, and should explain no other: what
 * it accepts is not looked at further.
 *
 * @param note a sentence for the page
 * @param when of which trials it may explain anything
 * @param where whether it explains what was found at one element
 */
record Difference(String note, Predicate<Trial> when, Explains where) {

    /** Of what kind a result is. */
    enum Kind {
        VALUE,
        PLAIN_VALUE,
        GRADIENT,
        SECOND
    }

    /**
     * What was found at one element.
     *
     * @param operand by which operand it is a derivative; 0 for values
     * @param at its place in its array, which for a gradient has the shape of the operand
     * @param upstream the upstream gradient
     * @param exact in double
     * @param right whether {@code ours} is within its bound
     */
    record Element(
            Kind kind,
            Trial trial,
            FloatArray upstream,
            int operand,
            int at,
            double ours,
            double libtorch,
            double exact,
            boolean right) {

        boolean isGradient() {
            return kind == Kind.GRADIENT;
        }

        boolean isValue() {
            return kind == Kind.VALUE || kind == Kind.PLAIN_VALUE;
        }

        boolean libtorchIsNaN() {
            return Double.isNaN(libtorch) && Double.isNaN(exact);
        }

        /** The element of the operand where this is; of values, too, if the operation takes one array element by element. */
        float x() {
            return trial.operands().get(operand).toArray()[at];
        }

        /** The upstream gradient where this is, if the operation takes one array element by element. */
        float g() {
            return upstream.toArray()[at];
        }

        boolean upstreamIsFinite() {
            return isFinite(upstream);
        }
    }

    /** Whether this is an element that is explained. */
    interface Explains {
        boolean test(Element e);
    }

    /** Of operations that choose. */
    static final Difference MASKED = of(
            "what was not chosen has a gradient of 0, whatever the upstream gradient is; libtorch multiplies by 0, and"
                    + " makes NaN of infinities",
            e -> e.isGradient() && e.ours() == 0 && e.libtorchIsNaN() && !e.upstreamIsFinite() && !Float.isNaN(e.x()));

    /** Of operations that take one of two equal numbers. */
    static final Difference ZERO_SIGN = of(
            "0 and -0 are equal to libtorch, and it takes either; here 0 is the larger, as in IEEE 754-2019",
            e -> e.isValue() && e.ours() == 0 && e.libtorch() == 0 && e.exact() == 0);

    /** Of what is normalized: the mean of the gradients is subtracted from each. */
    static final Difference INFINITE_UPSTREAM = of(
            "an infinite upstream gradient makes the gradient NaN; libtorch's is infinite",
            e -> e.isGradient() && !e.upstreamIsFinite() && Double.isNaN(e.ours()) && Double.isInfinite(e.libtorch()));

    static Difference of(String note, Explains where) {
        return new Difference(note, trial -> true, where);
    }

    /** NaN or an infinity of libtorch's, or the lack of one, where Lanewise is right. */
    static Difference libtorchLoses(String note) {
        return of(note, Element::right);
    }

    /** A gradient of NaN, where libtorch has a number, in trials with an infinity or NaN among the numbers. */
    static Difference notANumber(String note) {
        return new Difference(
                note,
                trial -> !trial.operands().stream().allMatch(Difference::isFinite),
                e -> e.isGradient() && Double.isNaN(e.ours()) && !e.libtorchIsNaN());
    }

    private static boolean isFinite(FloatArray x) {
        return x.size() == 0 || x.abs().max().item() < Float.POSITIVE_INFINITY;
    }

    /** The same, with a sentence of its own. */
    Difference noted(String sentence) {
        return new Difference(sentence, when, where);
    }

    /** Only of such trials. */
    Difference when(Predicate<Trial> condition) {
        return new Difference(note, condition, where);
    }
}
