package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Sentences;
import java.util.Arrays;

/** A program that reads the encoder, runs it once and says what came out: the child of {@link EncoderColdStartBenchmark}. */
final class EncoderColdStart {

    private EncoderColdStart() {}

    /** Takes an engine and a shape. */
    public static void main(String[] args) {
        Call call = Calls.encoderOnce(Engine.named(args[0]), Sentences.of(args[1]));
        call.run();
        System.out.println(Arrays.toString(Arrays.copyOf(call.result(), EncoderColdStartBenchmark.TOLD)));
    }
}
