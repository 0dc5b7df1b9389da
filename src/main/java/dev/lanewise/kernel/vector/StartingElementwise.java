package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.Start;
import dev.lanewise.kernel.Starting;
import java.util.ArrayList;
import java.util.List;

/**
 * The vector loops for a program that has just started, each beginning with the plain one, see {@link Start}. A subclass, and a look at a
 * field in each loop, so that no call goes through one more interface: once the start is over, it costs nothing that can be
 * measured. As long as the contract, one stanza for each loop.
 */
final class StartingElementwise extends VectorElementwise implements Starting {

    private final List<Start> all = new ArrayList<>();
    private final Start neg;
    private final Start abs;
    private final Start exp;
    private final Start expm1;
    private final Start log;
    private final Start log1p;
    private final Start sqrt;
    private final Start rsqrt;
    private final Start square;
    private final Start reciprocal;
    private final Start sin;
    private final Start cos;
    private final Start tanh;
    private final Start sigmoid;
    private final Start erf;
    private final Start relu;
    private final Start gelu;
    private final Start silu;
    private final Start softplus;
    private final Start leakyRelu;
    private final Start elu;
    private final Start clamp;
    private final Start geluGradient;
    private final Start siluGradient;
    private final Start tanhGradient;
    private final Start sigmoidGradient;
    private final Start reluGradient;
    private final Start add;
    private final Start sub;
    private final Start mul;
    private final Start div;
    private final Start pow;
    private final Start max;
    private final Start min;
    private final Start eq;
    private final Start ne;
    private final Start lt;
    private final Start le;
    private final ElementwiseKernels plain;

    StartingElementwise(ElementwiseKernels plain, long ahead) {
        this.plain = plain;
        neg = start(ahead);
        abs = start(ahead);
        exp = start(ahead);
        expm1 = start(ahead);
        log = start(ahead);
        log1p = start(ahead);
        sqrt = start(ahead);
        rsqrt = start(ahead);
        square = start(ahead);
        reciprocal = start(ahead);
        sin = start(ahead);
        cos = start(ahead);
        tanh = start(ahead);
        sigmoid = start(ahead);
        erf = start(ahead);
        relu = start(ahead);
        gelu = start(ahead);
        silu = start(ahead);
        softplus = start(ahead);
        leakyRelu = start(ahead);
        elu = start(ahead);
        clamp = start(ahead);
        geluGradient = start(ahead);
        siluGradient = start(ahead);
        tanhGradient = start(ahead);
        sigmoidGradient = start(ahead);
        reluGradient = start(ahead);
        add = start(ahead);
        sub = start(ahead);
        mul = start(ahead);
        div = start(ahead);
        pow = start(ahead);
        max = start(ahead);
        min = start(ahead);
        eq = start(ahead);
        ne = start(ahead);
        lt = start(ahead);
        le = start(ahead);
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
    public void neg(int n, float[] x, int xo, float[] y, int yo) {
        if (neg.isOver()) {
            super.neg(n, x, xo, y, yo);
        } else {
            neg.run(plain::neg, n, x, xo, y, yo);
        }
    }

    @Override
    public void abs(int n, float[] x, int xo, float[] y, int yo) {
        if (abs.isOver()) {
            super.abs(n, x, xo, y, yo);
        } else {
            abs.run(plain::abs, n, x, xo, y, yo);
        }
    }

    @Override
    public void exp(int n, float[] x, int xo, float[] y, int yo) {
        if (exp.isOver()) {
            super.exp(n, x, xo, y, yo);
        } else {
            exp.run(super::exp, plain::exp, n, x, xo, y, yo);
        }
    }

    @Override
    public void expm1(int n, float[] x, int xo, float[] y, int yo) {
        if (expm1.isOver()) {
            super.expm1(n, x, xo, y, yo);
        } else {
            expm1.run(super::expm1, plain::expm1, n, x, xo, y, yo);
        }
    }

    @Override
    public void log(int n, float[] x, int xo, float[] y, int yo) {
        if (log.isOver()) {
            super.log(n, x, xo, y, yo);
        } else {
            log.run(super::log, plain::log, n, x, xo, y, yo);
        }
    }

    @Override
    public void log1p(int n, float[] x, int xo, float[] y, int yo) {
        if (log1p.isOver()) {
            super.log1p(n, x, xo, y, yo);
        } else {
            log1p.run(super::log1p, plain::log1p, n, x, xo, y, yo);
        }
    }

    @Override
    public void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        if (sqrt.isOver()) {
            super.sqrt(n, x, xo, y, yo);
        } else {
            sqrt.run(plain::sqrt, n, x, xo, y, yo);
        }
    }

    @Override
    public void rsqrt(int n, float[] x, int xo, float[] y, int yo) {
        if (rsqrt.isOver()) {
            super.rsqrt(n, x, xo, y, yo);
        } else {
            rsqrt.run(plain::rsqrt, n, x, xo, y, yo);
        }
    }

    @Override
    public void square(int n, float[] x, int xo, float[] y, int yo) {
        if (square.isOver()) {
            super.square(n, x, xo, y, yo);
        } else {
            square.run(plain::square, n, x, xo, y, yo);
        }
    }

    @Override
    public void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        if (reciprocal.isOver()) {
            super.reciprocal(n, x, xo, y, yo);
        } else {
            reciprocal.run(plain::reciprocal, n, x, xo, y, yo);
        }
    }

    @Override
    public void sin(int n, float[] x, int xo, float[] y, int yo) {
        if (sin.isOver()) {
            super.sin(n, x, xo, y, yo);
        } else {
            sin.run(super::sin, plain::sin, n, x, xo, y, yo);
        }
    }

    @Override
    public void cos(int n, float[] x, int xo, float[] y, int yo) {
        if (cos.isOver()) {
            super.cos(n, x, xo, y, yo);
        } else {
            cos.run(super::cos, plain::cos, n, x, xo, y, yo);
        }
    }

    @Override
    public void tanh(int n, float[] x, int xo, float[] y, int yo) {
        if (tanh.isOver()) {
            super.tanh(n, x, xo, y, yo);
        } else {
            tanh.run(super::tanh, plain::tanh, n, x, xo, y, yo);
        }
    }

    @Override
    public void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        if (sigmoid.isOver()) {
            super.sigmoid(n, x, xo, y, yo);
        } else {
            sigmoid.run(super::sigmoid, plain::sigmoid, n, x, xo, y, yo);
        }
    }

    @Override
    public void erf(int n, float[] x, int xo, float[] y, int yo) {
        if (erf.isOver()) {
            super.erf(n, x, xo, y, yo);
        } else {
            erf.run(super::erf, plain::erf, n, x, xo, y, yo);
        }
    }

    @Override
    public void relu(int n, float[] x, int xo, float[] y, int yo) {
        if (relu.isOver()) {
            super.relu(n, x, xo, y, yo);
        } else {
            relu.run(plain::relu, n, x, xo, y, yo);
        }
    }

    @Override
    public void gelu(int n, float[] x, int xo, float[] y, int yo) {
        if (gelu.isOver()) {
            super.gelu(n, x, xo, y, yo);
        } else {
            gelu.run(super::gelu, plain::gelu, n, x, xo, y, yo);
        }
    }

    @Override
    public void silu(int n, float[] x, int xo, float[] y, int yo) {
        if (silu.isOver()) {
            super.silu(n, x, xo, y, yo);
        } else {
            silu.run(super::silu, plain::silu, n, x, xo, y, yo);
        }
    }

    @Override
    public void softplus(int n, float[] x, int xo, float[] y, int yo) {
        if (softplus.isOver()) {
            super.softplus(n, x, xo, y, yo);
        } else {
            softplus.run(super::softplus, plain::softplus, n, x, xo, y, yo);
        }
    }

    @Override
    public void leakyRelu(int n, float[] x, int xo, float slope, float[] y, int yo) {
        if (leakyRelu.isOver()) {
            super.leakyRelu(n, x, xo, slope, y, yo);
        } else {
            Start.Unary loop = (count, a, ao, b, bo) -> plain.leakyRelu(count, a, ao, slope, b, bo);
            leakyRelu.run(loop, n, x, xo, y, yo);
        }
    }

    @Override
    public void elu(int n, float[] x, int xo, float alpha, float[] y, int yo) {
        if (elu.isOver()) {
            super.elu(n, x, xo, alpha, y, yo);
        } else {
            Start.Unary vectors = (count, a, ao, b, bo) -> super.elu(count, a, ao, alpha, b, bo);
            Start.Unary loop = (count, a, ao, b, bo) -> plain.elu(count, a, ao, alpha, b, bo);
            elu.run(vectors, loop, n, x, xo, y, yo);
        }
    }

    @Override
    public void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        if (clamp.isOver()) {
            super.clamp(n, x, xo, low, high, y, yo);
        } else {
            Start.Unary loop = (count, a, ao, b, bo) -> plain.clamp(count, a, ao, low, high, b, bo);
            clamp.run(loop, n, x, xo, y, yo);
        }
    }

    @Override
    public void geluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (geluGradient.isOver()) {
            super.geluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            geluGradient.run(plain::geluGradient, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void siluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (siluGradient.isOver()) {
            super.siluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            siluGradient.run(plain::siluGradient, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void tanhGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (tanhGradient.isOver()) {
            super.tanhGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            tanhGradient.run(plain::tanhGradient, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void sigmoidGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (sigmoidGradient.isOver()) {
            super.sigmoidGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            sigmoidGradient.run(plain::sigmoidGradient, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void reluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (reluGradient.isOver()) {
            super.reluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            reluGradient.run(plain::reluGradient, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void add(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (add.isOver()) {
            super.add(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            add.run(plain::add, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void sub(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (sub.isOver()) {
            super.sub(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            sub.run(plain::sub, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void mul(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (mul.isOver()) {
            super.mul(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            mul.run(plain::mul, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void div(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (div.isOver()) {
            super.div(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            div.run(plain::div, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (pow.isOver()) {
            super.pow(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            pow.run(plain::pow, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void max(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (max.isOver()) {
            super.max(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            max.run(plain::max, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void min(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (min.isOver()) {
            super.min(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            min.run(plain::min, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void eq(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (eq.isOver()) {
            super.eq(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            eq.run(plain::eq, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void ne(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (ne.isOver()) {
            super.ne(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            ne.run(plain::ne, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void lt(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (lt.isOver()) {
            super.lt(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            lt.run(plain::lt, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void le(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (le.isOver()) {
            super.le(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            le.run(plain::le, n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }
}
