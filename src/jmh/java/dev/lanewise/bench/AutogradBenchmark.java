package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Chain;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Numbers;
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

/** What recording an operation and pulling a gradient back through it costs, apart from its arithmetic: chains on one element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AutogradBenchmark {

    private static final double TOLERANCE = 1e-4;

    @Param("lanewise")
    String engine;

    @Param("100")
    int length;

    private Call call;

    @Setup
    public void prepare() {
        call = Calls.chain(Engine.named(engine), new Chain(length));
        WarmUp.of(call::run);
    }

    @Benchmark
    public Object forwardAndBackward() {
        return call.run();
    }

    @TearDown
    public void check() {
        Numbers.requireClose(call.result(), new double[] {new Chain(length).gradient()}, TOLERANCE);
        Engine.named(engine).requireAlone();
    }
}
