package dev.lanewise.bench;

import org.openjdk.jmh.annotations.Param;

/** Operations that look at all elements */
public class ReductionBenchmark extends OperationBenchmark {

    @Param(" a sum, and a softmax over them.:sum")
    String op;

    @Override
    String operation() {
        return op;
    }
}
