package dev.lanewise.kernel.vector;

import static jdk.incubator.vector.VectorOperators.FMA;

import dev.lanewise.kernel.PlainUpdates;
import dev.lanewise.kernel.UpdateKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * New weights from old ones, by the operations of {@link PlainUpdates} lane by lane. Each loop takes whole vectors; the last
 * one cannot overlap the one before it, as what is remembered would be updated twice, so the rest is left to plain Java.
 */
final class VectorUpdates implements UpdateKernels {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** For what fills no vector. */
    private static final PlainUpdates REST = new PlainUpdates();

    @Override
    public void descend(
            int n, float[] w, int wo, float[] g, int go, float scale, float decay, float rate, float[] y, int at) {
        int whole = n & -L;
        descendVectors(whole, w, wo, g, go, scale, decay, rate, y, at);
        REST.descend(n - whole, w, wo + whole, g, go + whole, scale, decay, rate, y, at + whole);
    }

    private static void descendVectors(
            int n, float[] w, int wo, float[] g, int go, float scale, float decay, float rate, float[] y, int at) {
        for (int i = 0; i < n; i += L) {
            FloatVector weight = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = FloatVector.fromArray(S, g, go + i).mul(scale);
            d = weight.lanewise(FMA, decay, d);
            d.lanewise(FMA, -rate, weight).intoArray(y, at + i);
        }
    }

    @Override
    public void descendWithMomentum(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] b,
            float scale,
            float decay,
            float momentum,
            float rate,
            float[] y,
            int at) {
        int whole = n & -L;
        momentumVectors(whole, w, wo, g, go, b, scale, decay, momentum, rate, y, at);
        REST.descendWithMomentum(
                n - whole, w, wo + whole, g, go + whole, b, scale, decay, momentum, rate, y, at + whole);
    }

    private static void momentumVectors(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] b,
            float scale,
            float decay,
            float momentum,
            float rate,
            float[] y,
            int at) {
        for (int i = 0; i < n; i += L) {
            FloatVector weight = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = FloatVector.fromArray(S, g, go + i).mul(scale);
            d = weight.lanewise(FMA, decay, d);
            FloatVector mean = FloatVector.fromArray(S, b, at + i).lanewise(FMA, momentum, d);
            mean = mean.blend(0, mean.abs().lt(Float.MIN_NORMAL));
            mean.intoArray(b, at + i);
            mean.lanewise(FMA, -rate, weight).intoArray(y, at + i);
        }
    }

    @Override
    public void adam(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] m,
            float[] v,
            float scale,
            float decay,
            float kept,
            float keep1,
            float take1,
            float keep2,
            float take2,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        int whole = n & -L;
        adamVectors(whole, w, wo, g, go, m, v, scale, decay, kept, keep1, take1, keep2, take2, rate, epsilon, y, at);
        REST.adam(
                n - whole,
                w,
                wo + whole,
                g,
                go + whole,
                m,
                v,
                scale,
                decay,
                kept,
                keep1,
                take1,
                keep2,
                take2,
                rate,
                epsilon,
                y,
                at + whole);
    }

    private static void adamVectors(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] m,
            float[] v,
            float scale,
            float decay,
            float kept,
            float keep1,
            float take1,
            float keep2,
            float take2,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        for (int i = 0; i < n; i += L) {
            FloatVector weight = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = FloatVector.fromArray(S, g, go + i).mul(scale);
            d = weight.lanewise(FMA, decay, d);
            FloatVector mean = FloatVector.fromArray(S, m, at + i).lanewise(FMA, keep1, d.mul(take1));
            mean = mean.blend(0, mean.abs().lt(Float.MIN_NORMAL));
            FloatVector square = FloatVector.fromArray(S, v, at + i)
                    .lanewise(FMA, keep2, d.mul(take2).mul(d));
            mean.intoArray(m, at + i);
            square.intoArray(v, at + i);
            FloatVector step = mean.mul(rate).div(square.sqrt().add(epsilon));
            weight.lanewise(FMA, kept, step.neg()).intoArray(y, at + i);
        }
    }

    @Override
    public void rmsProp(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            float scale,
            float decay,
            float keep,
            float take,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        int whole = n & -L;
        rmsPropVectors(whole, w, wo, g, go, v, scale, decay, keep, take, rate, epsilon, y, at);
        REST.rmsProp(
                n - whole, w, wo + whole, g, go + whole, v, scale, decay, keep, take, rate, epsilon, y, at + whole);
    }

    private static void rmsPropVectors(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            float scale,
            float decay,
            float keep,
            float take,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        for (int i = 0; i < n; i += L) {
            FloatVector weight = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = FloatVector.fromArray(S, g, go + i).mul(scale);
            d = weight.lanewise(FMA, decay, d);
            FloatVector square = FloatVector.fromArray(S, v, at + i)
                    .lanewise(FMA, keep, d.mul(take).mul(d));
            square.intoArray(v, at + i);
            FloatVector step = d.div(square.sqrt().add(epsilon));
            step.lanewise(FMA, -rate, weight).intoArray(y, at + i);
        }
    }

    @Override
    public void rmsPropWithMomentum(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            float[] b,
            float scale,
            float decay,
            float keep,
            float take,
            float momentum,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        int whole = n & -L;
        rmsPropMomentumVectors(whole, w, wo, g, go, v, b, scale, decay, keep, take, momentum, rate, epsilon, y, at);
        REST.rmsPropWithMomentum(
                n - whole,
                w,
                wo + whole,
                g,
                go + whole,
                v,
                b,
                scale,
                decay,
                keep,
                take,
                momentum,
                rate,
                epsilon,
                y,
                at + whole);
    }

    private static void rmsPropMomentumVectors(
            int n,
            float[] w,
            int wo,
            float[] g,
            int go,
            float[] v,
            float[] b,
            float scale,
            float decay,
            float keep,
            float take,
            float momentum,
            float rate,
            float epsilon,
            float[] y,
            int at) {
        for (int i = 0; i < n; i += L) {
            FloatVector weight = FloatVector.fromArray(S, w, wo + i);
            FloatVector d = FloatVector.fromArray(S, g, go + i).mul(scale);
            d = weight.lanewise(FMA, decay, d);
            FloatVector square = FloatVector.fromArray(S, v, at + i)
                    .lanewise(FMA, keep, d.mul(take).mul(d));
            square.intoArray(v, at + i);
            FloatVector step = d.div(square.sqrt().add(epsilon));
            FloatVector mean = FloatVector.fromArray(S, b, at + i).lanewise(FMA, momentum, step);
            mean = mean.blend(0, mean.abs().lt(Float.MIN_NORMAL));
            mean.intoArray(b, at + i);
            mean.lanewise(FMA, -rate, weight).intoArray(y, at + i);
        }
    }
}
