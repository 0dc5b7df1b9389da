package dev.lanewise.bench;

import org.openjdk.jmh.annotations.Param;

/** Operations on each element alone. */
public class ElementwiseBenchmark extends OperationBenchmark {

    @Param("exp")
    String op;

    @Override
    String operation() {
        return op;
    }
}
