package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Elementary;
import dev.lanewise.kernel.ReductionKernels;

/** The vector loops of {@link ReductionKernels}, gathered from one class a family. */
class VectorReductions implements ReductionKernels {

    @Override
    public float sum(int n, float[] x, int xo) {
        return VectorSums.sum(n, x, xo);
    }

    @Override
    public float max(int n, float[] x, int xo) {
        return VectorExtremes.max(n, x, xo);
    }

    @Override
    public float min(int n, float[] x, int xo) {
        return VectorExtremes.min(n, x, xo);
    }

    @Override
    public int argmax(int n, float[] x, int xo) {
        return VectorExtremes.argmax(n, x, xo);
    }

    @Override
    public float dot(int n, float[] a, int ao, float[] b, int bo) {
        return VectorSums.dot(n, a, ao, b, bo);
    }

    @Override
    public float sumSquares(int n, float[] x, int xo, float center) {
        return VectorSums.sumSquares(n, x, xo, center);
    }

    @Override
    public float logSumExp(int n, float[] x, int xo) {
        float max = n == 0 ? Float.NEGATIVE_INFINITY : VectorExtremes.max(n, x, xo);
        if (Float.isInfinite(max)) {
            return max; // every other term is nothing beside it, and max - max would be NaN
        }
        return max + Elementary.log(VectorSums.sumExp(n, x, xo, max));
    }

    @Override
    public void softmax(int n, float[] x, int xo, float[] y, int yo) {
        if (n == 0) {
            return;
        }
        VectorExponentials.expCentered(n, x, xo, VectorExtremes.max(n, x, xo), y, yo);
        VectorUnary.scale(n, y, yo, 1 / VectorSums.sum(n, y, yo), y, yo);
    }

    @Override
    public void logSoftmax(int n, float[] x, int xo, float[] y, int yo) {
        if (n == 0) {
            return;
        }
        float max = VectorExtremes.max(n, x, xo);
        float log = Elementary.log(VectorSums.sumExp(n, x, xo, max));
        VectorUnary.subTwice(n, x, xo, max, log, y, yo);
    }

    @Override
    public float crossEntropy(int n, float[] x, int xo, int label) {
        float max = VectorExtremes.max(n, x, xo);
        return Elementary.log(VectorSums.sumExp(n, x, xo, max)) - (x[xo + label] - max);
    }

    @Override
    public void sumRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        VectorRows.sumRows(rows, n, x, xo, rowStride, y, yo);
    }

    @Override
    public void maxRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        VectorRows.maxRows(rows, n, x, xo, rowStride, y, yo);
    }

    @Override
    public void minRows(int rows, int n, float[] x, int xo, int rowStride, float[] y, int yo) {
        VectorRows.minRows(rows, n, x, xo, rowStride, y, yo);
    }
}
