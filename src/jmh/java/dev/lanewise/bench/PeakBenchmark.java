package dev.lanewise.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The yardstick of the machine: fused multiply-adds on registers alone, ten chains of them, which is more than any core
 * has units times cycles of latency. No program can multiply matrices faster than this.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBenchmark {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 10;
    private static final int LANE_STEPS = 1_600_000;
    private static final int STEPS = LANE_STEPS / SPECIES.length();

    /** Not constants to the compiler. */
    private float factor = 0.999f;

    private float term = 0.001f;

    /** Floating-point operations in one call, for any number of lanes. */
    static final double OPERATIONS = 2.0 * CHAINS * LANE_STEPS;

    @Setup
    public void prepare() {
        WarmUp.of(this::fusedMultiplyAdd);
    }

    @Benchmark
    public float fusedMultiplyAdd() {
        FloatVector x = FloatVector.broadcast(SPECIES, factor);
        FloatVector y = FloatVector.broadcast(SPECIES, term);
        FloatVector s0 = x;
        FloatVector s1 = x;
        FloatVector s2 = x;
        FloatVector s3 = x;
        FloatVector s4 = x;
        FloatVector s5 = x;
        FloatVector s6 = x;
        FloatVector s7 = x;
        FloatVector s8 = x;
        FloatVector s9 = x;
        for (int i = 0; i < STEPS; i++) {
            s0 = s0.fma(x, y);
            s1 = s1.fma(x, y);
            s2 = s2.fma(x, y);
            s3 = s3.fma(x, y);
            s4 = s4.fma(x, y);
            s5 = s5.fma(x, y);
            s6 = s6.fma(x, y);
            s7 = s7.fma(x, y);
            s8 = s8.fma(x, y);
            s9 = s9.fma(x, y);
        }
        FloatVector left = s0.add(s1).add(s2).add(s3).add(s4);
        return left.add(s5).add(s6).add(s7).add(s8).add(s9).lane(0);
    }
}
