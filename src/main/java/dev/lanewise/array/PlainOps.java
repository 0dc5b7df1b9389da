package dev.lanewise.array;

import java.util.List;

/**
 * The primitive operations of {@link ArrayOps} on numbers alone: each line calls the class that knows how. A {@link
 * FloatArray} is its own {@link #value}.
 */
sealed interface PlainOps extends ArrayOps<FloatArray> permits FloatArray {

    // ---- elementwise

    @Override
    default FloatArray neg() {
        return Elementwise.unary(Elementwise.NEG, value());
    }

    @Override
    default FloatArray abs() {
        return Elementwise.unary(Elementwise.ABS, value());
    }

    @Override
    default FloatArray exp() {
        return Elementwise.unary(Elementwise.EXP, value());
    }

    @Override
    default FloatArray log() {
        return Elementwise.unary(Elementwise.LOG, value());
    }

    @Override
    default FloatArray sqrt() {
        return Elementwise.unary(Elementwise.SQRT, value());
    }

    @Override
    default FloatArray square() {
        return Elementwise.unary(Elementwise.SQUARE, value());
    }

    @Override
    default FloatArray reciprocal() {
        return Elementwise.unary(Elementwise.RECIPROCAL, value());
    }

    @Override
    default FloatArray sin() {
        return Elementwise.unary(Elementwise.SIN, value());
    }

    @Override
    default FloatArray cos() {
        return Elementwise.unary(Elementwise.COS, value());
    }

    @Override
    default FloatArray tanh() {
        return Elementwise.unary(Elementwise.TANH, value());
    }

    @Override
    default FloatArray sigmoid() {
        return Elementwise.unary(Elementwise.SIGMOID, value());
    }

    @Override
    default FloatArray relu() {
        return Elementwise.unary(Elementwise.RELU, value());
    }

    @Override
    default FloatArray clamp(float low, float high) {
        return Elementwise.clamp(value(), low, high);
    }

    @Override
    default FloatArray erf() {
        return Elementwise.unary(Elementwise.ERF, value());
    }

    @Override
    default FloatArray expm1() {
        return Elementwise.unary(Elementwise.EXPM1, value());
    }

    @Override
    default FloatArray log1p() {
        return Elementwise.unary(Elementwise.LOG1P, value());
    }

    @Override
    default FloatArray rsqrt() {
        return Elementwise.unary(Elementwise.RSQRT, value());
    }

    @Override
    default FloatArray gelu() {
        return Elementwise.unary(Elementwise.GELU, value());
    }

    @Override
    default FloatArray silu() {
        return Elementwise.unary(Elementwise.SILU, value());
    }

    @Override
    default FloatArray softplus() {
        return Elementwise.unary(Elementwise.SOFTPLUS, value());
    }

    @Override
    default FloatArray leakyRelu(float slope) {
        return Elementwise.leakyRelu(value(), slope);
    }

    @Override
    default FloatArray elu(float alpha) {
        return Elementwise.elu(value(), alpha);
    }

    @Override
    default FloatArray add(FloatArray b) {
        return Elementwise.binary("add", Elementwise.ADD, value(), b);
    }

    @Override
    default FloatArray sub(FloatArray b) {
        return Elementwise.binary("sub", Elementwise.SUB, value(), b);
    }

    @Override
    default FloatArray mul(FloatArray b) {
        return Elementwise.binary("mul", Elementwise.MUL, value(), b);
    }

    @Override
    default FloatArray div(FloatArray b) {
        return Elementwise.binary("div", Elementwise.DIV, value(), b);
    }

    @Override
    default FloatArray pow(FloatArray b) {
        return Elementwise.binary("pow", Elementwise.POW, value(), b);
    }

    @Override
    default FloatArray maximum(FloatArray b) {
        return Elementwise.binary("maximum", Elementwise.MAX, value(), b);
    }

    @Override
    default FloatArray minimum(FloatArray b) {
        return Elementwise.binary("minimum", Elementwise.MIN, value(), b);
    }

    @Override
    default FloatArray reluGradient(FloatArray g) {
        return Elementwise.binary("reluGradient", Elementwise.RELU_GRADIENT, value(), g);
    }

    @Override
    default FloatArray tanhGradient(FloatArray g) {
        return Elementwise.binary("tanhGradient", Elementwise.TANH_GRADIENT, value(), g);
    }

    @Override
    default FloatArray sigmoidGradient(FloatArray g) {
        return Elementwise.binary("sigmoidGradient", Elementwise.SIGMOID_GRADIENT, value(), g);
    }

    @Override
    default FloatArray geluGradient(FloatArray g) {
        return Elementwise.binary("geluGradient", Elementwise.GELU_GRADIENT, value(), g);
    }

    @Override
    default FloatArray siluGradient(FloatArray g) {
        return Elementwise.binary("siluGradient", Elementwise.SILU_GRADIENT, value(), g);
    }

    @Override
    default FloatArray eq(FloatArray b) {
        return Elementwise.binary("eq", Elementwise.EQ, value(), b);
    }

    @Override
    default FloatArray ne(FloatArray b) {
        return Elementwise.binary("ne", Elementwise.NE, value(), b);
    }

    @Override
    default FloatArray lt(FloatArray b) {
        return Elementwise.binary("lt", Elementwise.LT, value(), b);
    }

    @Override
    default FloatArray le(FloatArray b) {
        return Elementwise.binary("le", Elementwise.LE, value(), b);
    }

    @Override
    default FloatArray gt(FloatArray b) {
        return Elementwise.binary("gt", Elementwise.GT, value(), b);
    }

    @Override
    default FloatArray ge(FloatArray b) {
        return Elementwise.binary("ge", Elementwise.GE, value(), b);
    }

    @Override
    default FloatArray add(float c) {
        return Elementwise.withScalar(Elementwise.ADD, value(), c);
    }

    @Override
    default FloatArray rsub(float c) {
        return Elementwise.withScalar(Elementwise.RSUB, value(), c);
    }

    @Override
    default FloatArray mul(float c) {
        return Elementwise.withScalar(Elementwise.MUL, value(), c);
    }

    @Override
    default FloatArray div(float c) {
        return Elementwise.withScalar(Elementwise.DIV, value(), c);
    }

    @Override
    default FloatArray pow(float c) {
        return Elementwise.withScalar(Elementwise.POW, value(), c);
    }

    @Override
    default FloatArray where(FloatArray condition, FloatArray other) {
        return Elementwise.where(condition, value(), other);
    }

    // ---- reductions

    @Override
    default FloatArray sum(boolean keepDims, int... axes) {
        return Reductions.sum(value(), keepDims, axes);
    }

    @Override
    default FloatArray max(boolean keepDims, int... axes) {
        return Reductions.max(value(), keepDims, axes);
    }

    @Override
    default FloatArray min(boolean keepDims, int... axes) {
        return Reductions.min(value(), keepDims, axes);
    }

    @Override
    default FloatArray var(boolean keepDims, int... axes) {
        return Reductions.var(value(), keepDims, axes);
    }

    @Override
    default FloatArray norm(boolean keepDims, int... axes) {
        return Reductions.norm(value(), keepDims, axes);
    }

    @Override
    default FloatArray softmax(int axis) {
        return Reductions.softmax(value(), axis);
    }

    @Override
    default FloatArray logSoftmax(int axis) {
        return Reductions.logSoftmax(value(), axis);
    }

    @Override
    default FloatArray logSumExp(boolean keepDims, int axis) {
        return Reductions.logSumExp(value(), keepDims, axis);
    }

    @Override
    default FloatArray cumsum(boolean fromEnd, int axis) {
        return Reductions.cumsum(value(), fromEnd, axis);
    }

    @Override
    default FloatArray sumTo(Shape shape) {
        return Reductions.sumTo(value(), shape);
    }

    // ---- views

    /** {@inheritDoc} A view where the strides allow it (always if this is contiguous), else a copy. */
    @Override
    default FloatArray reshape(Shape shape) {
        return Views.reshape(value(), shape);
    }

    /** {@inheritDoc} A view. */
    @Override
    default FloatArray transpose(int... order) {
        return Views.transpose(value(), order);
    }

    /** {@inheritDoc} A view, in which repeated elements are stored once. */
    @Override
    default FloatArray expand(Shape shape) {
        return Views.expand(value(), shape);
    }

    /** {@inheritDoc} A view. */
    @Override
    default FloatArray slice(Index... indices) {
        return Views.slice(value(), indices);
    }

    // ---- moving elements

    @Override
    default FloatArray place(Shape shape, Index... indices) {
        return Moves.place(value(), shape, indices);
    }

    @Override
    default FloatArray band(int low, int high) {
        return Moves.band(value(), low, high);
    }

    /** {@inheritDoc} A copy. */
    @Override
    default FloatArray gather(int... rows) {
        return Moves.gather(value(), rows);
    }

    @Override
    default FloatArray scatterAdd(int count, int... rows) {
        return Moves.scatterAdd(value(), count, rows);
    }

    /** {@inheritDoc} A copy. */
    @Override
    default FloatArray gatherAlong(int axis, int count, int... positions) {
        return Moves.gatherAlong(value(), axis, count, positions);
    }

    @Override
    default FloatArray scatterAddAlong(int axis, int length, int... positions) {
        return Moves.scatterAddAlong(value(), axis, length, positions);
    }

    @Override
    default FloatArray append(int axis, List<FloatArray> others) {
        return Moves.append(value(), axis, others);
    }

    // ---- products

    @Override
    default FloatArray matmul(FloatArray b) {
        return Products.matmul(value(), b);
    }

    @Override
    default FloatArray linear(FloatArray weight, FloatArray bias) {
        return Products.linear(value(), weight, bias);
    }

    @Override
    default FloatArray addmm(float beta, float alpha, FloatArray a, FloatArray b) {
        return Products.addmm(value(), beta, alpha, a, b);
    }

    @Override
    default FloatArray addbmm(float beta, float alpha, FloatArray a, FloatArray b) {
        return Products.addbmm(value(), beta, alpha, a, b);
    }

    @Override
    default FloatArray baddbmm(float beta, float alpha, FloatArray a, FloatArray b) {
        return Products.baddbmm(value(), beta, alpha, a, b);
    }

    // ---- networks

    @Override
    default FloatArray layerNorm(float eps, int... axes) {
        return Normalization.layerNorm(value(), eps, axes);
    }

    @Override
    default FloatArray crossEntropy(int... labels) {
        return CrossEntropy.of(value(), labels);
    }

    @Override
    default FloatArray crossEntropyGradient(FloatArray g, int... labels) {
        return CrossEntropy.gradient(value(), g, labels);
    }

    @Override
    default FloatArray dropout(float rate, long seed) {
        return Dropout.dropout(value(), rate, seed);
    }

    @Override
    default FloatArray unfold(Window window) {
        return Windows.unfold(value(), window);
    }

    @Override
    default FloatArray fold(int height, int width, Window window) {
        return Windows.fold(value(), height, width, window);
    }

    @Override
    default FloatArray conv2d(FloatArray filters, Window window, int groups) {
        return Windows.conv2d(value(), filters, window, groups);
    }
}
