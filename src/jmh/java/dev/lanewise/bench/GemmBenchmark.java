package dev.lanewise.bench;

import dev.lanewise.kernel.GemmKernels;
import dev.lanewise.kernel.Kernels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Products of two square matrices, row-major. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class GemmBenchmark {

    @Param({"64", "128", "256", "512", "1024"})
    int n;

    private final GemmKernels kernels = Kernels.GEMM;
    private float[] a = {};
    private float[] b = {};
    private float[] c = {};

    @Setup(Level.Trial)
    public void fill() {
        Random random = new Random(n);
        a = new float[n * n];
        b = new float[n * n];
        c = new float[n * n];
        for (int i = 0; i < n * n; i++) {
            a[i] = random.nextFloat() - 0.5f;
            b[i] = random.nextFloat() - 0.5f;
        }
    }

    @Benchmark
    public float[] multiply() {
        kernels.gemm(n, n, n, 1, a, 0, n, 1, b, 0, n, 1, 0, c, 0, n);
        return c;
    }

    /** Floating-point operations in one call. */
    static double operations(int n) {
        return 2.0 * n * n * n;
    }
}
