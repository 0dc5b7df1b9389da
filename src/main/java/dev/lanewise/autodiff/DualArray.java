package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array and its tangent, the directional derivative that operations carry forward beside the value.
 *
 * <p>Both parts are {@link AdjointArray}s: if they require grad, so does what is computed from them, and the tangent of a
 * result can be pulled back to the primals and tangents that it came from. That is reverse over forward mode: the
 * gradient of {@code <w, Jv>}, a Hessian times v. A tangent that is exactly zero is not stored, and costs nothing.
 */
public final class DualArray implements RuleOps<DualArray> {

    private final AdjointArray primal;
    private final @Nullable AdjointArray tangent;

    private DualArray(AdjointArray primal, @Nullable AdjointArray tangent) {
        this.primal = primal;
        this.tangent = tangent;
    }

    /** A value and its tangent, of the same shape; throws {@link IllegalArgumentException} for different ones. */
    public static DualArray of(FloatArray primal, FloatArray tangent) {
        return of(AdjointArray.constant(primal), AdjointArray.constant(tangent));
    }

    /** A value and its tangent, of the same shape; throws {@link IllegalArgumentException} for different ones. */
    public static DualArray of(AdjointArray primal, AdjointArray tangent) {
        if (!primal.shape().equals(tangent.shape())) {
            throw new IllegalArgumentException(
                    "DualArray: a tangent of shape " + tangent.shape() + " for a value of shape " + primal.shape());
        }
        return new DualArray(primal, tangent);
    }

    /** A value whose tangent is zero. */
    public static DualArray constant(FloatArray value) {
        return new DualArray(AdjointArray.constant(value), null);
    }

    /** The value. */
    public AdjointArray primal() {
        return primal;
    }

    /** The tangent, of the shape of the value; zeros where nothing that varies entered. */
    public AdjointArray tangent() {
        return tangent == null ? AdjointArray.constant(FloatArray.zeros(primal.shape())) : tangent;
    }

    @Override
    public FloatArray value() {
        return primal.value();
    }

    @Override
    public DualArray lift(FloatArray value) {
        return constant(value);
    }

    @Override
    public DualArray apply(Rule rule) {
        return applyAll(rule, new DualArray[] {this});
    }

    @Override
    public DualArray apply(Rule rule, DualArray second) {
        return applyAll(rule, new DualArray[] {this, second});
    }

    @Override
    public DualArray applyAll(Rule rule, DualArray[] operands) {
        AdjointArray[] primals = new AdjointArray[operands.length];
        for (int i = 0; i < operands.length; i++) {
            primals[i] = operands[i].primal;
        }
        AdjointArray result = AdjointArray.resultOf(rule, primals);
        AdjointArray sum = null;
        for (int i = 0; i < operands.length; i++) {
            AdjointArray direction = operands[i].tangent;
            if (direction != null && rule.hasDerivative(i)) {
                AdjointArray pushed = rule.push(i, primals, result, direction);
                if (!pushed.shape().expandsTo(result.shape())) {
                    throw new IllegalArgumentException(
                            "forward: the push of " + rule.name() + " made a tangent of shape " + pushed.shape()
                                    + " for a result of shape " + result.shape());
                }
                sum = sum == null ? pushed : sum.add(pushed);
            }
        }
        if (sum != null && !sum.shape().equals(result.shape())) {
            sum = sum.expand(result.shape()); // only broadcast operands vary
        }
        return new DualArray(result, sum);
    }

    @Override
    public String toString() {
        return Objects.toString(primal.value()) + " tangent " + tangent().value();
    }
}
