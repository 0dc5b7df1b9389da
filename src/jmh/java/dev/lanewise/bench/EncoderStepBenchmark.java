package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.EncoderTask;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.FirstLosses;
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

/** One step of training the sentence encoder and a new linear head on 8 sentences of 32 tokens, layers frozen or not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncoderStepBenchmark {

    private static final String SHAPE = "8x32";

    /** Between losses, which are about 1. */
    private static final double TOLERANCE = 1e-4;

    @Param("lanewise")
    String engine;

    @Param("0")
    int frozen;

    private Call call;

    @Setup
    public void prepare() {
        call = Calls.encoderStep(Engine.named(engine), EncoderTask.start(SHAPE, frozen));
        WarmUp.ofModel(Engine.named(engine), call::run);
    }

    @Benchmark
    public Object step() {
        return call.run();
    }

    @TearDown
    public void check() {
        Call ours = Calls.encoderStep(Engine.LANEWISE, EncoderTask.start(SHAPE, frozen));
        for (int i = 0; i < FirstLosses.STEPS; i++) {
            ours.run();
        }
        Numbers.requireWithin(call.result(), ours.result(), TOLERANCE);
        Engine.named(engine).requireAlone();
    }
}
