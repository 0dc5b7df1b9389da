package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One operation on adjoint arrays: the value, what it carries, and what is recorded. */
final class Operation {

    private Operation() {}

    /** An operand that is there. */
    static <A> A given(String operation, @Nullable A operand) {
        if (operand == null) {
            throw new NullPointerException(operation + ": an operand is null");
        }
        return operand;
    }

    /** The result of a rule on these operands, recorded as far as the operands ask for it. */
    static AdjointArray apply(Rule rule, AdjointArray... operands) {
        rule.requireArity(operands.length);
        FloatArray[] values = new FloatArray[operands.length];
        Cut cut = null;
        boolean tracked = false;
        boolean perturbed = false;
        for (int i = 0; i < operands.length; i++) {
            AdjointArray operand = given(rule.name(), operands[i]);
            values[i] = operand.value();
            perturbed |= operand.perturbation() != null;
            Cut why = operand.cut();
            if (why == null) {
                if (rule.hasDerivative(i)) {
                    tracked = true;
                    continue;
                }
                why = Cut.NO_DERIVATIVE;
            }
            if (cut == null || why.outranks(cut)) {
                cut = why;
            }
        }
        boolean off = (tracked || perturbed) && Grad.isOff();
        Perturbation perturbation = perturbed && !off ? Perturbation.ofResult(rule, operands) : null;
        FloatArray value = perturbation == null
                ? rule.value(values)
                : perturbation.primal().value();
        if (Anomaly.isOn()) {
            Anomaly.checkValue(rule, operands, value);
        }
        if (tracked && !off && (cut == null || !cut.isVolatile())) {
            return recorded(rule, operands, value, perturbation);
        }
        return AdjointArray.untracked(value, perturbation, reason(cut, tracked && off));
    }

    /** Why a result is not tracked: the strongest of the operands' reasons, or that recording is off. */
    private static Cut reason(@Nullable Cut ofOperands, boolean off) {
        if (off && (ofOperands == null || Cut.RECORDING_OFF.outranks(ofOperands))) {
            return Cut.RECORDING_OFF;
        }
        return ofOperands == null ? Cut.CONSTANT : ofOperands;
    }

    /** A result with a node: one closure for each operand that requires grad, and why the others have none. */
    private static AdjointArray recorded(
            Rule rule, AdjointArray[] operands, FloatArray value, @Nullable Perturbation perturbation) {
        Node.Edge[] edges = new Node.Edge[operands.length];
        AdjointArray result = AdjointArray.tracked(value, perturbation, new Node(rule.name(), value.shape(), edges));
        boolean traced = Anomaly.isOn();
        for (int i = 0; i < operands.length; i++) {
            AdjointArray operand = operands[i];
            Cut why = operand.cut();
            if (why != null) {
                edges[i] = why;
            } else if (!rule.hasDerivative(i)) {
                edges[i] = Cut.NO_DERIVATIVE;
            } else {
                UnaryOperator<AdjointArray> pull = rule.pull(i, operands, result);
                edges[i] = new Node.Tracked(operand.trackedNode(), traced ? Anomaly.traced(pull) : pull);
            }
        }
        return result;
    }
}
