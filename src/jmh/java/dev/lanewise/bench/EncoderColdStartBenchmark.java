package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Numbers;
import dev.lanewise.bench.engine.Sentences;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From the start of a JVM until the sentence encoder was read from its file and has answered once; nothing is warmed up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncoderColdStartBenchmark {

    /** How many numbers of the answer are told. */
    static final int TOLD = 384;

    private static final double TOLERANCE = 1e-4;

    @Param("lanewise")
    String engine;

    @Param("1x16")
    String shape;

    private float[] answer = {};
    private Process last;

    /** From the start of a JVM to its answer. */
    @Benchmark
    public Object launchToAnswer() throws IOException {
        Process process = ThisJvm.launching(EncoderColdStart.class, engine, shape)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        last = process;
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            if (line == null || !line.startsWith("[")) {
                throw new IllegalStateException("the program said " + line);
            }
            answer = numbers(line);
        }
        return answer;
    }

    private static float[] numbers(String line) {
        String[] texts = line.substring(1, line.length() - 1).split(", ");
        float[] numbers = new float[texts.length];
        for (int i = 0; i < texts.length; i++) {
            numbers[i] = Float.parseFloat(texts[i]);
        }
        return numbers;
    }

    /** Its end, too, which is no part of the time, and must not be of the next fork's. */
    @TearDown
    public void check() throws InterruptedException {
        if (last != null) {
            last.waitFor();
        }
        Call ours = Calls.encoderOnce(Engine.LANEWISE, Sentences.of(shape));
        ours.run();
        Numbers.requireWithin(answer, Arrays.copyOf(ours.result(), TOLD), TOLERANCE);
    }
}
