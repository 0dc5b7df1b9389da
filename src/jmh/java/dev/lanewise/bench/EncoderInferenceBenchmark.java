package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Numbers;
import dev.lanewise.bench.engine.Sentences;
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

/** What the sentence encoder all-MiniLM-L6-v2 makes of each token of some sentences, with nothing recorded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncoderInferenceBenchmark {

    /** Numbers of tokens are about 1. */
    private static final double TOLERANCE = 1e-4;

    @Param("lanewise")
    String engine;

    @Param("8x32")
    String shape;

    private Call call;

    @Setup
    public void prepare() {
        call = Calls.encoderInference(Engine.named(engine), Sentences.of(shape));
        WarmUp.ofModel(Engine.named(engine), call::run);
    }

    @Benchmark
    public Object infer() {
        return call.run();
    }

    @TearDown
    public void check() {
        Call ours = Calls.encoderInference(Engine.LANEWISE, Sentences.of(shape));
        ours.run();
        Numbers.requireWithin(call.result(), ours.result(), TOLERANCE);
        Engine.named(engine).requireAlone();
    }
}
