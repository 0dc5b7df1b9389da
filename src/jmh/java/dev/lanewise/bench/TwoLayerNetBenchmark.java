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

/** One step of training a small network, 50 examples of 40-100-10, by gradients pulled back and by gradients written by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TwoLayerNetBenchmark {

    @Param("lanewise")
    String engine;

    @Param("autograd")
    String gradients;

    private Call call;

    /** The first step is compared with ours by hand. */
    @Setup
    public void prepare() {
        boolean byHand = gradients.equals("byHand");
        call = Calls.twoLayerNet(Engine.named(engine), byHand);
        Training.requireSameFirstStep(call, Calls.twoLayerNet(Engine.LANEWISE, true));
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
