package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ElementwiseKernels;

/** The vector loops of {@link ElementwiseKernels}, gathered from one class a family. */
class VectorElementwise implements ElementwiseKernels {

    @Override
    public void neg(int n, float[] x, int xo, float[] y, int yo) {
        VectorUnary.neg(n, x, xo, y, yo);
    }

    @Override
    public void abs(int n, float[] x, int xo, float[] y, int yo) {
        VectorUnary.abs(n, x, xo, y, yo);
    }

    @Override
    public void exp(int n, float[] x, int xo, float[] y, int yo) {
        VectorExponentials.exp(n, x, xo, y, yo);
    }

    @Override
    public void expm1(int n, float[] x, int xo, float[] y, int yo) {
        VectorExponentials.expm1(n, x, xo, y, yo);
    }

    @Override
    public void log(int n, float[] x, int xo, float[] y, int yo) {
        VectorExponentials.log(n, x, xo, y, yo);
    }

    @Override
    public void log1p(int n, float[] x, int xo, float[] y, int yo) {
        VectorExponentials.log1p(n, x, xo, y, yo);
    }

    @Override
    public void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        VectorUnary.sqrt(n, x, xo, y, yo);
    }

    @Override
    public void rsqrt(int n, float[] x, int xo, float[] y, int yo) {
        VectorUnary.rsqrt(n, x, xo, y, yo);
    }

    @Override
    public void square(int n, float[] x, int xo, float[] y, int yo) {
        VectorUnary.square(n, x, xo, y, yo);
    }

    @Override
    public void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        VectorUnary.reciprocal(n, x, xo, y, yo);
    }

    @Override
    public void sin(int n, float[] x, int xo, float[] y, int yo) {
        VectorTrigonometry.sin(n, x, xo, y, yo);
    }

    @Override
    public void cos(int n, float[] x, int xo, float[] y, int yo) {
        VectorTrigonometry.cos(n, x, xo, y, yo);
    }

    @Override
    public void tanh(int n, float[] x, int xo, float[] y, int yo) {
        VectorExponentials.tanh(n, x, xo, y, yo);
    }

    @Override
    public void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        VectorExponentials.sigmoid(n, x, xo, y, yo);
    }

    @Override
    public void erf(int n, float[] x, int xo, float[] y, int yo) {
        VectorExponentials.erf(n, x, xo, y, yo);
    }

    @Override
    public void relu(int n, float[] x, int xo, float[] y, int yo) {
        VectorUnary.relu(n, x, xo, y, yo);
    }

    @Override
    public void gelu(int n, float[] x, int xo, float[] y, int yo) {
        VectorActivations.gelu(n, x, xo, y, yo);
    }

    @Override
    public void silu(int n, float[] x, int xo, float[] y, int yo) {
        VectorActivations.silu(n, x, xo, y, yo);
    }

    @Override
    public void softplus(int n, float[] x, int xo, float[] y, int yo) {
        VectorActivations.softplus(n, x, xo, y, yo);
    }

    @Override
    public void leakyRelu(int n, float[] x, int xo, float slope, float[] y, int yo) {
        VectorUnary.leakyRelu(n, x, xo, slope, y, yo);
    }

    @Override
    public void elu(int n, float[] x, int xo, float alpha, float[] y, int yo) {
        VectorActivations.elu(n, x, xo, alpha, y, yo);
    }

    @Override
    public void clamp(int n, float[] x, int xo, float low, float high, float[] y, int yo) {
        VectorUnary.clamp(n, x, xo, low, high, y, yo);
    }

    @Override
    public void geluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorGradients.geluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void siluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorGradients.siluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void tanhGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorGradients.tanhGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void sigmoidGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorGradients.sigmoidGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void reluGradient(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorGradients.reluGradient(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void add(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorBinary.add(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void sub(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorBinary.sub(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void mul(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorBinary.mul(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void div(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorBinary.div(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void pow(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorPower.pow(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void max(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorBinary.max(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void min(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorBinary.min(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void eq(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorComparisons.eq(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void ne(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorComparisons.ne(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void lt(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorComparisons.lt(n, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void le(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        VectorComparisons.le(n, a, ao, aStep, b, bo, bStep, y, yo);
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
        VectorChoice.where(n, c, co, cStep, a, ao, aStep, b, bo, bStep, y, yo);
    }

    @Override
    public void copy(int rows, int columns, float[] x, int xo, int rowStride, int columnStride, float[] y, int yo) {
        VectorChoice.copy(rows, columns, x, xo, rowStride, columnStride, y, yo);
    }
}
