package dev.lanewise.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A placeholder: proves the way from the command line to a benchmark. */
@State(Scope.Benchmark)
public class GemmBenchmark {

    float x = 2;

    @Benchmark
    public float square() {
        return x * x;
    }
}
