package dev.lanewise.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The yardstick of the memory: copying floats from one array to another, from the nearest cache to none at all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CopyBenchmark {

    @Param("16000000")
    int n;

    private float[] from = {};
    private float[] to = {};

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(5);
        from = new float[n];
        to = new float[n];
        for (int i = 0; i < n; i++) {
            from[i] = (float) random.nextDouble();
        }
        WarmUp.of(this::copy);
    }

    @Benchmark
    public float[] copy() {
        System.arraycopy(from, 0, to, 0, n);
        return to;
    }

    @TearDown
    public void check() {
        if (!Arrays.equals(from, to)) {
            throw new IllegalStateException("nothing was copied");
        }
    }
}
