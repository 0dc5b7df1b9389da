package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ReductionKernels;
import dev.lanewise.kernel.Start;

/** The vector loops for a program that has just started: those over runs as in {@link StartingElementwise}. */
final class StartingReductions extends VectorReductions {

    private final ReductionKernels plain;
    private final Start start;

    StartingReductions(ReductionKernels plain, Start start) {
        this.plain = plain;
        this.start = start;
    }

    @Override
    public float sum(int n, float[] x, int xo) {
        return start.isOver(n) ? super.sum(n, x, xo) : plain.sum(n, x, xo);
    }

    @Override
    public float max(int n, float[] x, int xo) {
        return start.isOver(n) ? super.max(n, x, xo) : plain.max(n, x, xo);
    }

    @Override
    public float min(int n, float[] x, int xo) {
        return start.isOver(n) ? super.min(n, x, xo) : plain.min(n, x, xo);
    }

    @Override
    public float logSumExp(int n, float[] x, int xo) {
        return start.isOver(n) ? super.logSumExp(n, x, xo) : plain.logSumExp(n, x, xo);
    }

    @Override
    public float sumSquares(int n, float[] x, int xo, float center) {
        return start.isOver(n) ? super.sumSquares(n, x, xo, center) : plain.sumSquares(n, x, xo, center);
    }

    @Override
    public void softmax(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.softmax(n, x, xo, y, yo);
        } else {
            plain.softmax(n, x, xo, y, yo);
        }
    }

    @Override
    public void logSoftmax(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.logSoftmax(n, x, xo, y, yo);
        } else {
            plain.logSoftmax(n, x, xo, y, yo);
        }
    }

    @Override
    public float crossEntropy(int n, float[] x, int xo, int label) {
        return start.isOver(n) ? super.crossEntropy(n, x, xo, label) : plain.crossEntropy(n, x, xo, label);
    }
}
