package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Product;
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

/** One matrix product by one engine; the families below differ in their shapes only. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class ProductBenchmark {

    @Param("lanewise")
    String engine;

    @Param("512x512x512")
    String shape;

    @Param("NN")
    String layout;

    private Product product;
    private Call call;

    @Setup
    public void prepare() {
        product = Product.random(shape, layout);
        Engine measured = Engine.named(engine);
        call = measured.load().prepare(product);
        if (measured.isNative()) {
            WarmUp.ofNative(call::run);
        } else {
            WarmUp.of(call::run);
        }
    }

    @Benchmark
    public Object multiply() {
        return call.run();
    }

    /** A benchmark that multiplied wrongly, or measured another engine, fails. */
    @TearDown
    public void check() {
        product.check(call.result());
        Engine.named(engine).requireAlone();
    }
}
