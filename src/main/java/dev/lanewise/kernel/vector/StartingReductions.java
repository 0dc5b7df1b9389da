package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ReductionKernels;
import dev.lanewise.kernel.Start;
import dev.lanewise.kernel.Starting;
import java.util.ArrayList;
import java.util.List;

/** The vector loops for a program that has just started: those over runs as in {@link StartingElementwise}. */
final class StartingReductions extends VectorReductions implements Starting {

    private final List<Start> all = new ArrayList<>();
    private final Start sum;
    private final Start max;
    private final Start min;
    private final Start logSumExp;
    private final Start sumSquares;
    private final Start softmax;
    private final Start logSoftmax;
    private final ReductionKernels plain;

    StartingReductions(ReductionKernels plain, long ahead) {
        this.plain = plain;
        sum = start(ahead);
        max = start(ahead);
        min = start(ahead);
        logSumExp = start(ahead);
        sumSquares = start(ahead);
        softmax = start(ahead);
        logSoftmax = start(ahead);
    }

    private Start start(long ahead) {
        Start start = new Start(1, ahead);
        all.add(start);
        return start;
    }

    @Override
    public void end() {
        all.forEach(Start::end);
    }

    @Override
    public float sum(int n, float[] x, int xo) {
        return sum.isOver() ? super.sum(n, x, xo) : sum.run(plain::sum, n, x, xo);
    }

    @Override
    public float max(int n, float[] x, int xo) {
        return max.isOver() ? super.max(n, x, xo) : max.run(plain::max, n, x, xo);
    }

    @Override
    public float min(int n, float[] x, int xo) {
        return min.isOver() ? super.min(n, x, xo) : min.run(plain::min, n, x, xo);
    }

    @Override
    public float logSumExp(int n, float[] x, int xo) {
        return logSumExp.isOver() ? super.logSumExp(n, x, xo) : logSumExp.run(plain::logSumExp, n, x, xo);
    }

    @Override
    public float sumSquares(int n, float[] x, int xo, float center) {
        if (sumSquares.isOver()) {
            return super.sumSquares(n, x, xo, center);
        }
        return sumSquares.run((count, a, ao) -> plain.sumSquares(count, a, ao, center), n, x, xo);
    }

    @Override
    public void softmax(int n, float[] x, int xo, float[] y, int yo) {
        if (softmax.isOver()) {
            super.softmax(n, x, xo, y, yo);
        } else {
            softmax.run(super::softmax, plain::softmax, n, x, xo, y, yo);
        }
    }

    @Override
    public void logSoftmax(int n, float[] x, int xo, float[] y, int yo) {
        if (logSoftmax.isOver()) {
            super.logSoftmax(n, x, xo, y, yo);
        } else {
            logSoftmax.run(super::logSoftmax, plain::logSoftmax, n, x, xo, y, yo);
        }
    }
}
