package dev.lanewise.bench.gate;

import dev.lanewise.bench.PeakBenchmark;
import dev.lanewise.bench.Work;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the machine can do at this moment: the least that any program would have to do for the same work.
 *
 * <p>The yardsticks of memory go over the very arrays of the kernel. An array of the same length elsewhere differs by
 * several percent from JVM to JVM, in its place within a cache line and in the pages that it lies on.
 *
 * @param work what a call does, in the unit of the kernel's work
 */
record Yardstick(double work, Loop loop) {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Keeps results alive. */
    private static volatile float sink;

    /** Fused multiply-adds on registers alone; its work is floating-point operations. */
    static Yardstick multiplyAdds() {
        PeakBenchmark peak = new PeakBenchmark();
        String name = PeakBenchmark.class.getName() + ".fusedMultiplyAdd";
        return new Yardstick(Work.of(name, Map.of()).amount(), calls -> {
            for (int i = 0; i < calls; i++) {
                sink = peak.fusedMultiplyAdd();
            }
        });
    }

    /** Reads n floats; its work is bytes. */
    static Yardstick read(int n, float[] x) {
        return new Yardstick(4.0 * n, calls -> {
            for (int i = 0; i < calls; i++) {
                sink = readAll(n, x, Guarded.place());
            }
        });
    }

    /** Reads n floats of two arrays and writes as many; its work is bytes. */
    static Yardstick readTwoWriteOne(int n, float[] x, float[] y, float[] z) {
        return new Yardstick(12.0 * n, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = Guarded.place();
                combine(n, x, Guarded.apart(at, 3), y, Guarded.apart(at, 5), z, at);
            }
        });
    }

    private static float readAll(int n, float[] x, int from) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int end = from + n - 4 * LANES;
        for (int i = from; i <= end; i += 4 * LANES) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
            s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
            s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
        }
        return s0.add(s1).add(s2.add(s3)).lane(0);
    }

    private static void combine(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        for (int i = 0; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xo + i)
                    .add(FloatVector.fromArray(SPECIES, y, yo + i))
                    .intoArray(z, zo + i);
        }
    }
}
