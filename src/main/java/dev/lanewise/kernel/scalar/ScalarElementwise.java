package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.ElementwiseKernels;

/** The plain loops of {@link ElementwiseKernels}, gathered from one class a family. */
final class ScalarElementwise implements ElementwiseKernels {

    @Override
    public void neg(int n, float[] x, int xo, float[] y, int yo) {
        ScalarUnary.neg(n, x, xo, y, yo);
    }

    @Override
    public void abs(int n, float[] x, int xo, float[] y, int yo) {
        ScalarUnary.abs(n, x, xo, y, yo);
    }

    @Override
    public void exp(int n, float[] x, int xo, float[] y, int yo) {
        ScalarExponentials.exp(n, x, xo, y, yo);
    }

    @Override
    public void expm1(int n, float[] x, int xo, float[] y, int yo) {
        ScalarExponentials.expm1(n, x, xo, y, yo);
    }

    @Override
    public void log(int n, float[] x, int xo, float[] y, int yo) {
        ScalarExponentials.log(n, x, xo, y, yo);
    }

    @Override
    public void log1p(int n, float[] x, int xo, float[] y, int yo) {
        ScalarExponentials.log1p(n, x, xo, y, yo);
    }

    @Override
    public void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        ScalarUnary.sqrt(n, x, xo, y, yo);
    }

    @Override
    public void rsqrt(int n, float[] x, int xo, float[] y, int yo) {
        ScalarUnary.rsqrt(n, x, xo, y, yo);
    }

    @Override
    public void square(int n, float[] x, int xo, float[] y, int yo) {
        ScalarUnary.square(n, x, xo, y, yo);
    }

    @Override
    public void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        ScalarUnary.reciprocal(n, x, xo, y, yo);
    }

    @Override
    public void sin(int n, float[] x, int xo, float[] y, int yo) {
        ScalarTrigonometry.sin(n, x, xo, y, yo);
    }

    @Override
    public void cos(int n, float[] x, int xo, float[] y, int yo) {
        ScalarTrigonometry.cos(n, x, xo, y, yo);
    }

    @Override
    public void tanh(int n, float[] x, int xo, float[] y, int yo) {
        ScalarExponentials.tanh(n, x, xo, y, yo);
    }

    @Override
    public void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        ScalarExponentials.sigmoid(n, x, xo, y, yo);
    }

    @Override
    public void erf(int n, float[] x, int xo, float[] y, int yo) {
        ScalarExponentials.erf(n, x, xo, y, yo);
    }

    @Override
    public void relu(int n, float[] x, int xo, float[] y, int yo) {
        ScalarUnary.relu(n, x, xo, y, yo);
    }

    @Override
    public void gelu(int n, float[] x, int xo, float[] y, int yo) {
        ScalarActivations.gelu(n, x, xo, y, yo);
    }

    @Override
    public void silu(int n, float[] x, int xo, float[] y, int yo) {
        ScalarActivations.silu(n, x, xo, y, yo);
    }

    @Override
    public void softplus(int n, float[] x, int xo, float[] y, int yo) {
        ScalarActivations.softplus(n, x, xo, y, yo);
    }

    @Override
    public void leakyRelu(int n, float[] x, int xo, float slope, float[] y, int yo) {
        ScalarUnary.leakyRelu(n, x, xo, slope, y, yo);
    }

    @Override
    public void elu(int n, float[] x, int xo, float alpha, float[] y, int yo) {
        ScalarActivations.elu(n, x, xo, alpha, y, yo);
    }

    @Override
    public void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        ScalarUnary.clamp(n, x, xo, low, high, y, yo);
    }

    @Override
    public void geluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarGradients.geluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void siluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarGradients.siluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void tanhGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarGradients.tanhGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void sigmoidGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarGradients.sigmoidGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void reluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarGradients.reluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void add(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarBinary.add(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void sub(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarBinary.sub(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void mul(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarBinary.mul(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void div(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarBinary.div(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarPower.pow(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void max(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarBinary.max(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void min(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarBinary.min(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void eq(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarComparisons.eq(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void ne(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarComparisons.ne(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void lt(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarComparisons.lt(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void le(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        ScalarComparisons.le(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void where(
            int n,
            float[] c,
            int co,
            int cStep,
            float[] a,
            int ao,
            int aStep,
            float[] b,
            int bo,
            int bStep,
            float[] y,
            int yo) {
        ScalarChoice.where(n, c, co, cStep, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void copy(int rows, int columns, float[] x, int xo, int rowStride, int columnStride, float[] y, int yo) {
        ScalarChoice.copy(rows, columns, x, xo, rowStride, columnStride, y, yo);
    }
}
