package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
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

/** The outputs of a trained classifier, 784-512-512-10, with nothing recorded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MlpInferenceBenchmark {

    private static final double TOLERANCE = 1e-4;

    @Param("lanewise")
    String engine;

    @Param("1")
    int batch;

    private Call call;

    @Setup
    public void prepare() {
        call = Calls.mlpInference(Engine.named(engine), batch);
        WarmUp.ofModel(Engine.named(engine), call::run);
    }

    @Benchmark
    public Object infer() {
        return call.run();
    }

    @TearDown
    public void check() {
        Call ours = Calls.mlpInference(Engine.LANEWISE, batch);
        Numbers.requireClose(call.result(), ours.result(), TOLERANCE);
        Engine.named(engine).requireAlone();
    }
}
