package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Product;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A product in a JVM that has compiled nothing: each fork measures one, and the first second of many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ColdStartBenchmark {

    @Param("lanewise")
    String engine;

    @Param("256x256x256")
    String shape;

    private Product product;
    private Call call;

    @Setup(Level.Trial)
    public void prepare() {
        product = Product.random(shape, "NN");
        call = Engine.named(engine).load().prepare(product);
    }

    /** From the start of a JVM to its answer, the check of the answer included. */
    @Benchmark
    public String launchToAnswer() throws IOException {
        Process process = ThisJvm.launching(ColdStart.class, engine, shape)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String answer = out.readLine();
            if (!"right".equals(answer)) {
                throw new IllegalStateException("the program said " + answer);
            }
            return answer;
        }
    }

    /** The first product, the engine loaded. */
    @Benchmark
    public Object firstCall() {
        return call.run();
    }

    /** The average product of the first second. */
    @Benchmark
    public Object firstSecond() {
        return call.run();
    }

    @TearDown
    public void check() {
        call.run();
        product.check(call.result());
        Engine.named(engine).requireAlone();
    }
}
