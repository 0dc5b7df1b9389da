package dev.lanewise.array;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ReductionKernels;

/** Cross-entropy of plain numbers and its gradient, a row at a time, while it is in the nearest cache. */
final class CrossEntropy {

    private static final ElementwiseKernels E = Kernels.ELEMENTWISE;
    private static final ReductionKernels R = Kernels.REDUCTIONS;

    private CrossEntropy() {}

    static FloatArray of(FloatArray logits, int... givenLabels) {
        Shapes.requireLabels("crossEntropy", logits.shape(), givenLabels);
        int[] labels = givenLabels.clone(); // a plan reads them again
        int n = logits.shape().dim(1);
        FloatArray dense = Views.dense(logits);
        float[] data = dense.operand();
        float[] losses = Workspace.storage(labels.length);
        Reductions.rows(labels.length, n, (first, count) -> {
            for (int i = first; i < first + count; i++) {
                losses[i] = R.crossEntropy(n, data, dense.offset + i * n, labels[i]);
            }
        });
        return FloatArray.result(losses, Shape.of(labels.length)).sum().div(labels.length);
    }

    static FloatArray gradient(FloatArray logits, FloatArray g, int... givenLabels) {
        Shapes.requireLabels("crossEntropyGradient", logits.shape(), givenLabels);
        if (Shapes.given("crossEntropyGradient", g).rank() != 0) {
            throw new IllegalArgumentException("crossEntropyGradient: logits " + logits.shape()
                    + " with a gradient of shape " + g.shape() + ": it is one number");
        }
        int[] labels = givenLabels.clone();
        int n = logits.shape().dim(1);
        FloatArray dense = Views.dense(logits);
        float[] data = dense.operand();
        FloatArray share = g.div(labels.length);
        float[] factor = share.operand();
        float[] y = Workspace.storage(logits.size());
        Reductions.rows(labels.length, n, (first, count) -> {
            for (int i = first; i < first + count; i++) {
                R.softmax(n, data, dense.offset + i * n, y, i * n);
                y[i * n + labels[i]] -= 1;
                E.mul(n, y, i * n, 1, factor, share.offset, 0, y, i * n);
            }
        });
        return FloatArray.result(y, logits.shape());
    }
}
