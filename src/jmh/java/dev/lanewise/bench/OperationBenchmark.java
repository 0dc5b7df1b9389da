package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Calls;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Numbers;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One operation of arrays, whose result is a new array; the families below differ in their operations only. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class OperationBenchmark {

    /** Of the largest number of the result: more than any of these functions, or the sum of a long row, is off by. */
    private static final double TOLERANCE = 1e-5;

    @Param("lanewise")
    String engine;

    @Param("100000")
    int n;

    private float[] x = {};
    private float[] y = {};
    private Call call;

    abstract String operation();

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(4);
        x = new float[n];
        y = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextDouble(-2, 2);
            y[i] = (float) random.nextDouble(-2, 2);
        }
        call = Calls.operation(Engine.named(engine), operation(), x, y);
        WarmUp.of(call::run);
    }

    @Benchmark
    public Object apply() {
        return call.run();
    }

    /** A benchmark that computed something else, or measured another engine, fails. */
    @TearDown
    public void check() {
        Numbers.requireClose(call.result(), wanted(), TOLERANCE);
        Engine.named(engine).requireAlone();
    }

    private double[] wanted() {
        return switch (operation()) {
            case "add" -> each(i -> x[(int) i] + (double) y[(int) i]);
            case "mul" -> each(i -> x[(int) i] * (double) y[(int) i]);
            case "relu" -> each(i -> Math.max(x[(int) i], 0));
            case "exp" -> each(i -> Math.exp(x[(int) i]));
            case "tanh" -> each(i -> Math.tanh(x[(int) i]));
            case "sigmoid" -> each(i -> 1 / (1 + Math.exp(-x[(int) i])));
            case "sum" -> new double[] {sum(each(i -> x[(int) i]))};
            case "softmax" -> {
                double sum = sum(each(i -> Math.exp(x[(int) i])));
                yield each(i -> Math.exp(x[(int) i]) / sum);
            }
            default -> throw new IllegalArgumentException("no operation " + operation());
        };
    }

    private double[] each(DoubleUnaryOperator ofIndex) {
        double[] numbers = new double[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = ofIndex.applyAsDouble(i);
        }
        return numbers;
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }
}
