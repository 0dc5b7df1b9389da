package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Numbers;
import dev.lanewise.bench.engine.Viewed;
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

/** Elementwise operations of matrices that are transposed, cut out of others, or repeated. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ViewsBenchmark {

    /** Of the largest number of the result. */
    private static final double TOLERANCE = 1e-6;

    @Param("lanewise")
    String engine;

    @Param("add")
    String op;

    @Param("transposed")
    String view;

    @Param("1000x1000")
    String shape;

    private Viewed viewed;
    private Call call;

    @Setup
    public void prepare() {
        viewed = Viewed.of(op, view, shape);
        call = Calls.ofViews(Engine.named(engine), viewed);
        WarmUp.of(call::run);
    }

    @Benchmark
    public Object apply() {
        return call.run();
    }

    /** A benchmark that computed something else, or measured another engine, fails. */
    @TearDown
    public void check() {
        Numbers.requireClose(call.result(), viewed.wanted(), TOLERANCE);
        Engine.named(engine).requireAlone();
    }
}
