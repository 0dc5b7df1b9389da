package dev.lanewise.array;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ReductionKernels;

/** Layer normalization of plain numbers, a run at a time, so that each is read from memory and written to it once. */
final class Normalization {

    private static final ElementwiseKernels E = Kernels.ELEMENTWISE;
    private static final ReductionKernels R = Kernels.REDUCTIONS;

    private Normalization() {}

    static FloatArray layerNorm(FloatArray x, float eps, int... axes) {
        boolean[] normalized = Shapes.requireLayerNorm(x.shape(), eps, axes);
        if (!Reductions.isSuffix(normalized)) {
            int[] order = keptFirst(normalized);
            FloatArray turned = runs(x.transpose(order), eps, count(x.shape(), normalized));
            return Views.dense(turned.transpose(inverse(order)));
        }
        return runs(x, eps, count(x.shape(), normalized));
    }

    private static int[] keptFirst(boolean[] normalized) {
        int[] order = new int[normalized.length];
        int next = 0;
        for (boolean last : new boolean[] {false, true}) {
            for (int axis = 0; axis < order.length; axis++) {
                if (normalized[axis] == last) {
                    order[next++] = axis;
                }
            }
        }
        return order;
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** How many numbers are normalized together. */
    private static int count(Shape shape, boolean[] normalized) {
        int count = 1;
        for (int axis = 0; axis < normalized.length; axis++) {
            count *= normalized[axis] ? shape.dim(axis) : 1;
        }
        return count;
    }

    private static FloatArray runs(FloatArray x, float eps, int n) {
        FloatArray dense = Views.dense(x);
        float[] data = dense.operand();
        float[] y = Workspace.storage(x.size());
        int rows = n == 0 ? 0 : y.length / n;
        float[] scalars = Workspace.storage(rows);
        Reductions.rows(rows, n, (first, count) -> {
            for (int i = first; i < first + count; i++) {
                run(n, data, dense.offset + i * n, eps, y, i * n, scalars, i);
            }
        });
        return FloatArray.result(y, x.shape());
    }

    /** One run; the kernels take its scalars from {@code scalars[at]}. */
    private static void run(int n, float[] x, int xo, float eps, float[] y, int yo, float[] scalars, int at) {
        scalars[at] = R.sum(n, x, xo) / n;
        E.sub(n, x, xo, 1, scalars, at, 0, y, yo);
        float variance = R.sumSquares(n, y, yo, 0) / n;
        float added = eps;
        if (variance == Float.POSITIVE_INFINITY) {
            float scale = Reductions.scale(Math.max(R.max(n, y, yo), -R.min(n, y, yo)));
            scalars[at] = scale;
            E.mul(n, y, yo, 1, scalars, at, 0, y, yo);
            variance = R.sumSquares(n, y, yo, 0) / n;
            added = scale * scale * eps;
        }
        scalars[at] = (float) Math.sqrt(variance + added);
        E.div(n, y, yo, 1, scalars, at, 0, y, yo);
    }
}
