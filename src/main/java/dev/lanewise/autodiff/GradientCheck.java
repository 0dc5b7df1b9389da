package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the derivatives of a function at a point, in every mode there is.
 *
 * <pre>{@code
 * static <A extends ArrayOps<A>> A softplus(List<A> x) {
 *     return x.getFirst().exp().add(1).log();
 * }
 *
 * GradientCheck.of("softplus", Softplus::softplus).check(FloatArray.of(-1.5f, 0.3f, 2));
 * }</pre>
 *
 * <p>The function is evaluated in double and differentiated there by central differences; with that are compared, in
 * float32,
 * <ul>
 *   <li>the value;
 *   <li>forward mode: the tangent for a random direction, in all operands and in each alone;
 *   <li>reverse mode: the gradients pulled back from a random gradient of the result, to all operands and to each alone;
 *   <li>reverse over reverse: the gradient of a directional derivative that was made of gradients;
 *   <li>reverse over forward: the gradient of a tangent;
 *   <li>forward over reverse: the tangent of gradients.
 * </ul>
 * Besides, and without the differences, the <i>inner product</i>: forward mode's map and reverse mode's must be each
 * other's transpose, {@code <push v, w> = <v, pull w>}. It holds where differences cannot be had, and does not notice
 * a derivative that is wrong in both modes alike.
 *
 * <p><b>Where.</b> The point should be away from kinks and poles, by a hundredth of the element's magnitude (of 1/8, if
 * that is more), and numbers should be about 1: a difference with a step of 2^-10 of the magnitude must see the same
 * smooth piece of the function.
 *
 * <p><b>Tolerance.</b> An element of a derivative is a sum (over the elements that vary, or over those of the result),
 * and so is an inner product; it may differ from what is expected by {@value #ULPS} ULP of float32 of the sum of the
 * absolute values of its terms, the largest such sum among the elements of the same operand. That is the error of a few
 * float32 operations of a few ULP each, summed: an element in which large terms cancel carries the rounding of those
 * terms. Every operation of the library passes with a quarter of it. A deep function loses more, and one whose terms
 * cancel where that cannot be seen from outside (the sum of a softmax, whose derivative is 0) has nothing to be measured
 * by: such a check {@linkplain #tolerance says what it allows}. What central differences in double themselves get wrong
 * is below one ULP; their rounding noise is added to the tolerance, so that a derivative of exactly 0 can be checked too.
 *
 * <p>A check is immutable and may be shared and used again.
 */
public final class GradientCheck {

    /** A function of arrays, written once for every kind: matched by a reference to a static generic method. */
    @FunctionalInterface
    public interface ArrayFunction {
        /** The result for these operands, which a call must not change. */
        <A extends ArrayOps<A>> A apply(List<A> operands);
    }

    /** The same function in double, on the elements of each operand in row-major order. */
    @FunctionalInterface
    public interface DoubleFunction {
        /** The elements of the result in row-major order. */
        double[] apply(List<double[]> operands);
    }

    private static final int ULPS = 16;

    private final String name;
    private final ArrayFunction function;
    private final @Nullable DoubleFunction reference;
    private final double ulps;
    private final double absolute;
    private final boolean secondOrder;

    private GradientCheck(
            String name,
            ArrayFunction function,
            @Nullable DoubleFunction reference,
            double ulps,
            double absolute,
            boolean secondOrder) {
        this.name = name;
        this.function = function;
        this.reference = reference;
        this.ulps = ulps;
        this.absolute = absolute;
        this.secondOrder = secondOrder;
    }

    /** A check of a function that is made of the operations of {@link ArrayOps}. The name is for messages. */
    public static GradientCheck of(String name, ArrayFunction function) {
        return new GradientCheck(name, function, null, ULPS, 0, true);
    }

    /**
     * A check of a rule. What it computes must be said once more {@linkplain #against in double}, for a rule's own value
     * is in float32 and too coarse for differences.
     */
    public static GradientCheck of(Rule rule) {
        return of(rule.name(), new RuleFunction(rule));
    }

    /** The same check with the function in double, for one that uses operations which {@link ArrayOps} has not. */
    public GradientCheck against(DoubleFunction inDouble) {
        return new GradientCheck(name, function, inDouble, ulps, absolute, secondOrder);
    }

    /**
     * The same check with another tolerance, for deep functions and for those in which large terms cancel.
     *
     * @param newUlps in ULP of float32 of the sum of the absolute values of an element's terms
     * @param newAbsolute what an element may differ by besides
     * @throws IllegalArgumentException for a tolerance that is negative or not finite
     */
    public GradientCheck tolerance(double newUlps, double newAbsolute) {
        if (!(newUlps >= 0 && newUlps <= Double.MAX_VALUE && newAbsolute >= 0 && newAbsolute <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("GradientCheck: a tolerance of " + newUlps + " ULP and " + newAbsolute
                    + " for " + name + ": both are finite and not negative");
        }
        return new GradientCheck(name, function, reference, newUlps, newAbsolute, secondOrder);
    }

    /** The same check without second derivatives, for rules whose own derivatives cannot be differentiated. */
    public GradientCheck firstOrderOnly() {
        return new GradientCheck(name, function, reference, ulps, absolute, false);
    }

    /**
     * Runs the check at a point.
     *
     * @throws AssertionError with one line for each mode and operand that fails: the worst element, what was expected
     *     there, what was got, and the tolerance
     * @throws IllegalArgumentException if there are no operands, if they do not fit, or if the value in double has another number of elements
     * @throws IllegalStateException for a rule that has nothing in double to be checked {@link #against}
     */
    public void check(FloatArray... operands) {
        List<String> failures = failures(operands);
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), failures));
        }
    }

    /** The lines of the error that {@link #check} would throw; empty if all is well. */
    List<String> failures(FloatArray... operands) {
        if (operands.length == 0) {
            throw new IllegalArgumentException("GradientCheck: no arrays to check " + name + " at");
        }
        DoubleFunction inDouble = reference;
        if (inDouble == null) {
            if (function instanceof RuleFunction) {
                throw new IllegalStateException(
                        "GradientCheck: the rule " + name + " must be checked against(…) its value in double");
            }
            inDouble = onDoubleArrays(operands);
        }
        return new GradientComparison(name, function, inDouble, ulps, absolute, List.of(operands)).run(secondOrder);
    }

    private DoubleFunction onDoubleArrays(FloatArray[] operands) {
        return numbers -> {
            List<DoubleArray> arrays = new ArrayList<>();
            for (int i = 0; i < operands.length; i++) {
                arrays.add(new DoubleArray(operands[i].shape(), numbers.get(i)));
            }
            return function.apply(arrays).toArray();
        };
    }

    /** A rule as a function of the arrays that rules apply to. */
    private record RuleFunction(Rule rule) implements ArrayFunction {
        @Override
        public <A extends ArrayOps<A>> A apply(List<A> operands) {
            return rule.apply(operands);
        }
    }
}
