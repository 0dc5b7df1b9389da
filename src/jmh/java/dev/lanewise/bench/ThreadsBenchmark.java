package dev.lanewise.bench;

import dev.lanewise.array.Compute;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Workspace;
import dev.lanewise.bench.engine.Product;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Products of arrays by one thread and by two: eight in a scope, as a model would make them, its opening included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ThreadsBenchmark {

    private static final int PRODUCTS = 8;

    @Param("lanewise")
    String engine;

    @Param("512x512x512")
    String shape;

    @Param("2")
    int threads;

    private Product product;
    private FloatArray a;
    private FloatArray b;
    private ExecutorService executor;
    private final Workspace workspace = new Workspace();

    @Setup
    public void prepare() {
        product = Product.random(shape, "NN");
        boolean batched = product.batch() > 1;
        int batch = product.batch();
        int m = product.m();
        int n = product.n();
        int k = product.k();
        a = batched ? FloatArray.of(product.a(), batch, m, k) : FloatArray.of(product.a(), m, k);
        b = batched ? FloatArray.of(product.b(), batch, k, n) : FloatArray.of(product.b(), k, n);
        executor = Executors.newFixedThreadPool(Math.max(1, threads - 1));
        WarmUp.of(() -> workspace.call(this::products)); // alone: helpers at work would look like a compiler at work
        WarmUp.brieflyOf(this::multiply);
    }

    @Benchmark
    @OperationsPerInvocation(PRODUCTS)
    public FloatArray multiply() {
        return Compute.parallel(executor, threads, () -> workspace.call(this::products));
    }

    private FloatArray products() {
        FloatArray last = a;
        for (int i = 0; i < PRODUCTS; i++) {
            last = a.matmul(b);
        }
        return last;
    }

    /** The same bits as one thread gives. */
    @TearDown
    public void check() {
        FloatArray several = Compute.parallel(
                executor, threads, () -> workspace.call(() -> products().copy()));
        executor.close();
        product.check(several.toArray());
        if (!several.equals(a.matmul(b))) {
            throw new IllegalStateException(threads + " threads give other bits than one");
        }
    }
}
