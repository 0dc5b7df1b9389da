package dev.lanewise.array;

/**
 * Noise that can be worked out again: each element's random number is a hash of the seed and the element's own number, so
 * that neither an order nor a state is involved. It is the one of {@link java.util.SplittableRandom} (Steele, Lea and Flood,
 * <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014), with Stafford's thirteenth mix.
 */
final class Dropout {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Dropout() {}

    static FloatArray dropout(FloatArray x, float rate, long seed) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "dropout: " + x.shape() + " with a rate of " + rate + "; a rate is from 0 to 1");
        }
        if (rate == 0) {
            return x;
        }
        FloatArray dense = Views.dense(x);
        float[] y = Workspace.storage(x.size());
        int bound = (int) Math.ceil(rate * 0x1p24);
        drop(y.length, dense.data("dropout"), dense.offset, seed, bound, 1 / (1 - rate), y);
        return FloatArray.result(y, x.shape());
    }

    private static void drop(int n, float[] x, int xo, long seed, int bound, float scale, float[] y) {
        for (int i = 0; i < n; i++) {
            int drawn = (int) (mix(seed + (i + 1L) * GOLDEN_GAMMA) >>> 40);
            y[i] = drawn < bound ? 0 : x[xo + i] * scale; // a dropped NaN is 0 too
        }
    }

    private static long mix(long counter) {
        long z = (counter ^ (counter >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
