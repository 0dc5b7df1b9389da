package dev.lanewise.autodiff;

import dev.lanewise.array.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tangent that an array carries because it was computed within a forward derivative: the value is {@code primal}, and
 * it moves along {@code tangent} (null for not at all) with the variable of that derivative.
 *
 * <p>Derivatives nest, and each has a {@link Clock} number, its level, which is larger the further in it is. Primal and
 * tangent may carry perturbations of their own, of lower levels only: numbers like {@code a + b ε₁ + (c + d ε₁) ε₂} with
 * {@code ε₁² = ε₂² = 0}, written as polynomials in the innermost ε. Two derivatives never share a level, so the tangent
 * of one is never taken for that of another (Siskind and Pearlmutter, <i>Nesting forward-mode AD in a functional
 * framework</i>, 2008).
 */
record Perturbation(
        long level, AdjointArray primal, @Nullable AdjointArray tangent) {

    /** Below all levels. */
    static final long NO_LEVEL = Long.MIN_VALUE;

    /** The level of what an array carries. */
    static long levelOf(AdjointArray array) {
        Perturbation own = array.perturbation();
        return own == null ? NO_LEVEL : own.level;
    }

    /** What an array is to the derivative of a level: itself, if that is further in than its own. */
    static AdjointArray primalAt(long level, AdjointArray array) {
        Perturbation own = array.perturbation();
        return own != null && own.level == level ? own.primal : array;
    }

    /** How an array varies with the variable of a level; null for not at all. */
    static @Nullable AdjointArray tangentAt(long level, AdjointArray array) {
        Perturbation own = array.perturbation();
        return own != null && own.level == level ? own.tangent : null;
    }

    /** An array that moves with the variable of a derivative that is over has lost what it is to those around. */
    static void requireLive(String operation, AdjointArray array) {
        Perturbation own = array.perturbation();
        if (own != null && own.tangent != null) {
            requireLive(operation, own.level, array.shape());
        }
    }

    static void requireLive(String operation, long level, Shape shape) {
        if (Clock.hasEnded(level)) {
            throw new IllegalStateException(operation + ": an array of shape " + shape
                    + " belongs to a forward derivative that has ended; outside of the function that was differentiated"
                    + " only what the derivative returned can be used");
        }
    }

    /** The perturbation of the result of a rule, at least one of whose operands has one. */
    static Perturbation ofResult(Rule rule, AdjointArray[] operands) {
        long level = NO_LEVEL;
        for (AdjointArray operand : operands) {
            requireLive(rule.name(), operand);
            level = Math.max(level, levelOf(operand));
        }
        AdjointArray[] primals = new AdjointArray[operands.length];
        AdjointArray[] tangents = new AdjointArray[operands.length];
        for (int i = 0; i < operands.length; i++) {
            primals[i] = primalAt(level, operands[i]);
            tangents[i] = tangentAt(level, operands[i]);
        }
        AdjointArray primal = AdjointArray.resultOf(rule, primals);
        return new Perturbation(level, primal, push(rule, primals, tangents, primal));
    }

    /** The tangent of a result: what the tangents of the operands are pushed to, added; null if that is nothing. */
    static @Nullable AdjointArray push(
            Rule rule, AdjointArray[] primals, @Nullable AdjointArray[] tangents, AdjointArray result) {
        AdjointArray sum = null;
        for (int i = 0; i < primals.length; i++) {
            AdjointArray tangent = tangents[i];
            if (tangent != null && rule.hasDerivative(i)) {
                AdjointArray pushed = Anomaly.isOn()
                        ? Anomaly.push(rule, i, primals, result, tangent)
                        : rule.push(i, primals, result, tangent);
                sum = sum == null ? pushed : sum.add(pushed);
            }
        }
        if (sum != null && !sum.shape().equals(result.shape())) {
            sum = sum.expand(result.shape()); // only broadcast operands vary
        }
        return sum;
    }
}
