package dev.lanewise.kernel;

import dev.lanewise.kernel.scalar.ScalarKernels;
import dev.lanewise.kernel.vector.VectorKernels;
import java.util.Random;

/** Both implementations, whichever of them {@link Kernels} would choose, and the numbers to try them on. */
final class Twins {

    static final KernelProvider SCALAR = new ScalarKernels();
    static final KernelProvider VECTOR = vector();

    /** 0, 1 and the edges of vectors of 4, 8 and 16 lanes; then many vectors and a rest. */
    static final int[] SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 207, 4098};

    private static final float[] AWKWARD = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0f,
        -0f,
        1f,
        -1f,
        0.5f,
        -2f,
        3f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        0x1p-127f,
        -0x1.8p-130f,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        -87.5f,
        -100f,
        88.5f,
        1e9f,
        -3e15f
    };

    /** Kinds of runs. */
    enum Fill {
        /** Between -10 and 10. */
        ORDINARY,
        /** Every third number is one at which a function may go wrong. */
        AWKWARD,
        /** Any bits at all. */
        ANY_BITS;

        float[] run(int length, long seed) {
            Random random = new Random(seed);
            float[] run = new float[length];
            for (int i = 0; i < length; i++) {
                run[i] = this == ANY_BITS ? Float.intBitsToFloat(random.nextInt()) : random.nextFloat() * 20 - 10;
                if (this == AWKWARD && random.nextInt(3) == 0) {
                    run[i] = Twins.AWKWARD[random.nextInt(Twins.AWKWARD.length)];
                }
            }
            return run;
        }
    }

    private Twins() {}

    /** Tests of vector kernels must fail, not pass, where there are none. */
    private static KernelProvider vector() {
        try {
            return new VectorKernels();
        } catch (LinkageError e) {
            throw new AssertionError(
                    "the vector kernels cannot be loaded, so nothing was tested:"
                            + " start the tests with --add-modules jdk.incubator.vector",
                    e);
        }
    }
}
