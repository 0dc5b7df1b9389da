package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Update;
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

/** One step of an optimizer over one array of weights whose gradient is there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpdateBenchmark {

    @Param("lanewise")
    String engine;

    @Param("adam")
    String optimizer;

    @Param("1000000")
    int n;

    private Call call;

    @Setup
    public void prepare() {
        Update update = Update.start(optimizer, n);
        call = Calls.update(Engine.named(engine), update);
        Training.requireSameFirstStep(call, Calls.update(Engine.LANEWISE, update));
        WarmUp.of(call::run);
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
