package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array and its tangent, the directional derivative that operations carry forward beside the value.
 *
 * <p>Both parts are {@link AdjointArray}s: if they require grad, so does what is computed from them, and the tangent of a
 * result can be pulled back to the primals and tangents that it came from. That is reverse over forward mode: the
 * gradient of {@code <w, Jv>}, a Hessian times v. What does not vary has no
 * tangent at all, which costs nothing.
 *
 * <p>Forward derivatives may nest: within a function that {@link Gradients#jvp} differentiates, another may be
 * differentiated, and may use dual arrays of the one around it. To the inner derivative these are constants, and what
 * they carry goes on in the primal and the tangent of its results; tangents of two derivatives never mix. Dual arrays
 * made here, by hand, all belong to one derivative, the innermost where they are made. What escapes from a function that
 * is being differentiated is of no use after it: its numbers can be read, operations throw {@link IllegalStateException}.
 */
public final class DualArray implements RuleOps<DualArray> {

    /** Which derivative the tangent belongs to, see {@link Perturbation}; no level if there is none. */
    private final long level;

    private final AdjointArray primal;
    private final @Nullable AdjointArray tangent;

    private DualArray(long level, AdjointArray primal, @Nullable AdjointArray tangent) {
        this.level = tangent == null ? Perturbation.NO_LEVEL : level;
        this.primal = primal;
        this.tangent = tangent;
    }

    /** A value and its tangent, of the same shape; throws {@link IllegalArgumentException} for different ones. */
    public static DualArray of(FloatArray primal, FloatArray tangent) {
        return of(AdjointArray.constant(primal), AdjointArray.constant(tangent));
    }

    /** A value and its tangent, of the same shape; throws {@link IllegalArgumentException} for different ones. */
    public static DualArray of(AdjointArray primal, AdjointArray tangent) {
        return at("DualArray", Clock.between(), primal, tangent);
    }

    /** A value and its tangent within the derivative of that level. */
    static DualArray at(String operation, long level, AdjointArray primal, AdjointArray tangent) {
        if (!primal.shape().equals(tangent.shape())) {
            throw new IllegalArgumentException(
                    operation + ": a tangent of shape " + tangent.shape() + " for a value of shape " + primal.shape());
        }
        if (Math.max(Perturbation.levelOf(primal), Perturbation.levelOf(tangent)) >= level) {
            throw new IllegalStateException(
                    operation + ": this array belongs to a forward derivative that is further in, or has ended");
        }
        return new DualArray(level, primal, tangent);
    }

    /** A value whose tangent is zero. */
    public static DualArray constant(FloatArray value) {
        return constant(AdjointArray.constant(value));
    }

    /** A value whose tangent is zero, but which may require grad, or vary with a forward derivative around this. */
    public static DualArray constant(AdjointArray value) {
        Perturbation own = value.perturbation();
        if (own != null && !value.requiresGrad()) {
            return new DualArray(own.level(), own.primal(), own.tangent());
        }
        return new DualArray(Perturbation.NO_LEVEL, value, null);
    }

    /** The dual form of an array that carries the tangent of some derivative, or none. */
    static DualArray fromAdjoint(AdjointArray array) {
        Perturbation own = array.perturbation();
        return own == null ? constant(array) : new DualArray(own.level(), own.primal(), own.tangent());
    }

    /** Both parts as one array, for use within a derivative further in. */
    AdjointArray toAdjoint() {
        return tangent == null ? primal : AdjointArray.perturbed(primal, level, tangent, Cut.CONSTANT);
    }

    /** What this is to the derivative of a level: to one further in, all of this is the primal. */
    AdjointArray primalAt(long there) {
        return level == there ? primal : toAdjoint();
    }

    /** How this varies with the variable of that level; null for not at all. */
    @Nullable
    AdjointArray tangentAt(long there) {
        return level == there ? tangent : null;
    }

    /** Throws if the derivative that this belongs to is over. */
    void requireLive(String operation) {
        Perturbation.requireLive(operation, level, primal.shape());
        Perturbation.requireLive(operation, primal);
    }

    /** Which derivative this varies with, of several the innermost. */
    long level() {
        return Math.max(level, Perturbation.levelOf(primal));
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
        return resultOf(rule, operands);
    }

    static DualArray resultOf(Rule rule, DualArray... operands) {
        long level = Perturbation.NO_LEVEL;
        for (DualArray operand : operands) {
            level = Math.max(level, Operation.given(rule.name(), operand).level);
        }
        AdjointArray[] primals = new AdjointArray[operands.length];
        AdjointArray[] tangents = new AdjointArray[operands.length];
        for (int i = 0; i < operands.length; i++) {
            primals[i] = operands[i].primalAt(level);
            tangents[i] = operands[i].tangentAt(level);
        }
        boolean varies = level != Perturbation.NO_LEVEL && !Grad.isOff();
        if (varies) {
            for (DualArray operand : operands) {
                operand.requireLive(rule.name());
            }
        }
        AdjointArray result = AdjointArray.resultOf(rule, primals);
        return new DualArray(level, result, varies ? Perturbation.push(rule, primals, tangents, result) : null);
    }

    @Override
    public String toString() {
        return Objects.toString(primal.value()) + " tangent " + tangent().value();
    }
}
