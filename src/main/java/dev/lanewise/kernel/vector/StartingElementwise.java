package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.Start;

/**
 * The vector loops for a program that has just started, see {@link Start}. A subclass, and a look at a field in each loop, so that
 * no call goes through one more interface. As long as the contract, a stanza for each loop; {@code where} and {@code copy} are the
 * vectors' from the beginning.
 */
final class StartingElementwise extends VectorElementwise {

    private final ElementwiseKernels plain;
    private final Start start;

    StartingElementwise(ElementwiseKernels plain, Start start) {
        this.plain = plain;
        this.start = start;
    }

    @Override
    public void neg(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.neg(n, x, xo, y, yo);
        } else {
            plain.neg(n, x, xo, y, yo);
        }
    }

    @Override
    public void abs(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.abs(n, x, xo, y, yo);
        } else {
            plain.abs(n, x, xo, y, yo);
        }
    }

    @Override
    public void exp(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.exp(n, x, xo, y, yo);
        } else {
            plain.exp(n, x, xo, y, yo);
        }
    }

    @Override
    public void expm1(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.expm1(n, x, xo, y, yo);
        } else {
            plain.expm1(n, x, xo, y, yo);
        }
    }

    @Override
    public void log(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.log(n, x, xo, y, yo);
        } else {
            plain.log(n, x, xo, y, yo);
        }
    }

    @Override
    public void log1p(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.log1p(n, x, xo, y, yo);
        } else {
            plain.log1p(n, x, xo, y, yo);
        }
    }

    @Override
    public void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.sqrt(n, x, xo, y, yo);
        } else {
            plain.sqrt(n, x, xo, y, yo);
        }
    }

    @Override
    public void rsqrt(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.rsqrt(n, x, xo, y, yo);
        } else {
            plain.rsqrt(n, x, xo, y, yo);
        }
    }

    @Override
    public void square(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.square(n, x, xo, y, yo);
        } else {
            plain.square(n, x, xo, y, yo);
        }
    }

    @Override
    public void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.reciprocal(n, x, xo, y, yo);
        } else {
            plain.reciprocal(n, x, xo, y, yo);
        }
    }

    @Override
    public void sin(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.sin(n, x, xo, y, yo);
        } else {
            plain.sin(n, x, xo, y, yo);
        }
    }

    @Override
    public void cos(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.cos(n, x, xo, y, yo);
        } else {
            plain.cos(n, x, xo, y, yo);
        }
    }

    @Override
    public void tanh(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.tanh(n, x, xo, y, yo);
        } else {
            plain.tanh(n, x, xo, y, yo);
        }
    }

    @Override
    public void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.sigmoid(n, x, xo, y, yo);
        } else {
            plain.sigmoid(n, x, xo, y, yo);
        }
    }

    @Override
    public void erf(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.erf(n, x, xo, y, yo);
        } else {
            plain.erf(n, x, xo, y, yo);
        }
    }

    @Override
    public void relu(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.relu(n, x, xo, y, yo);
        } else {
            plain.relu(n, x, xo, y, yo);
        }
    }

    @Override
    public void gelu(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.gelu(n, x, xo, y, yo);
        } else {
            plain.gelu(n, x, xo, y, yo);
        }
    }

    @Override
    public void silu(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.silu(n, x, xo, y, yo);
        } else {
            plain.silu(n, x, xo, y, yo);
        }
    }

    @Override
    public void softplus(int n, float[] x, int xo, float[] y, int yo) {
        if (start.isOver(n)) {
            super.softplus(n, x, xo, y, yo);
        } else {
            plain.softplus(n, x, xo, y, yo);
        }
    }

    @Override
    public void leakyRelu(int n, float[] x, int xo, float slope, float[] y, int yo) {
        if (start.isOver(n)) {
            super.leakyRelu(n, x, xo, slope, y, yo);
        } else {
            plain.leakyRelu(n, x, xo, slope, y, yo);
        }
    }

    @Override
    public void elu(int n, float[] x, int xo, float alpha, float[] y, int yo) {
        if (start.isOver(n)) {
            super.elu(n, x, xo, alpha, y, yo);
        } else {
            plain.elu(n, x, xo, alpha, y, yo);
        }
    }

    @Override
    public void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        if (start.isOver(n)) {
            super.clamp(n, x, xo, low, high, y, yo);
        } else {
            plain.clamp(n, x, xo, low, high, y, yo);
        }
    }

    @Override
    public void geluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.geluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.geluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void siluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.siluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.siluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void tanhGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.tanhGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.tanhGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void sigmoidGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.sigmoidGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.sigmoidGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void reluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.reluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.reluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void add(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.add(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.add(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void sub(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.sub(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.sub(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void mul(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.mul(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.mul(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void div(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.div(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.div(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.pow(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.pow(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void max(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.max(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.max(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void min(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.min(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.min(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void eq(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.eq(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.eq(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void ne(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.ne(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.ne(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void lt(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.lt(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.lt(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }

    @Override
    public void le(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (start.isOver(n)) {
            super.le(n, a, ao, aStep, b, bo, bStep, y, yo);
        } else {
            plain.le(n, a, ao, aStep, b, bo, bStep, y, yo);
        }
    }
}
