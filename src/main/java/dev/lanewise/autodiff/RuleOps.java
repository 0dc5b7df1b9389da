package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The primitive operations of {@link ArrayOps} in terms of {@link Rules} and {@link LinearRules}, once for both modes: a differentiable array
 * says how it applies a rule, and has them all.
 */
sealed interface RuleOps<A extends RuleOps<A>> extends ArrayOps<A> permits AdjointArray, DualArray {

    /** Applies a rule of one operand to this. */
    A apply(Rule rule);

    /** Applies a rule of two operands to this and another. */
    A apply(Rule rule, A second);

    /** Applies a rule of any number of operands, of which this is one. */
    A applyAll(Rule rule, A[] operands);

    /** This and others, as the operands of a rule. */
    @SuppressWarnings("unchecked") // an array of A, filled with nothing but A
    private A[] operands(List<A> others) {
        A[] operands = (A[]) Array.newInstance(getClass(), others.size() + 1);
        operands[0] = (A) this;
        for (int i = 0; i < others.size(); i++) {
            operands[i + 1] = others.get(i);
        }
        return operands;
    }

    // ---- elementwise

    @Override
    default A neg() {
        return apply(Rules.NEG);
    }

    @Override
    default A abs() {
        return apply(Rules.ABS);
    }

    @Override
    default A exp() {
        return apply(Rules.EXP);
    }

    @Override
    default A log() {
        return apply(Rules.LOG);
    }

    @Override
    default A sqrt() {
        return apply(Rules.SQRT);
    }

    @Override
    default A square() {
        return apply(Rules.SQUARE);
    }

    @Override
    default A reciprocal() {
        return apply(Rules.RECIPROCAL);
    }

    @Override
    default A sin() {
        return apply(Rules.SIN);
    }

    @Override
    default A cos() {
        return apply(Rules.COS);
    }

    @Override
    default A tanh() {
        return apply(Rules.TANH);
    }

    @Override
    default A sigmoid() {
        return apply(Rules.SIGMOID);
    }

    @Override
    default A relu() {
        return apply(Rules.RELU);
    }

    @Override
    default A clamp(float low, float high) {
        return apply(Rules.clamp(low, high));
    }

    @Override
    default A erf() {
        return apply(Rules.ERF);
    }

    @Override
    default A expm1() {
        return apply(Rules.EXPM1);
    }

    @Override
    default A log1p() {
        return apply(Rules.LOG1P);
    }

    @Override
    default A rsqrt() {
        return apply(Rules.RSQRT);
    }

    @Override
    default A gelu() {
        return apply(Rules.GELU);
    }

    @Override
    default A silu() {
        return apply(Rules.SILU);
    }

    @Override
    default A softplus() {
        return apply(Rules.SOFTPLUS);
    }

    @Override
    default A leakyRelu(float slope) {
        return apply(Rules.leakyRelu(slope));
    }

    @Override
    default A elu(float alpha) {
        return apply(Rules.elu(alpha));
    }

    @Override
    default A add(A b) {
        return apply(Rules.ADD, b);
    }

    @Override
    default A sub(A b) {
        return apply(Rules.SUB, b);
    }

    @Override
    default A mul(A b) {
        return apply(Rules.MUL, b);
    }

    @Override
    default A div(A b) {
        return apply(Rules.DIV, b);
    }

    @Override
    default A pow(A b) {
        return apply(Rules.POW, b);
    }

    @Override
    default A maximum(A b) {
        return apply(Rules.MAXIMUM, b);
    }

    @Override
    default A minimum(A b) {
        return apply(Rules.MINIMUM, b);
    }

    @Override
    default A reluGradient(A g) {
        return apply(Rules.RELU_GRADIENT, g);
    }

    @Override
    default A tanhGradient(A g) {
        return apply(Rules.TANH_GRADIENT, g);
    }

    @Override
    default A sigmoidGradient(A g) {
        return apply(Rules.SIGMOID_GRADIENT, g);
    }

    @Override
    default A geluGradient(A g) {
        return apply(Rules.GELU_GRADIENT, g);
    }

    @Override
    default A siluGradient(A g) {
        return apply(Rules.SILU_GRADIENT, g);
    }

    @Override
    default A add(float c) {
        return apply(Rules.addScalar(c));
    }

    @Override
    default A mul(float c) {
        return apply(Rules.mulScalar(c));
    }

    @Override
    default A div(float c) {
        return apply(Rules.divScalar(c));
    }

    @Override
    default A pow(float c) {
        return apply(Rules.powScalar(c));
    }

    @Override
    default A where(A condition, A other) {
        return applyAll(Rules.WHERE, operands(Arrays.asList(condition, other)));
    }

    @Override
    default A eq(A b) {
        return apply(Rules.EQ, b);
    }

    @Override
    default A ne(A b) {
        return apply(Rules.NE, b);
    }

    @Override
    default A lt(A b) {
        return apply(Rules.LT, b);
    }

    @Override
    default A le(A b) {
        return apply(Rules.LE, b);
    }

    @Override
    default A gt(A b) {
        return apply(Rules.GT, b);
    }

    @Override
    default A ge(A b) {
        return apply(Rules.GE, b);
    }

    // ---- reductions

    @Override
    default A sum(boolean keepDims, int... axes) {
        return apply(Rules.sum(shape(), keepDims, axes));
    }

    @Override
    default A max(boolean keepDims, int... axes) {
        return apply(Rules.max(keepDims, axes));
    }

    @Override
    default A min(boolean keepDims, int... axes) {
        return apply(Rules.min(keepDims, axes));
    }

    @Override
    default A norm(boolean keepDims, int... axes) {
        return apply(Rules.norm(keepDims, axes));
    }

    @Override
    default A softmax(int axis) {
        return apply(Rules.softmax(axis));
    }

    @Override
    default A logSoftmax(int axis) {
        return apply(Rules.logSoftmax(axis));
    }

    @Override
    default A logSumExp(boolean keepDims, int axis) {
        return apply(Rules.logSumExp(keepDims, axis));
    }

    @Override
    default A cumsum(boolean fromEnd, int axis) {
        return apply(LinearRules.cumsum(fromEnd, axis));
    }

    // ---- shape

    @Override
    default A reshape(Shape to) {
        return apply(LinearRules.reshape(shape(), to));
    }

    @Override
    default A transpose(int... order) {
        return apply(LinearRules.transpose(rank(), order));
    }

    @Override
    default A expand(Shape to) {
        return apply(LinearRules.expand(shape(), to));
    }

    @Override
    default A sumTo(Shape to) {
        return apply(LinearRules.sumTo(shape(), to));
    }

    @Override
    default A slice(Index... indices) {
        return apply(LinearRules.slice(shape(), indices));
    }

    @Override
    default A place(Shape into, Index... indices) {
        return apply(LinearRules.place(into, indices));
    }

    @Override
    default A band(int low, int high) {
        return apply(LinearRules.band(low, high));
    }

    @Override
    default A gather(int... rows) {
        return apply(LinearRules.gather(shape(), rows));
    }

    @Override
    default A scatterAdd(int count, int... rows) {
        return apply(LinearRules.scatterAdd(count, rows));
    }

    @Override
    default A gatherAlong(int axis, int count, int... positions) {
        return apply(LinearRules.gatherAlong(shape(), axis, count, positions));
    }

    @Override
    default A scatterAddAlong(int axis, int length, int... positions) {
        return apply(LinearRules.scatterAddAlong(shape(), axis, length, positions));
    }

    @Override
    default A append(int axis, List<A> others) {
        A[] operands = operands(others);
        List<Shape> shapes = new ArrayList<>(operands.length);
        for (A operand : operands) {
            shapes.add(Operation.given("concat", operand).shape());
        }
        return applyAll(LinearRules.append(axis, shapes), operands);
    }

    // ---- products

    @Override
    default A matmul(A b) {
        return apply(LinearRules.matmul(rank(), Operation.given("matmul", b).rank()), b);
    }

    @Override
    default A linear(A weight, A bias) {
        return applyAll(LinearRules.LINEAR, operands(Arrays.asList(weight, bias)));
    }

    // ---- networks

    @Override
    default A layerNorm(float eps, int... axes) {
        return apply(Rules.layerNorm(eps, axes));
    }

    @Override
    default A crossEntropy(int... labels) {
        return apply(Rules.crossEntropy(labels));
    }

    @Override
    default A crossEntropyGradient(A g, int... labels) {
        return apply(Rules.crossEntropyGradient(labels), g);
    }

    @Override
    default A dropout(float rate, long seed) {
        return apply(LinearRules.dropout(rate, seed));
    }

    @Override
    default A unfold(Window window) {
        return apply(LinearRules.unfold(shape(), window));
    }

    @Override
    default A fold(int height, int width, Window window) {
        return apply(LinearRules.fold(height, width, window));
    }

    @Override
    default A conv2d(A filters, Window window, int groups) {
        return apply(
                LinearRules.conv2d(shape(), Operation.given("conv2d", filters).shape(), window, groups), filters);
    }
}
