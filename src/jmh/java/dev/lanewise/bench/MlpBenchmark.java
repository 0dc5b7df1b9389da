package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Engine;
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

/** One step of training a classifier, 784-512-512-10 with 128 examples, the first layers frozen or not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MlpBenchmark {

    private static final int BATCH = 128;

    @Param("lanewise")
    String engine;

    @Param("0")
    int frozen;

    private Call call;

    @Setup
    public void prepare() {
        call = Calls.mlpStep(Engine.named(engine), BATCH, frozen);
        Training.requireSameFirstStep(call, Calls.mlpStep(Engine.LANEWISE, BATCH, frozen));
        WarmUp.ofModel(Engine.named(engine), call::run);
    }

    @Benchmark
    public Object step() {
        return call.run();
    }

    @TearDown
    public void check() {
        Training.requireFinite(call);
        Engine.named(engine).requireAlone();
    }
}
